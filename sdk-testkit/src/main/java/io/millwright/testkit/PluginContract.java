package io.millwright.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.millwright.api.EnginePolicy;
import io.millwright.api.ErrorCode;
import io.millwright.api.HostReport;
import io.millwright.api.Millwright;
import io.millwright.api.PluginSource;
import io.millwright.api.spi.ApiRange;
import io.millwright.api.spi.Plugin;
import io.millwright.api.spi.TaskCatalog;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What holds for every {@link Plugin} (contract test): it is found by its services file, starts in
 * a host together with a second instance of itself, offers the facades it says, names its tasks for
 * processes that only predict, shows only types of the JDK, of the API and of its own facade
 * package, and ends with its host. The class path of the tests must hold an implementation of
 * Millwright.
 */
@ExtendWith(NoNetwork.class)
public abstract class PluginContract {

  /** For subclasses. */
  protected PluginContract() {}

  /**
   * The plug-in under test.
   *
   * @return its class, which the services file names
   */
  protected abstract Class<? extends Plugin> plugin();

  /**
   * The facades that it offers.
   *
   * @return all of them
   */
  protected abstract Set<Class<?>> facades();

  /**
   * The tasks that it offers, written as id, blank, v and version.
   *
   * @return all of them
   */
  protected abstract Set<String> tasks();

  /**
   * The class loader through which the host looks for plug-ins.
   *
   * @return a loader that sees the services file; the plug-in's own by default
   */
  protected ClassLoader loader() {
    return plugin().getClassLoader();
  }

  /**
   * Settings that the plug-in needs to start.
   *
   * @return the settings, their keys without the plug-in's name; none by default
   */
  protected Map<String, String> config() {
    return Map.of();
  }

  private Plugin found() {
    List<Plugin> own =
        ServiceLoader.load(Plugin.class, loader()).stream()
            .filter(p -> p.type() == plugin())
            .map(ServiceLoader.Provider::get)
            .toList();
    assertThat(own)
        .as("%s in META-INF/services/%s", plugin().getName(), Plugin.class.getName())
        .hasSize(1);
    return own.get(0);
  }

  private Millwright start() {
    String prefix = found().name() + ".";
    Map<String, String> settings = new java.util.TreeMap<>();
    config().forEach((key, value) -> settings.put(prefix + key, value));
    return Millwright.builder()
        .plugins(PluginSource.classPath(loader()))
        // Starting a plug-in needs no engine; this keeps the report from starting one.
        .engines(EnginePolicy.automatic().withEngine("Java"))
        .config(settings)
        .build();
  }

  @Test
  void theServicesFileNamesIt() throws Exception {
    Plugin plugin = found();
    assertThat(plugin.name()).matches("[a-z][a-z0-9-]*").isEqualTo(found().name());
    assertThat(plugin.requires().includes(ApiRange.CURRENT))
        .as("%s includes %s", plugin.requires(), ApiRange.CURRENT)
        .isTrue();
    Constructor<? extends Plugin> constructor = plugin().getConstructor();
    assertThat(Modifier.isPublic(constructor.getModifiers())).isTrue();
  }

  @Test
  void itRunsInAHost() {
    String name = found().name();
    try (Millwright millwright = start()) {
      HostReport report = millwright.report();
      HostReport.PluginStatus status =
          report.plugins().stream()
              .filter(p -> p.name().equals(name))
              .findFirst()
              .orElseThrow(() -> new AssertionError("not in the report: " + report.plugins()));
      assertThat(status.running()).as(status.detail()).isTrue();
      assertThat(new TreeSet<>(status.tasks())).as("tasks").isEqualTo(new TreeSet<>(tasks()));
    }
  }

  @Test
  void aProcessThatOnlyPredictsFindsItsTasks() {
    Set<String> listed = new TreeSet<>();
    for (TaskCatalog catalog : ServiceLoader.load(TaskCatalog.class, loader())) {
      catalog.tasks().forEach(b -> listed.add(b.task().toString()));
      catalog.composedTasks().forEach(t -> listed.add(t.task().toString()));
    }
    assertThat(listed)
        .as("tasks of the catalogs in META-INF/services/%s", TaskCatalog.class.getName())
        .containsAll(tasks());
  }

  @Test
  void itOffersItsFacadesAndEndsWithItsHost() {
    Millwright one = start();
    try (Millwright two = start()) {
      assertThat(facades()).as("facades").isNotEmpty();
      for (Class<?> facade : facades()) {
        Object first = one.plugin(facade);
        assertThat(first).isInstanceOf(facade).isSameAs(one.plugin(facade));
        assertThat(two.plugin(facade)).as("another host's %s", facade).isNotSameAs(first);
      }
      one.close();
      one.close();
      for (Class<?> facade : facades()) {
        Contracts.assertThrowsCode(
            ErrorCode.CLOSED, "plugin() of a closed host", () -> one.plugin(facade));
        assertThat(two.plugin(facade)).isNotNull();
      }
    } finally {
      one.close();
    }
  }

  @Test
  void aFacadeIsAnInterfaceThatShowsNothingInternal() {
    for (Class<?> facade : facades()) {
      assertThat(facade.isInterface() && Modifier.isPublic(facade.getModifiers()))
          .as("%s is a public interface", facade.getName())
          .isTrue();
      Set<String> foreign = new TreeSet<>();
      for (Method method : facade.getMethods()) {
        look(method.getReturnType(), facade, foreign);
        for (Class<?> parameter : method.getParameterTypes()) {
          look(parameter, facade, foreign);
        }
      }
      assertThat(foreign)
          .as("types of %s that are neither of the JDK, the API nor its package", facade.getName())
          .isEmpty();
    }
  }

  private static void look(Class<?> type, Class<?> facade, Set<String> foreign) {
    Class<?> element = type;
    while (element.isArray()) {
      element = element.getComponentType();
    }
    String room = element.getPackageName();
    boolean known =
        element.isPrimitive()
            || room.startsWith("java.")
            || room.equals("io.millwright.api")
            || room.startsWith("io.millwright.api.")
            || room.equals(facade.getPackageName());
    if (!known) {
      foreign.add(element.getName());
    }
  }

  @Test
  void startingAndEndingKeepsNothing() {
    Contracts.assertNoGrowth(
        10,
        () -> {
          try (Millwright millwright = start()) {
            facades().forEach(millwright::plugin);
          }
        });
  }
}
