package io.millwright.core.learn;

import static org.assertj.core.api.Assertions.assertThat;

import io.millwright.api.Job;
import io.millwright.api.Trained;
import io.millwright.api.data.Table;
import io.millwright.api.learn.Learning;
import io.millwright.api.learn.Recipe;
import io.millwright.api.learn.Samples;
import io.millwright.api.learn.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The same key gives the same model, whatever else goes on and however many threads there are. */
@Timeout(600)
class RepeatabilityTest {

  private static final Samples<Table, Double> DATA = Bench.sequences(24, 1);

  private static Recipe<Table, Double, Double> recipe(long key) {
    return Bench.recipe(Bench.learning().members(2).key(key), Split.folds(2));
  }

  private static String trained(int threads, long key) throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      return Bench.digest(Bench.toolkit(executor).trainer(recipe(key)).train(DATA).await());
    } finally {
      executor.shutdown();
      assertThat(executor.awaitTermination(5, TimeUnit.MINUTES)).isTrue();
    }
  }

  @Test
  void theSameKeyGivesTheSameModelOnAnyNumberOfThreads() throws Exception {
    String one = trained(1, 7);
    assertThat(trained(1, 7)).isEqualTo(one);
    assertThat(trained(4, 7)).isEqualTo(one);
    assertThat(trained(4, 8)).isNotEqualTo(one);
  }

  @Test
  void trainingsBesideEachOtherDoNotDisturbEachOther() throws Exception {
    String seven = trained(1, 7);
    String eight = trained(1, 8);
    ExecutorService executor = Executors.newFixedThreadPool(4);
    try {
      DefaultLearningToolkit toolkit = Bench.toolkit(executor);
      List<Job<Trained<Table, Double>>> jobs = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        jobs.add(toolkit.trainer(recipe(7 + i % 2)).train(DATA));
      }
      for (int i = 0; i < 4; i++) {
        assertThat(Bench.digest(jobs.get(i).await())).isEqualTo(i % 2 == 0 ? seven : eight);
      }
    } finally {
      executor.shutdownNow();
    }
  }

  @Test
  void anotherKeyGivesOtherWeightsForEveryMember() {
    Recipe<Table, Double, Double> recipe = recipe(7);
    var members =
        Bench.model(
                Bench.alone()
                    .learn(recipe, DATA, java.util.Optional.empty(), Bench.StopAfter.never()))
            .members();
    assertThat(members).hasSize(4);
    assertThat(members.stream().map(w -> w.get(0)[0]).distinct()).hasSize(4);
  }

  @Test
  void whereCheckpointsLieMakesNoDifference(@org.junit.jupiter.api.io.TempDir java.nio.file.Path f)
      throws Exception {
    Learning kept = Bench.learning().members(2).checkpoints(f, 2);
    var control = Bench.StopAfter.<Trained<Table, Double>>never();
    assertThat(
            Bench.digest(
                Bench.alone()
                    .learn(
                        Bench.recipe(kept, Split.folds(2)),
                        DATA,
                        java.util.Optional.empty(),
                        control)))
        .isEqualTo(trained(1, 7));
  }
}
