package io.millwright.runtime.host;

import io.millwright.api.ErrorCode;
import io.millwright.api.Finding;
import io.millwright.api.HostReport;
import io.millwright.api.MillwrightException;
import io.millwright.api.PluginSource;
import io.millwright.api.Task;
import io.millwright.api.learn.Binding;
import io.millwright.api.spi.ComposedTask;
import io.millwright.api.spi.TaskCatalog;
import io.millwright.runtime.predict.TableTasks;
import io.millwright.runtime.text.TextTasks;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/**
 * The tasks of all catalogs that were found. One that cannot be read is a finding, and the others
 * serve. Immutable.
 */
final class Catalog {

  /** What one jar offers. */
  private record Entry(
      TaskCatalog catalog, List<Binding<?, ?, ?>> tasks, List<ComposedTask<?, ?>> composed) {

    List<Task<?, ?>> offered() {
      List<Task<?, ?>> all = new ArrayList<>();
      tasks.forEach(t -> all.add(t.task()));
      composed.forEach(t -> all.add(t.task()));
      return all;
    }
  }

  private final List<Entry> entries = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();

  Catalog(List<PluginSource> sources) {
    for (PluginSource source : sources) {
      if (source instanceof PluginSource.ClassPath path) {
        read(path.loader());
      }
    }
  }

  private void read(ClassLoader loader) {
    Iterator<TaskCatalog> found = ServiceLoader.load(TaskCatalog.class, loader).iterator();
    while (true) {
      try {
        if (!found.hasNext()) {
          return;
        }
        TaskCatalog catalog = found.next();
        if (entries.stream().noneMatch(e -> e.catalog.getClass() == catalog.getClass())) {
          entries.add(
              new Entry(
                  catalog, List.copyOf(catalog.tasks()), List.copyOf(catalog.composedTasks())));
        }
      } catch (ServiceConfigurationError | RuntimeException | LinkageError e) {
        // A provider that fails is passed over by the iterator, so the next one follows.
        findings.add(
            new Finding(
                ErrorCode.PLUGIN_FAILED,
                "tasks",
                "the tasks of a plug-in could not be read: " + e,
                "add what its jar needs, or take it off the class path"));
      }
    }
  }

  List<Finding> findings() {
    return List.copyOf(findings);
  }

  List<HostReport.PluginStatus> status() {
    return entries.stream()
        .map(
            e ->
                HostReport.PluginStatus.builder()
                    .name(e.catalog.getClass().getName())
                    .source(source(e.catalog.getClass()))
                    .tasks(e.offered().stream().map(Task::toString).toList())
                    .detail("its tasks can be opened; its facade needs millwright-core")
                    .build())
        .toList();
  }

  private static String source(Class<?> type) {
    CodeSource code = type.getProtectionDomain().getCodeSource();
    return code == null || code.getLocation() == null
        ? "the Java runtime"
        : code.getLocation().toString();
  }

  /** A task whose models are data, when one with these types is offered. */
  <I, V> Optional<Binding<I, ?, V>> binding(Task<I, V> task) {
    List<Binding<?, ?, ?>> exact =
        Stream.concat(
                entries.stream().flatMap(e -> e.tasks.stream()), new TableTasks().tasks().stream())
            .filter(b -> b.task().equals(task))
            .toList();
    checkOne(task, exact.size());
    // Equal tasks have equal classes of input and answer.
    @SuppressWarnings("unchecked")
    Optional<Binding<I, ?, V>> found =
        exact.stream().<Binding<I, ?, V>>map(b -> (Binding<I, ?, V>) b).findFirst();
    return found;
  }

  /** A task whose models a plug-in composes by itself, when one with these types is offered. */
  <I, V> Optional<ComposedTask<I, V>> composed(Task<I, V> task) {
    List<ComposedTask<?, ?>> exact =
        Stream.concat(
                entries.stream().flatMap(e -> e.composed.stream()),
                new TextTasks().composedTasks().stream())
            .filter(c -> c.task().equals(task))
            .toList();
    checkOne(task, exact.size());
    // Equal tasks have equal classes of input and answer.
    @SuppressWarnings("unchecked")
    Optional<ComposedTask<I, V>> found =
        exact.stream().map(c -> (ComposedTask<I, V>) c).findFirst();
    return found;
  }

  private static void checkOne(Task<?, ?> task, int found) {
    if (found > 1) {
      throw new MillwrightException(
          ErrorCode.PLUGIN_CONFLICT,
          "the task "
              + task
              + " is offered by "
              + found
              + " plug-ins\nMaybe keep one version of each jar on the class path");
    }
  }

  MillwrightException unknown(Task<?, ?> task) {
    List<Task<?, ?>> all = entries.stream().flatMap(e -> e.offered().stream()).toList();
    Stream<Task<?, ?>> alike =
        all.stream().filter(t -> t.id().equals(task.id()) && t.version() == task.version());
    Optional<Task<?, ?>> other = alike.findFirst();
    if (other.isPresent()) {
      return new MillwrightException(
          ErrorCode.PLUGIN_CONFLICT,
          "the task "
              + task
              + " is asked for with "
              + types(task)
              + ", but offered with "
              + types(other.get())
              + "\nMaybe use the constant of the plug-in's facade, from one class loader");
    }
    return new MillwrightException(
        ErrorCode.NO_PLUGIN,
        "no jar on the class path offers the task "
            + task
            + "; offered are "
            + all
            + (findings.isEmpty() ? "" : "; not readable: " + findings)
            + "\nMaybe add the plug-in of this task, look whether its"
            + " META-INF/services/io.millwright.api.spi.TaskCatalog names it, or open the bundle"
            + " without a task");
  }

  private static String types(Task<?, ?> task) {
    return task.input().getName() + " and " + task.value().getName();
  }
}
