package io.millwright.core.learn.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millwright.api.ErrorCode;
import io.millwright.api.Job;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.ModelSource;
import io.millwright.api.Outcome;
import io.millwright.api.PluginSource;
import io.millwright.api.Predictor;
import io.millwright.api.TableTrainer;
import io.millwright.api.Trained;
import io.millwright.api.Uncertainty;
import io.millwright.api.data.Column;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.data.TableBuilder;
import io.millwright.api.learn.ClassScores;
import io.millwright.api.learn.ModelKind;
import io.millwright.api.learn.Networks;
import io.millwright.runtime.bundle.BundleReader;
import io.millwright.runtime.bundle.Bundles;
import io.millwright.runtime.bundle.Model;
import io.millwright.runtime.explain.ModelTree;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trees as candidates, and as models of their own, through the front door only. */
class TreesLearningTest {

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

  /** Three classes and an amount in boxes of heat and speed, with gaps, a category and noise. */
  private static Table boxes(int rows, long seed) {
    Schema schema =
        Schema.of(
            Column.number("heat"),
            Column.number("speed"),
            Column.number("idle"),
            Column.category("line"),
            Column.number("amount"),
            Column.category("kind"));
    Random random = new Random(seed);
    TableBuilder table = Table.builder(schema, rows);
    for (int r = 0; r < rows; r++) {
      double heat = 10 * random.nextDouble();
      double speed = 10 * random.nextDouble();
      boolean b = random.nextInt(3) == 0;
      boolean inside = Math.abs(heat - 5) < 2 && Math.abs(speed - 4) < 2.5;
      String kind = inside ? "burr" : b && heat > 5 ? "crack" : "good";
      if (random.nextInt(20) == 0) {
        kind = "good";
      }
      table.add(
          random.nextInt(15) == 0 ? Double.NaN : heat,
          speed,
          random.nextGaussian(),
          b ? "B" : "A",
          (inside ? 50 : 20) + (b ? 10 : 0) + random.nextGaussian(),
          kind);
    }
    return table.build();
  }

  private static final Table LEARNT = boxes(700, 1);
  private static final Table FRESH = boxes(500, 2);

  private static TableTrainer<ClassScores> kinds() {
    return millwright.learning().classes("kind").key(3);
  }

  private static Table without(Table table, String... columns) {
    Table less = table;
    for (String c : columns) {
      less = less.without(c);
    }
    return less;
  }

  private static final Table CLASSES = without(LEARNT, "amount");
  private static final Table AMOUNTS = without(LEARNT, "kind");

  private static double accuracy(Trained<Table, ClassScores> model) {
    int hits = 0;
    try (Predictor<Table, ClassScores> predictor = model.open()) {
      List<Outcome<ClassScores>> said = predictor.predictRows(without(FRESH, "amount", "kind"));
      for (int r = 0; r < said.size(); r++) {
        String best = said.get(r).orElseThrow().value().best();
        hits += best.equals(FRESH.labels("kind").get(r)) ? 1 : 0;
      }
    }
    return (double) hits / FRESH.rows();
  }

  @Test
  void boostedTreesAreKeptWhereBordersAreSharp() throws Exception {
    Trained<Table, ClassScores> model =
        kinds().among(ModelKind.LINEAR, ModelKind.BOOSTED_TREES).train(CLASSES).await();
    assertThat(model.evaluation().protocol()).contains("boosted trees").contains("decision tree");
    assertThat(accuracy(model)).isGreaterThan(0.9);
    assertThat(model.evaluation().baselines().keySet())
        .anyMatch(n -> n.startsWith("decision tree"))
        .contains("additive model", "logistic regression");
  }

  @Test
  void aTreeThatWasAskedForAnswersAlone() throws Exception {
    Trained<Table, ClassScores> model =
        kinds().among(ModelKind.DECISION_TREE).train(CLASSES).await();
    assertThat(accuracy(model)).isGreaterThan(0.88);
    Path file = folder.resolve("tree.mwb");
    model.saveTo(file);
    Model read = BundleReader.read(file);
    assertThat(read.members()).hasSize(1);
    assertThat(Bundles.plan(read).hasTrees()).isTrue();
    assertThat(read.recipe().orElseThrow().choice().orElseThrow().kinds())
        .containsExactly(ModelKind.DECISION_TREE);
    Table rows = without(FRESH, "amount", "kind");
    try (Predictor<Table, ClassScores> before = model.open();
        Predictor<Table, Object> after = millwright.open(file)) {
      assertThat(after.predictRows(rows).toString()).isEqualTo(before.predictRows(rows).toString());
      ModelTree tree = ModelTree.of(ModelSource.file(file), rows);
      assertThat(tree.tree().rows()).isEqualTo(rows.rows());
      assertThat(tree.rules()).anyMatch(r -> r.contains("line is not A") && r.contains("crack"));
      assertThat(tree.mermaid()).startsWith("flowchart TD");
      List<Outcome<ClassScores>> said = before.predictRows(rows);
      for (int r = 0; r < rows.rows(); r++) {
        if (!Double.isNaN(rows.numbers("heat")[r])) {
          List<Double> shares = tree.tree().of(rows, r);
          ClassScores scores = said.get(r).orElseThrow().value();
          int best = tree.classes().indexOf(scores.best());
          assertThat(shares.get(best)).isEqualTo(java.util.Collections.max(shares));
        }
      }
    }
  }

  @Test
  void amountsHaveIntervalsThatHold() throws Exception {
    Trained<Table, Double> model =
        millwright
            .learning()
            .number("amount")
            .among(ModelKind.BOOSTED_TREES)
            .train(AMOUNTS)
            .await();
    double squares = 0;
    int held = 0;
    try (Predictor<Table, Double> predictor = model.open()) {
      List<Outcome<Double>> said = predictor.predictRows(without(FRESH, "amount", "kind"));
      double[] truth = FRESH.numbers("amount");
      for (int r = 0; r < truth.length; r++) {
        var p = said.get(r).orElseThrow();
        squares += Math.pow(p.value() - truth[r], 2) / truth.length;
        Uncertainty.Interval interval = (Uncertainty.Interval) p.uncertainty().at(0.9);
        held += interval.contains(truth[r]) ? 1 : 0;
      }
    }
    // A twentieth of the heats is missing, where nobody can tell inside from outside.
    assertThat(Math.sqrt(squares)).isLessThan(5);
    assertThat(held).isBetween(425, 490);
  }

  @Test
  void theSameKeyGivesTheSameModel() throws Exception {
    TableTrainer<ClassScores> trainer = kinds().among(ModelKind.BOOSTED_TREES);
    String digest = trainer.train(CLASSES).await().info().digest();
    assertThat(trainer.train(CLASSES).await().info().digest()).isEqualTo(digest);
    assertThat(trainer.key(4).train(CLASSES).await().info().digest()).isNotEqualTo(digest);
  }

  @Test
  void aCurveForEachColumnIsAModelOfItsOwn() throws Exception {
    Trained<Table, Double> model =
        millwright.learning().number("amount").among(ModelKind.ADDITIVE).train(AMOUNTS).await();
    assertThat(model.evaluation().protocol()).contains("chosen: additive model");
  }

  @Test
  void aQuantityThatIsASumOfCurvesIsLearntAsOne() throws Exception {
    Schema schema =
        Schema.of(
            Column.number("a"), Column.number("b"), Column.number("c"), Column.number("amount"));
    TableBuilder learnt = Table.builder(schema, 150);
    TableBuilder fresh = Table.builder(schema, 1_000);
    Random random = new Random(3);
    for (int i = 0; i < 1_150; i++) {
      double a = random.nextDouble();
      double b = random.nextDouble();
      double c = random.nextDouble();
      double sum = 6 * Math.abs(a - 0.5) + 8 * Math.max(0, b - 0.6) + c;
      (i < 150 ? learnt : fresh).add(a, b, c, sum + 0.2 * random.nextGaussian());
    }
    Trained<Table, Double> model =
        millwright.learning().number("amount").train(learnt.build()).await();
    assertThat(model.evaluation().protocol()).contains("chosen: additive model");
    Table rows = fresh.build();
    double squares = 0;
    try (Predictor<Table, Double> predictor = model.open()) {
      for (int i = 0; i < rows.rows(); i++) {
        double says = predictor.predict(rows.slice(i, i + 1)).orElseThrow().value();
        squares += Math.pow(says - rows.numbers("amount")[i], 2);
      }
    }
    assertThat(Math.sqrt(squares / rows.rows())).isLessThan(0.26);
  }

  @Test
  void whatCannotBeIsSaid() {
    assertThatThrownBy(
            () ->
                kinds()
                    .network(Networks.mlp(4))
                    .among(ModelKind.DECISION_TREE)
                    .train(CLASSES)
                    .await())
        .isInstanceOf(MillwrightException.class)
        .hasMessageContaining("[BAD_OPTION]");
    assertThatThrownBy(
            () ->
                millwright
                    .learning()
                    .number("amount")
                    .window(5)
                    .among(ModelKind.DECISION_TREE)
                    .train(AMOUNTS)
                    .await())
        .hasMessageContaining("[BAD_OPTION]")
        .hasMessageContaining("DECISION_TREE");
  }

  @Test
  void aStopKeepsTheBestSoFar() throws Exception {
    Job<Trained<Table, ClassScores>> job = kinds().train(boxes(4000, 5).without("amount"));
    job.cancel();
    try {
      assertThat(job.await().evaluation().protocol()).contains("chosen");
    } catch (MillwrightException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.JOB_CANCELLED);
    }
  }
}
