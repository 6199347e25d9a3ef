package io.millwright.core.host;

import io.millwright.api.MillwrightException;
import io.millwright.api.MillwrightListener;
import io.millwright.api.Task;
import io.millwright.api.head.Head;
import io.millwright.api.learn.Binding;
import io.millwright.api.spi.ComposedTask;
import io.millwright.api.spi.LossKind;
import io.millwright.api.spi.Parts;
import io.millwright.api.spi.PluginCommand;
import io.millwright.api.spi.TableFormat;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One plug-in, running or not. */
record PluginEntry(
    String name,
    String label,
    String source,
    @Nullable Parts parts,
    List<Class<?>> facades,
    List<Binding<?, ?, ?>> tasks,
    List<ComposedTask<?, ?>> composed,
    List<MillwrightListener> listeners,
    List<PluginCommand> commands,
    List<Head<?, ?>> heads,
    List<LossKind> losses,
    List<TableFormat> readers,
    @Nullable MillwrightException error) {

  /** Both kinds of tasks that it offers. */
  List<Task<?, ?>> offered() {
    List<Task<?, ?>> all = new ArrayList<>();
    tasks.forEach(t -> all.add(t.task()));
    composed.forEach(t -> all.add(t.task()));
    return all.stream().distinct().toList();
  }
}
