package io.millwright.api.spi;

import io.millwright.api.learn.Binding;
import java.util.List;

/**
 * The tasks whose bundles a plug-in's jar can open, as a service of its own (found by {@link
 * java.util.ServiceLoader}) that needs neither Guice nor an engine: a process that only predicts
 * reads it and leaves {@link Plugin} alone. Plug-ins implement it, with a public constructor
 * without arguments that does nothing. Immutable and thread-safe.
 */
public interface TaskCatalog {

  /**
   * The tasks whose models are data that the host understands.
   *
   * @return the bindings, always the same
   */
  default List<Binding<?, ?, ?>> tasks() {
    return List.of();
  }

  /**
   * The tasks whose models the plug-in composes by itself.
   *
   * @return the tasks, always the same
   */
  default List<ComposedTask<?, ?>> composedTasks() {
    return List.of();
  }
}
