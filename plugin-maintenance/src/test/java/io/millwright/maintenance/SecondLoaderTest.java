package io.millwright.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import io.millwright.api.EngineReport;
import io.millwright.api.Millwright;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Two applications of one server, each with its own copy of everything: the second cannot load the
 * native library again, is told so with the recipe, and still runs.
 */
class SecondLoaderTest {

  private static URL[] classPath() throws MalformedURLException {
    String surefire = System.getProperty("surefire.test.class.path");
    String whole = surefire != null ? surefire : System.getProperty("java.class.path", "");
    List<URL> urls = new ArrayList<>();
    for (String part : whole.split(File.pathSeparator)) {
      urls.add(new File(part).toURI().toURL());
    }
    return urls.toArray(URL[]::new);
  }

  /** The candidate as text, and the engine chosen for prediction, of a host in the loader. */
  private static List<String> engines(ClassLoader loader) throws ReflectiveOperationException {
    Class<?> type = Class.forName("io.millwright.api.Millwright", true, loader);
    Object millwright = type.getMethod("create").invoke(null);
    try {
      Object report = type.getMethod("report").invoke(millwright);
      Object engines = report.getClass().getMethod("engines").invoke(report);
      List<?> candidates = (List<?>) engines.getClass().getMethod("candidates").invoke(engines);
      Object torch =
          candidates.stream()
              .filter(c -> c.toString().contains("PyTorch"))
              .findFirst()
              .orElseThrow();
      return List.of(
          torch.toString(), engines.getClass().getMethod("prediction").invoke(engines).toString());
    } finally {
      type.getMethod("close").invoke(millwright);
    }
  }

  @Test
  void theSecondCopyIsToldWhereTheNativeLibraryIs() throws Exception {
    try (Millwright first = Millwright.create()) {
      assertThat(first.report().engines().candidates())
          .filteredOn(c -> c.name().equals("PyTorch"))
          .singleElement()
          .satisfies(c -> assertThat(c.usable()).as(c.detail()).isTrue());
    }
    try (URLClassLoader second =
        new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
      assertThat(second.loadClass(EngineReport.class.getName())).isNotSameAs(EngineReport.class);
      List<String> told = engines(second);
      assertThat(told.get(0))
          .contains("usable=false")
          .contains("NATIVE_ELSEWHERE")
          .contains("Maybe put millwright-core, DJL and the native jars on the loader")
          .contains("docs/engines.md");
      assertThat(told.get(1)).contains("Java");
    }
  }
}
