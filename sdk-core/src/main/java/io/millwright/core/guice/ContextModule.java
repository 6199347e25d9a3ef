package io.millwright.core.guice;

import com.google.inject.AbstractModule;
import com.google.inject.TypeLiteral;
import com.google.inject.multibindings.Multibinder;
import io.millwright.api.learn.Binding;
import io.millwright.api.spi.ComposedTask;
import io.millwright.api.spi.Composer;
import io.millwright.api.spi.Jobs;
import io.millwright.api.spi.LearningToolkit;
import io.millwright.api.spi.PluginCommand;
import io.millwright.api.spi.PluginContext;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Executor;

/** Binds what the host lends, makes the injector strict, and declares the sets of offers. */
final class ContextModule extends AbstractModule {

  private final PluginContext context;

  ContextModule(PluginContext context) {
    this.context = context;
  }

  @Override
  protected void configure() {
    binder().requireExplicitBindings();
    binder().requireAtInjectOnConstructors();
    binder().requireExactBindingAnnotations();
    binder().disableCircularProxies();
    bind(PluginContext.class).toInstance(context);
    bind(LearningToolkit.class).toInstance(context.learning());
    bind(Composer.class).toInstance(context.composer());
    bind(Jobs.class).toInstance(context.jobs());
    bind(Clock.class).toInstance(context.clock());
    bind(Executor.class).toInstance(context.executor());
    bind(new TypeLiteral<Map<String, String>>() {})
        .annotatedWith(PluginConfig.class)
        .toInstance(context.config());
    Multibinder.newSetBinder(binder(), new TypeLiteral<Class<?>>() {}, Offered.class);
    Multibinder.newSetBinder(binder(), new TypeLiteral<Binding<?, ?, ?>>() {}, Offered.class);
    Multibinder.newSetBinder(binder(), new TypeLiteral<ComposedTask<?, ?>>() {}, Offered.class);
    Multibinder.newSetBinder(binder(), PluginCommand.class, Offered.class);
    Multibinder.newSetBinder(binder(), AutoCloseable.class, Offered.class);
  }
}
