package io.millwright.core.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.millwright.api.ErrorCode;
import io.millwright.api.Finding;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Column;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.data.Unit;
import io.millwright.api.learn.ClassScores;
import io.millwright.api.learn.Decision;
import io.millwright.api.learn.Loss;
import io.millwright.api.learn.Networks;
import io.millwright.api.learn.Preparation;
import io.millwright.api.learn.Recipe;
import io.millwright.api.learn.Sample;
import io.millwright.api.learn.Samples;
import io.millwright.api.learn.Split;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is wrong with samples is said before a job starts: code, place, way out, all at once. */
class BadSamplesTest {

  private static DefaultLearningToolkit toolkit;

  @BeforeAll
  static void start() {
    toolkit = Bench.alone();
  }

  private static Sample<Table, Double> sample(String group, Table input, @Nullable Double... l) {
    return new Sample<>(group, input, Arrays.asList(l));
  }

  private static Sample<Table, Double> good(int i) {
    return sample("good " + i, Bench.row(100 + i, 300 - i), (double) i);
  }

  private static <L> MillwrightException refused(
      Recipe<Table, L, ?> recipe, Samples<Table, L> data) {
    MillwrightException thrown =
        catchThrowableOfType(MillwrightException.class, () -> toolkit.trainer(recipe).train(data));
    assertThat(thrown).as("refused before a job starts").isNotNull();
    assertThat(thrown.getMessage()).contains("Maybe");
    return thrown;
  }

  private static List<Finding> wrong(List<Sample<Table, Double>> samples) {
    return refused(Bench.recipe(Bench.learning(), Split.folds(2)), new Samples<>(samples))
        .findings();
  }

  private static Recipe<Table, String, ClassScores> classes(Optional<Decision> decision) {
    return Recipe.of(Bench.fault())
        .preparation(Preparation.standard())
        .network(Networks.linear())
        .learning(Bench.learning())
        .split(Split.folds(2).by(Split.By.ROW))
        .decision(decision)
        .build();
  }

  private static Samples<Table, String> labelled(String... labels) {
    return new Samples<>(
        Arrays.stream(labels).map(l -> Sample.of("g", Bench.row(l.hashCode(), 1), l)).toList());
  }

  @Test
  void noSamples() {
    assertThat(wrong(List.of()))
        .extracting(Finding::code, Finding::place)
        .containsExactly(tuple(ErrorCode.TOO_FEW_DATA, "samples"));
  }

  @Test
  void noLabels() {
    assertThat(wrong(List.of(sample("a", Bench.row(1, 2), (Double) null))))
        .extracting(Finding::code, Finding::place)
        .containsExactly(tuple(ErrorCode.TOO_FEW_DATA, "samples"));
  }

  @Test
  void everythingAtOnce() {
    Schema other = Schema.of(Column.number("force", Unit.of("N")));
    List<Finding> findings =
        wrong(
            List.of(
                good(0),
                sample("long", Bench.row(1, 2), 1.0, 2.0),
                sample("other", Table.ofNumbers(other, new double[][] {{1}}), 1.0),
                sample("infinite", Bench.row(3, 4), Double.POSITIVE_INFINITY),
                sample("nan", Bench.row(3, 4), Double.NaN),
                sample("empty", Table.ofNumbers(Bench.SCHEMA, new double[0][]), 1.0),
                good(6)));
    assertThat(findings)
        .extracting(Finding::code, Finding::place)
        .contains(
            tuple(ErrorCode.WRONG_SHAPE, "sample 1 of group \"long\""),
            tuple(ErrorCode.WRONG_SHAPE, "sample 2 of group \"other\""),
            tuple(ErrorCode.BAD_LABEL, "sample 3 of group \"infinite\", row 0"),
            tuple(ErrorCode.BAD_LABEL, "sample 4 of group \"nan\", row 0"),
            tuple(ErrorCode.TOO_FEW_DATA, "sample 5 of group \"empty\""));
    assertThat(findings).allSatisfy(f -> assertThat(f.remedy()).isNotBlank());
    assertThat(findings.get(0).message()).contains("2 labels for 1 rows");
    assertThat(findings.get(1).message()).contains("kN");
  }

  @Test
  void aHopelessListIsNotReadToTheEnd() {
    List<Sample<Table, Double>> many =
        Collections.nCopies(500, sample("nan", Bench.row(3, 4), Double.NaN));
    assertThat(wrong(many)).hasSizeBetween(40, 60);
  }

  @Test
  void aSingleClass() {
    MillwrightException thrown =
        refused(classes(Optional.empty()), labelled("ok", "ok", "ok", "ok"));
    assertThat(thrown.code()).isEqualTo(ErrorCode.BAD_LABEL);
    assertThat(thrown).hasMessageContaining("[ok]").hasMessageContaining("two classes");
  }

  @Test
  void aDecisionOverAnUnknownClass() {
    MillwrightException thrown =
        refused(
            classes(Optional.of(new Decision.ByF1("none"))), labelled("ok", "bad", "ok", "bad"));
    assertThat(thrown.code()).isEqualTo(ErrorCode.BAD_LABEL);
    assertThat(thrown.findings().get(0).place()).isEqualTo("decision");
    assertThat(thrown).hasMessageContaining("\"none\"").hasMessageContaining("[bad, ok]");
  }

  @Test
  void tooFewGroups() {
    MillwrightException thrown =
        refused(
            Bench.recipe(Bench.learning(), Split.folds(5)),
            new Samples<>(List.of(good(1), good(2), good(3))));
    assertThat(thrown.code()).isEqualTo(ErrorCode.TOO_FEW_DATA);
    assertThat(thrown).hasMessageContaining("3 groups").hasMessageContaining("5");
  }

  @Test
  void aLossThatDoesNotFitTheTarget() {
    MillwrightException thrown =
        catchThrowableOfType(
            MillwrightException.class,
            () -> Bench.recipe(Bench.learning().loss(Loss.crossEntropy()), Split.folds(2)));
    assertThat(thrown.code()).isEqualTo(ErrorCode.BAD_OPTION);
    assertThat(thrown)
        .hasMessageContaining("CrossEntropy")
        .hasMessageContaining("a quantity")
        .hasMessageContaining("Maybe");
  }

  @Test
  void aDecisionAboutAQuantity() {
    Recipe<Table, Double, Double> good = Bench.recipe(Bench.learning(), Split.folds(2));
    MillwrightException thrown =
        catchThrowableOfType(
            MillwrightException.class,
            () -> good.toBuilder().decision(Optional.of(new Decision.ByF1("none"))).build());
    assertThat(thrown.code()).isEqualTo(ErrorCode.BAD_OPTION);
    assertThat(thrown).hasMessageContaining("decision").hasMessageContaining("Maybe");
  }
}
