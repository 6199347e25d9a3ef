package io.millwright.api.spi;

import io.millwright.api.MillwrightListener;
import io.millwright.api.head.Head;
import io.millwright.api.learn.Binding;
import java.util.List;
import java.util.Optional;

/**
 * What a started plug-in consists of (contributions of a plug-in): everything that a plug-in can
 * bring has a method here. Engines alone are found as a service of their own, since their native
 * libraries are loaded once, before and below all plug-ins. Plug-ins implement it. Thread-safe.
 */
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
   * What the outputs of networks may mean beside the known heads. By them a bundle opens without
   * its task as well ({@link io.millwright.api.Millwright#open(io.millwright.api.ModelSource)}).
   *
   * @return the heads; the kind of each begins with the plug-in's name and a dash; none by default
   */
  default List<Head<?, ?>> heads() {
    return List.of();
  }

  /**
   * What training may make small beside the known losses. By them a recipe that a bundle keeps
   * opens again.
   *
   * @return the losses; the name of each begins with the plug-in's name and a dash; none by default
   */
  default List<LossKind> losses() {
    return List.of();
  }

  /**
   * The file formats that the plug-in reads tables from.
   *
   * @return the readers; none by default
   */
  default List<TableFormat> readers() {
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
