package io.millwright.api.spi;

import io.millwright.api.MillwrightListener;
import io.millwright.api.learn.Binding;
import java.util.List;
import java.util.Optional;

/** What a started plug-in consists of. Thread-safe. */
public interface Parts extends AutoCloseable {

  /**
   * The facade of a type.
   *
   * @param type the facade's interface
   * @param <F> the facade's interface
   * @return the facade, the same at every call, or empty when the plug-in has none of this type
   */
  <F> Optional<F> facade(Class<F> type);

  /**
   * The facades the plug-in has.
   *
   * @return their interfaces
   */
  List<Class<?>> facades();

  /**
   * The tasks whose bundles the plug-in can open.
   *
   * @return the bindings
   */
  List<Binding<?, ?, ?>> tasks();

  /**
   * The tasks whose models the plug-in composes by itself.
   *
   * @return the tasks; none by default
   */
  default List<ComposedTask<?, ?>> composedTasks() {
    return List.of();
  }

  /**
   * What the plug-in wants to hear of all that happens in its host.
   *
   * @return the listeners; none by default
   */
  default List<MillwrightListener> listeners() {
    return List.of();
  }

  /**
   * What the plug-in adds to the command line.
   *
   * @return the commands; none by default
   */
  default List<PluginCommand> commands() {
    return List.of();
  }

  /** Ends the plug-in. */
  @Override
  void close();
}
