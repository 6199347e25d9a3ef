package io.millwright.core.guice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Module;
import com.google.inject.Scopes;
import io.millwright.api.Millwright;
import io.millwright.api.PluginSource;
import io.millwright.api.Task;
import io.millwright.api.data.Row;
import io.millwright.api.data.Unit;
import io.millwright.api.head.Heads;
import io.millwright.api.learn.Binding;
import io.millwright.api.spi.ApiRange;
import io.millwright.api.spi.Composer;
import io.millwright.api.spi.Jobs;
import io.millwright.api.spi.LearningToolkit;
import io.millwright.api.spi.Parts;
import io.millwright.api.spi.PluginContext;
import jakarta.inject.Inject;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuicePluginTest {

  /** A facade. */
  public interface Greeter {
    String greet();
  }

  static final class DefaultGreeter implements Greeter {
    private final Map<String, String> config;

    @Inject
    DefaultGreeter(
        @PluginConfig Map<String, String> config,
        PluginContext context,
        LearningToolkit learning,
        Jobs jobs,
        Clock clock,
        Executor executor) {
      this.config = config;
      assertThat(context.learning() == learning).isTrue();
      assertThat(context.jobs()).isSameAs(jobs);
      assertThat(context.clock()).isSameAs(clock);
      assertThat(context.executor()).isSameAs(executor);
    }

    @Override
    public String greet() {
      return "hello " + config.getOrDefault("who", "nobody");
    }
  }

  static class Resource implements AutoCloseable {
    static final List<String> CLOSED = new ArrayList<>();

    @Inject
    Resource() {}

    @Override
    public void close() {
      CLOSED.add(getClass().getSimpleName());
    }
  }

  static final class Second extends Resource {
    @Inject
    Second() {}

    @Override
    public void close() {
      super.close();
      throw new IllegalArgumentException("cannot");
    }
  }

  private static final Binding<Row, Double, Double> BINDING =
      new Binding<>(
          new Task<>("acme.greet", 1, Row.class, Double.class),
          Row::toTable,
          Heads.number(Unit.NONE));

  /** The plug-in under test; public, as ServiceLoader wants it. */
  public static final class GreeterPlugin extends GuicePlugin {
    public GreeterPlugin() {
      super("greeter", new ApiRange(ApiRange.CURRENT, ApiRange.CURRENT));
    }

    @Override
    protected List<Module> modules() {
      return List.of(
          new PluginModule() {
            @Override
            protected void configure() {
              facade(Greeter.class).to(DefaultGreeter.class);
              task(BINDING);
              bind(Resource.class).in(Scopes.SINGLETON);
              bind(Second.class).in(Scopes.SINGLETON);
              closeAtEnd(Resource.class);
              closeAtEnd(Second.class);
            }
          });
    }
  }

  private static <T> T unused(Class<T> type) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, args) ->
                switch (method.getName()) {
                  case "equals" -> proxy == args[0];
                  case "hashCode" -> System.identityHashCode(proxy);
                  case "toString" -> type.getSimpleName();
                  default -> throw new AssertionError(method);
                }));
  }

  private record Context(
      LearningToolkit learning,
      Composer composer,
      Jobs jobs,
      Executor executor,
      Clock clock,
      Map<String, String> config)
      implements PluginContext {}

  private static PluginContext context(Map<String, String> config) {
    return new Context(
        unused(LearningToolkit.class),
        unused(Composer.class),
        unused(Jobs.class),
        Runnable::run,
        Clock.systemUTC(),
        config);
  }

  @Test
  void aPluginOffersWhatItsModulesSay() {
    Parts one = new GreeterPlugin().create(context(Map.of("who", "plant")));
    Parts two = new GreeterPlugin().create(context(Map.of()));
    assertThat(one.facades()).containsExactly(Greeter.class);
    assertThat(one.tasks()).containsExactly(BINDING);
    Greeter greeter = one.facade(Greeter.class).orElseThrow();
    assertThat(greeter.greet()).isEqualTo("hello plant");
    assertThat(one.facade(Greeter.class)).containsSame(greeter);
    assertThat(two.facade(Greeter.class).orElseThrow().greet()).isEqualTo("hello nobody");
    assertThat(one.facade(Runnable.class)).isEmpty();
  }

  @Test
  void everythingThatAskedForItIsClosedInReverseOrderOnce() {
    Parts parts = new GreeterPlugin().create(context(Map.of()));
    Resource.CLOSED.clear();
    assertThatIllegalStateException().isThrownBy(parts::close).withMessageContaining("cannot");
    parts.close();
    assertThat(Resource.CLOSED).containsExactly("Second", "Resource");
  }

  /** A class without the mark that constructors need. */
  static final class Unmarked {}

  @Test
  void faultsInTheWiringKeepGuicesWholeText() {
    GuicePlugin faulty =
        new GuicePlugin("faulty", new ApiRange(ApiRange.CURRENT, ApiRange.CURRENT)) {
          @Override
          protected List<Module> modules() {
            return List.of(
                binder -> {
                  binder.bind(Unmarked.class);
                  binder.getProvider(Runnable.class);
                });
          }
        };
    assertThatExceptionOfType(CreationException.class)
        .isThrownBy(() -> faulty.create(context(Map.of())))
        .withMessageContaining("Unmarked")
        .withMessageContaining("Runnable")
        .withMessageContaining("2 errors");
  }

  /** A program that has the facade injected. */
  static final class Program {
    private final Greeter greeter;
    private final Millwright millwright;

    @Inject
    Program(Greeter greeter, Millwright millwright) {
      this.greeter = greeter;
      this.millwright = millwright;
    }
  }

  @Test
  void aProgramWiredWithGuiceHasFacadesInjected(@TempDir Path temp) throws Exception {
    Path services = Files.createDirectories(temp.resolve("META-INF/services"));
    Files.writeString(
        services.resolve("io.millwright.api.spi.Plugin"), GreeterPlugin.class.getName());
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {temp.toUri().toURL()}, getClass().getClassLoader())) {
      MillwrightModule module =
          MillwrightModule.of(
              Millwright.builder()
                  .plugins(PluginSource.classPath(loader))
                  .config(Map.of("greeter.who", "guice")),
              Greeter.class);
      Injector injector = Guice.createInjector(module);
      Program program = injector.getInstance(Program.class);
      assertThat(program.greeter.greet()).isEqualTo("hello guice");
      assertThat(injector.getInstance(Millwright.class)).isSameAs(program.millwright);
      assertThat(Guice.createInjector(module).getInstance(Millwright.class))
          .isSameAs(program.millwright);
      module.close();
      module.close();
      assertThat(catchThrowable(() -> program.millwright.plugin(Greeter.class)))
          .hasMessageContaining("CLOSED");
      assertThat(catchThrowable(() -> Guice.createInjector(module).getInstance(Millwright.class)))
          .hasRootCauseMessage("this module is closed\nMaybe close it only when the program ends");
    }
  }
}
