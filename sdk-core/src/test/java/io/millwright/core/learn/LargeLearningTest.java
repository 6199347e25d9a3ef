package io.millwright.core.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millwright.api.Job;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.PluginSource;
import io.millwright.api.Predictor;
import io.millwright.api.Trained;
import io.millwright.api.Uncertainty;
import io.millwright.api.data.Column;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.data.TableBuilder;
import io.millwright.api.learn.ClassScores;
import io.millwright.api.learn.Learning;
import io.millwright.api.learn.Networks;
import io.millwright.core.large.LargeLearning;
import io.millwright.core.large.LargePlan;
import io.millwright.runtime.bundle.BundleReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Learning from rows that are read twice, in batches. */
class LargeLearningTest {

  private static final Schema SCHEMA =
      Schema.of(
          Column.number("heat"),
          Column.number("seconds"),
          Column.category("material"),
          Column.number("strength"),
          Column.category("verdict"));

  private static Millwright millwright;

  @TempDir Path folder;

  @BeforeAll
  static void open() {
    millwright = Millwright.builder().plugins(new PluginSource.Nowhere()).build();
  }

  @AfterAll
  static void close() {
    millwright.close();
  }

  private static LargeLearning.Rows rows(int batches, int each, long seed, String... without) {
    return take -> {
      Random random = new Random(seed);
      for (int b = 0; b < batches; b++) {
        TableBuilder table = Table.builder(SCHEMA, each);
        for (int r = 0; r < each; r++) {
          double heat = random.nextDouble();
          double seconds = random.nextDouble();
          boolean steel = random.nextBoolean();
          double strength = (steel ? 20 : 10) + 15 * heat * seconds + 0.5 * random.nextGaussian();
          table.add(
              r % 50 == 7 ? Double.NaN : heat,
              seconds,
              steel ? "steel" : "brass",
              r % 40 == 3 ? Double.NaN : strength,
              strength > 19 ? "good" : "bad");
        }
        take.accept(table.build().without(without));
      }
    };
  }

  private LargePlan plan(String target) {
    return LargePlan.of(target, folder)
        .network(Networks.mlp(16, 8))
        .learning(Learning.adam(5e-3).batch(128).epochs(4).earlyStopping(2).key(3));
  }

  private Trained<Table, Object> train(LargeLearning.Rows rows, LargePlan plan)
      throws InterruptedException {
    Job<Trained<Table, Object>> job = millwright.plugin(LargeLearning.class).train(rows, plan);
    return job.await();
  }

  @Test
  void aNumberIsLearntWithIntervalsAndTheFileIsGone() throws Exception {
    LargeLearning.Rows rows = rows(5, 4000, 1, "verdict");
    Trained<Table, Object> model = train(rows, plan("strength"));
    assertThat(model.evaluation().figures().get("rmse")).isBetween(0.4, 1.0);
    assertThat(model.evaluation().figures().get("coverage 90")).isBetween(0.82, 0.97);
    assertThat(model.evaluation().protocol()).contains("one row in 50 of 19500 held out");
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
    Path bundle = folder.resolve("m.mwb");
    model.saveTo(bundle);
    int held = 0;
    int judged = 0;
    try (Predictor<Table, Object> predictor = millwright.open(bundle)) {
      Table[] fresh = {null};
      rows(1, 1000, 99, "verdict").each(t -> fresh[0] = t);
      for (int r = 0; r < 1000; r++) {
        double truth = fresh[0].number(r, 3);
        if (Double.isFinite(truth)) {
          Uncertainty.Interval interval =
              (Uncertainty.Interval)
                  predictor.predict(fresh[0].slice(r, r + 1)).orElseThrow().uncertainty().at(0.9);
          judged++;
          held += interval.contains(truth) ? 1 : 0;
        }
      }
    }
    assertThat((double) held / judged).isBetween(0.83, 0.97);
    Trained<Table, Object> again = train(rows, plan("strength"));
    assertThat(again.info().digest()).isEqualTo(BundleReader.info(bundle).digest());
  }

  @Test
  void classesAreLearnt() throws Exception {
    Trained<Table, Object> model = train(rows(3, 4000, 1, "strength"), plan("verdict"));
    assertThat(model.evaluation().figures().get("accuracy")).isGreaterThan(0.9);
    Table[] one = {null};
    rows(1, 1, 5, "strength").each(t -> one[0] = t);
    try (Predictor<Table, Object> predictor = model.open()) {
      assertThat(predictor.predict(one[0]).orElseThrow().value()).isInstanceOf(ClassScores.class);
    }
  }

  @Test
  void whatCannotBeLearntIsNamed() throws Exception {
    assertThatThrownBy(() -> train(rows(1, 100, 1), plan("strength")))
        .hasMessageContaining("TOO_FEW_DATA")
        .hasMessageContaining("100 rows");
    assertThatThrownBy(() -> train(rows(1, 2000, 1), plan("missing")))
        .hasMessageContaining("no column \"missing\"");
    assertThatThrownBy(() -> train(take -> {}, plan("strength"))).hasMessageContaining("0 rows");
    Path file = Files.writeString(folder.resolve("taken"), "");
    LargePlan nowhere = LargePlan.of("strength", file);
    assertThatThrownBy(() -> train(rows(1, 2000, 1, "verdict"), nowhere))
        .hasMessageContaining("IO_FAILED");
    Job<Trained<Table, Object>> job =
        millwright
            .plugin(LargeLearning.class)
            .train(rows(400, 5000, 1, "verdict"), plan("strength"));
    job.cancel();
    assertThatThrownBy(job::await).isInstanceOf(MillwrightException.class);
  }
}
