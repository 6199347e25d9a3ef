package io.millwright.core.guice;

import com.google.inject.AbstractModule;
import com.google.inject.TypeLiteral;
import com.google.inject.binder.LinkedBindingBuilder;
import com.google.inject.multibindings.Multibinder;
import io.millwright.api.learn.Binding;
import io.millwright.api.spi.ComposedTask;
import io.millwright.api.spi.PluginCommand;
import io.millwright.api.spi.TaskCatalog;

/**
 * A Guice module that can say what a plug-in offers: its facades, its tasks, and what has to be
 * closed with it. Not thread-safe; used by one injector.
 *
 * <pre>{@code
 * final class PressModule extends PluginModule {
 *   protected void configure() {
 *     facade(Press.class).to(DefaultPress.class);
 *     task(PressTask.BINDING);
 *   }
 * }
 * }</pre>
 */
public abstract class PluginModule extends AbstractModule {

  /** For subclasses. */
  protected PluginModule() {}

  /**
   * Offers a facade. It is made once, when the plug-in starts.
   *
   * @param type its interface
   * @param <F> its interface
   * @return goes on as {@code bind(type)} does
   */
  protected final <F> LinkedBindingBuilder<F> facade(Class<F> type) {
    Multibinder.newSetBinder(binder(), new TypeLiteral<Class<?>>() {}, Offered.class)
        .addBinding()
        .toInstance(type);
    return bind(type);
  }

  /**
   * Offers to open the bundles of a task.
   *
   * @param binding the task and its types
   */
  protected final void task(Binding<?, ?, ?> binding) {
    Multibinder.newSetBinder(binder(), new TypeLiteral<Binding<?, ?, ?>>() {}, Offered.class)
        .addBinding()
        .toInstance(binding);
  }

  /**
   * Offers to open the bundles of a task whose models the plug-in composes by itself.
   *
   * @param task the task and how a model of it answers
   */
  protected final void task(ComposedTask<?, ?> task) {
    Multibinder.newSetBinder(binder(), new TypeLiteral<ComposedTask<?, ?>>() {}, Offered.class)
        .addBinding()
        .toInstance(task);
  }

  /**
   * Offers to open the bundles of all tasks of a catalog, which a process that only predicts finds
   * as a service.
   *
   * @param catalog the tasks
   */
  protected final void tasks(TaskCatalog catalog) {
    catalog.tasks().forEach(this::task);
    catalog.composedTasks().forEach(this::task);
  }

  /**
   * Adds a command to the command line.
   *
   * @param type made by the injector, with a constructor that has {@code @Inject}
   */
  protected final void command(Class<? extends PluginCommand> type) {
    Multibinder.newSetBinder(binder(), PluginCommand.class, Offered.class).addBinding().to(type);
  }

  /**
   * Closes something when the plug-in ends; of several, the last declared first.
   *
   * @param type bound as a singleton by this or another module of the plug-in
   */
  protected final void closeAtEnd(Class<? extends AutoCloseable> type) {
    Multibinder.newSetBinder(binder(), AutoCloseable.class, Offered.class).addBinding().to(type);
  }
}
