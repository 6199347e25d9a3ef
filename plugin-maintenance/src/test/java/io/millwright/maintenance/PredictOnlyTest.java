package io.millwright.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millwright.api.ErrorCode;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.PluginSource;
import io.millwright.api.Predictor;
import io.millwright.api.data.UnitHistory;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that only predicts runs with the plug-in's jar, the API, the runtime and their three
 * small libraries; neither Guice nor DJL nor the core stands on its class path.
 */
class PredictOnlyTest {

  private static final List<String> LIBRARIES = List.of("jackson-core-", "fastcsv-", "slf4j-api-");

  @TempDir Path folder;

  /** What holds classes and resources of these three modules and of this test, and LIBRARIES. */
  private static String classPath() {
    String surefire = System.getProperty("surefire.test.class.path");
    String whole =
        surefire != null ? surefire : ManagementFactory.getRuntimeMXBean().getClassPath();
    return Arrays.stream(whole.split(File.pathSeparator))
        .filter(PredictOnlyTest::needed)
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static boolean needed(String entry) {
    String name = new File(entry).getName();
    if (LIBRARIES.stream().anyMatch(name::startsWith)) {
      return true;
    }
    String unix = entry.replace(File.separatorChar, '/');
    boolean ours =
        List.of("api", "runtime", "maintenance").stream()
            .anyMatch(m -> name.startsWith("millwright-" + m + "-") || unix.contains(module(m)));
    return ours && !name.endsWith("-tests.jar");
  }

  private static String module(String name) {
    return "/" + (name.equals("maintenance") ? "plugin-" : "sdk-") + name + "/";
  }

  private static String run(Path bundle) throws IOException, InterruptedException {
    Path log = bundle.resolveSibling("child.log");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                classPath(),
                PredictOnlyChild.class.getName(),
                bundle.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      assertThat(process.waitFor()).as(Files.readString(log)).isZero();
      return Files.readString(log);
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void theRuntimeAloneOpensPredictsExplainsAndMonitors() throws Exception {
    Path bundle = folder.resolve("life.mwb");
    UnitHistory unit = Simulated.running("pump 7", 77, 10);
    double life;
    try (Millwright millwright = Millwright.create()) {
      Simulated.small(millwright.plugin(Maintenance.class))
          .train(Simulated.fleet(12, 1))
          .await()
          .saveTo(bundle);
      try (Predictor<UnitHistory, Cycles> here =
          millwright.open(Maintenance.REMAINING_LIFE, bundle)) {
        life = here.predict(unit).orElseThrow().value().count();
      }
    }
    String said = run(bundle);
    assertThat(number(said, "life ")).isCloseTo(life, within(1e-4));
    assertThat(number(said, "monitored ")).isCloseTo(life, within(1e-4));
    assertThat(number(said, "explained by ")).isPositive();
    assertThat(said)
        .contains("task maintenance.remaining-life", "runtime Java")
        .contains("facade true", "Maybe add the dependency io.millwright:millwright-core")
        .contains(
            "absent com.google.inject.Guice",
            "absent ai.djl.engine.Engine",
            "absent io.millwright.core.guice.GuicePlugin")
        .doesNotContain("present ");
  }

  private static double number(String said, String label) {
    return said.lines()
        .filter(line -> line.startsWith(label))
        .mapToDouble(line -> Double.parseDouble(line.substring(label.length())))
        .findFirst()
        .orElseThrow(() -> new AssertionError(label + " in " + said));
  }

  @Test
  void theLargerHostGoesFirstWhereBothAre() {
    try (Millwright millwright = Millwright.builder().plugins(new PluginSource.Nowhere()).build()) {
      assertThat(millwright.report().engines().ruleTable()).isNotEqualTo("none");
    }
  }

  @Test
  void aTaskThatNobodyOffersIsNamed() {
    try (Millwright millwright = Millwright.builder().plugins(new PluginSource.Nowhere()).build()) {
      assertThat(
              org.assertj.core.api.Assertions.catchThrowableOfType(
                      MillwrightException.class,
                      () -> millwright.monitor(Maintenance.FAILURE, folder.resolve("none.mwb")))
                  .code())
          .isEqualTo(ErrorCode.NO_PLUGIN);
    }
  }
}
