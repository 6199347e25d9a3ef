package io.millwright.integration.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Series, assets and sweeps on a driver and two executors (or {@code -Dspark.executors}). */
class SparkGroupsTest {

  private static final Path BUNDLE =
      Path.of("../../samples/app/src/test/resources/kept/0.1.0/demand.mwb");

  @TempDir Path folder;

  @Test
  @Tag("thorough")
  void seriesAssetsAndSweepsAreThoseOfOneMachine() throws Exception {
    assumeTrue(Cluster.whole(), "Spark's libraries are not here: build with -Pspark,thorough");
    String said =
        Cluster.run(
            GroupsChild.class,
            folder,
            BUNDLE.toAbsolutePath().toString(),
            Integer.toString(Cluster.EXECUTORS),
            "300",
            Long.getLong("spark.series", 0L).toString());
    assertThat(said)
        .contains("series as one machine: 300, refused 4")
        .contains("assets as one machine: 6")
        .contains("sweep as one machine: true")
        .contains("refused all at once: ", "column \"sales\"", "column \"place\"");
  }
}
