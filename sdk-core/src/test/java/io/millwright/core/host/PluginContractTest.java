package io.millwright.core.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.millwright.api.learn.Binding;
import io.millwright.api.spi.ApiRange;
import io.millwright.api.spi.Parts;
import io.millwright.api.spi.Plugin;
import io.millwright.api.spi.PluginContext;
import io.millwright.testkit.PluginContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractAssert;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** The contract passes for a plug-in that keeps it, and fails for each way to break it. */
class PluginContractTest {

  @TempDir static Path temp;

  /** The services file stands in a loader of its own, so that other tests do not find the fakes. */
  @BeforeAll
  static void writeServicesFile() throws IOException {
    Path services = Files.createDirectories(temp.resolve("META-INF/services"));
    Files.writeString(
        services.resolve(Plugin.class.getName()),
        Stream.of(Good.class, Throws.class, Old.class, Shares.class, Shows.class)
            .map(Class::getName)
            .collect(Collectors.joining("\n")));
  }

  private static Set<String> failures(Class<?> contract) {
    Events tests =
        EngineTestKit.engine("junit-jupiter")
            .selectors(selectClass(contract))
            .execute()
            .testEvents();
    assertThat(tests.started().count()).as("tests of %s", contract).isPositive();
    return tests.failed().stream()
        .flatMap(event -> event.getTestDescriptor().getSource().stream())
        .map(source -> ((MethodSource) source).getMethodName())
        .collect(Collectors.toSet());
  }

  /** A facade. */
  public interface Greeter {
    String greet();
  }

  /** A facade that every host shares, which is wrong. */
  public interface SharedGreeter {
    String greet();
  }

  /** A facade that shows a type of a library, which is wrong. */
  public interface ShowingGreeter {
    AbstractAssert<?, ?> greet();
  }

  private record FakeParts<T>(Class<T> type, T made) implements Parts {
    @Override
    public <F> Optional<F> facade(Class<F> wanted) {
      return wanted == type ? Optional.of(wanted.cast(made)) : Optional.empty();
    }

    @Override
    public List<Class<?>> facades() {
      return List.of(type);
    }

    @Override
    public List<Binding<?, ?, ?>> tasks() {
      return List.of();
    }

    @Override
    public void close() {}
  }

  /** A plug-in that keeps the contract. */
  public static final class Good implements Plugin {
    @Override
    public String name() {
      return "good";
    }

    @Override
    public ApiRange requires() {
      return new ApiRange(1, 1);
    }

    @Override
    public Parts create(PluginContext context) {
      return new FakeParts<>(Greeter.class, () -> "hello" + context.config());
    }
  }

  /** Throws at start. */
  public static final class Throws implements Plugin {
    @Override
    public String name() {
      return "throws";
    }

    @Override
    public ApiRange requires() {
      return new ApiRange(1, 1);
    }

    @Override
    public Parts create(PluginContext context) {
      throw new IllegalStateException("no licence");
    }
  }

  /** Made for another version. */
  public static final class Old implements Plugin {
    @Override
    public String name() {
      return "old";
    }

    @Override
    public ApiRange requires() {
      return new ApiRange(9, 9);
    }

    @Override
    public Parts create(PluginContext context) {
      return new FakeParts<>(Greeter.class, () -> "never");
    }
  }

  /** Gives every host the same facade. */
  public static final class Shares implements Plugin {
    private static final SharedGreeter ONE = () -> "hello";

    @Override
    public String name() {
      return "shares";
    }

    @Override
    public ApiRange requires() {
      return new ApiRange(1, 1);
    }

    @Override
    public Parts create(PluginContext context) {
      return new FakeParts<>(SharedGreeter.class, ONE);
    }
  }

  /** Shows a library in its facade. */
  public static final class Shows implements Plugin {
    @Override
    public String name() {
      return "shows";
    }

    @Override
    public ApiRange requires() {
      return new ApiRange(1, 1);
    }

    @Override
    public Parts create(PluginContext context) {
      return new FakeParts<>(
          ShowingGreeter.class,
          () -> {
            throw new AssertionError("not asked " + context);
          });
    }
  }

  /** Not in the services file. */
  public static final class Unlisted implements Plugin {
    @Override
    public String name() {
      return "unlisted";
    }

    @Override
    public ApiRange requires() {
      return new ApiRange(1, 1);
    }

    @Override
    public Parts create(PluginContext context) {
      return new FakeParts<>(Greeter.class, () -> "hello");
    }
  }

  /** The contract on one plug-in. */
  abstract static class Case extends PluginContract {
    private final Class<? extends Plugin> plugin;
    private final Class<?> facade;

    Case(Class<? extends Plugin> plugin, Class<?> facade) {
      this.plugin = plugin;
      this.facade = facade;
    }

    @Override
    protected Class<? extends Plugin> plugin() {
      return plugin;
    }

    @Override
    protected ClassLoader loader() {
      try {
        return new URLClassLoader(
            new URL[] {temp.toUri().toURL()}, PluginContractTest.class.getClassLoader());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    protected Set<Class<?>> facades() {
      return Set.of(facade);
    }

    @Override
    protected Set<String> tasks() {
      return Set.of();
    }
  }

  static final class GoodCase extends Case {
    GoodCase() {
      super(Good.class, Greeter.class);
    }
  }

  static final class ThrowsCase extends Case {
    ThrowsCase() {
      super(Throws.class, Greeter.class);
    }
  }

  static final class OldCase extends Case {
    OldCase() {
      super(Old.class, Greeter.class);
    }
  }

  static final class SharesCase extends Case {
    SharesCase() {
      super(Shares.class, SharedGreeter.class);
    }
  }

  static final class ShowsCase extends Case {
    ShowsCase() {
      super(Shows.class, ShowingGreeter.class);
    }
  }

  static final class UnlistedCase extends Case {
    UnlistedCase() {
      super(Unlisted.class, Greeter.class);
    }
  }

  /** Says that the plug-in has a task, which it has not. */
  static final class UntrueTasksCase extends Case {
    UntrueTasksCase() {
      super(Good.class, Greeter.class);
    }

    @Override
    protected Set<String> tasks() {
      return Set.of("fake.task v1");
    }
  }

  @Test
  void aGoodPluginPasses() {
    assertThat(failures(GoodCase.class)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "io.millwright.core.host.PluginContractTest$ThrowsCase, itRunsInAHost",
    "io.millwright.core.host.PluginContractTest$OldCase, theServicesFileNamesIt",
    "io.millwright.core.host.PluginContractTest$SharesCase, itOffersItsFacadesAndEndsWithItsHost",
    "io.millwright.core.host.PluginContractTest$ShowsCase,"
        + " aFacadeIsAnInterfaceThatShowsNothingInternal",
    "io.millwright.core.host.PluginContractTest$UnlistedCase, theServicesFileNamesIt",
    "io.millwright.core.host.PluginContractTest$UntrueTasksCase, itRunsInAHost",
    "io.millwright.core.host.PluginContractTest$UntrueTasksCase,"
        + " aProcessThatOnlyPredictsFindsItsTasks"
  })
  void aBadPluginFails(Class<?> contract, String test) {
    assertThat(failures(contract)).contains(test);
  }
}
