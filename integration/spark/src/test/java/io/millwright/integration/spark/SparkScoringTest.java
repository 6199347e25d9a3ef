package io.millwright.integration.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A driver and two executors (or {@code -Dspark.executors}), each a process of its own. */
class SparkScoringTest {

  private static final Path BUNDLE =
      Path.of("../../samples/app/src/test/resources/kept/0.1.0/strength.mwb");

  @TempDir Path folder;

  @Test
  @Tag("thorough")
  void executorsSayWhatOneMachineSaysAlsoWhenOneIsKilled() throws Exception {
    assumeTrue(Cluster.whole(), "Spark's libraries are not here: build with -Pspark,thorough");
    String said =
        Cluster.run(
            SparkChild.class,
            folder,
            BUNDLE.toAbsolutePath().toString(),
            Integer.toString(Cluster.EXECUTORS),
            "20000",
            "2000000",
            Long.getLong("spark.timed", 0L).toString());
    assertThat(said)
        .contains("same 20000 rows, ")
        .contains("refused ", "heat", "is not there")
        .contains("opened " + Cluster.EXECUTORS + " by " + Cluster.EXECUTORS)
        .contains("killed true")
        .contains("after a kill true [2000000,");
    assertThat(said).doesNotContain(" 0 abstained", " 0 flagged");
  }
}
