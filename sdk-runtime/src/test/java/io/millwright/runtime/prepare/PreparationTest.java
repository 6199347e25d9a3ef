package io.millwright.runtime.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millwright.api.ErrorCode;
import io.millwright.api.Flag;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Column;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.data.Unit;
import io.millwright.api.learn.Preparation;
import io.millwright.api.learn.Step;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreparationTest {

  private static FittedPreparation fitted(long seed) {
    return FittedPreparation.fit(
            Plants.everything(), Plants.MIXED, Plants.mixed(new Random(seed), 12))
        .preparation();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void aStreamGivesWhatATableGives(long seed) {
    PreparationPlan plan = fitted(seed).plan();
    for (Table table : Plants.mixed(new Random(seed + 100), 5)) {
      float[] all = plan.rows(table, new Notes());
      PreparedStream stream = plan.stream();
      Notes notes = new Notes();
      for (int row = 0; row < table.rows(); row++) {
        stream.push(table, row, notes);
        float[] expected = Arrays.copyOfRange(all, row * plan.width(), (row + 1) * plan.width());
        assertThat(stream.features()).isEqualTo(expected);
        float[] input = stream.latest();
        assertThat(input).hasSize(plan.shape().size());
        for (int k = 0; k < 6; k++) {
          int from = Math.max(0, row - 5 + k) * plan.width();
          assertThat(Arrays.copyOfRange(input, k * plan.width(), (k + 1) * plan.width()))
              .isEqualTo(Arrays.copyOfRange(all, from, from + plan.width()));
        }
      }
      assertThat(stream.count()).isEqualTo(table.rows());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void aRestoredStreamGoesOnAsIfNothingHadHappened(long seed) {
    PreparationPlan plan = fitted(seed).plan();
    Table table = longest(Plants.mixed(new Random(seed), 8));
    for (int cut = 1; cut < table.rows(); cut += 7) {
      PreparedStream one = plan.stream();
      for (int row = 0; row < cut; row++) {
        one.push(table, row, new Notes());
      }
      double[] saved = one.save();
      assertThat(saved).hasSameSizeAs(plan.stream().save());
      PreparedStream two = plan.stream();
      two.push(table, 0, new Notes());
      two.restore(saved);
      for (int row = cut; row < table.rows(); row++) {
        one.push(table, row, new Notes());
        two.push(table, row, new Notes());
        assertThat(two.latest()).isEqualTo(one.latest());
      }
      assertThat(two.save()).isEqualTo(one.save());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23})
  void laterRowsNeverChangeEarlierFeatures(long seed) {
    PreparationPlan plan = fitted(seed).plan();
    Table table = longest(Plants.mixed(new Random(seed + 7), 6));
    float[] all = plan.rows(table, new Notes());
    for (int cut = 1; cut <= table.rows(); cut += 5) {
      assertThat(plan.rows(table.slice(0, cut), new Notes()))
          .isEqualTo(Arrays.copyOf(all, cut * plan.width()));
    }
  }

  @Test
  void nothingIsLearntFromOtherData() {
    List<Table> training = Plants.mixed(new Random(5), 12);
    FittedPreparation once =
        FittedPreparation.fit(Plants.everything(), Plants.MIXED, training).preparation();
    once.rows(longest(Plants.mixed(new Random(6), 4)), new Notes());
    assertThat(FittedPreparation.fit(Plants.everything(), Plants.MIXED, training).preparation())
        .isEqualTo(once);
    List<Table> more = new ArrayList<>(training);
    more.addAll(Plants.mixed(new Random(7), 3));
    assertThat(FittedPreparation.fit(Plants.everything(), Plants.MIXED, more).preparation())
        .isNotEqualTo(once);
  }

  @Test
  void whatNoFeatureNeedsIsNoInput() {
    FittedPreparation fitted = fitted(3);
    assertThat(fitted.inputs().names()).doesNotContain("flat").contains("force", "age");
    Table table = longest(Plants.mixed(new Random(1), 3));
    Table without = table.select(List.of("age", "oil", "die", "force"));
    assertThat(fitted.rows(without, new Notes())).isEqualTo(fitted.rows(table, new Notes()));
  }

  @Test
  void aFittedPreparationIsPlainData() {
    Set<Class<?>> seen = new HashSet<>();
    List<String> wrong = new ArrayList<>();
    check(FittedPreparation.class, seen, wrong);
    assertThat(wrong).isEmpty();
    assertThat(seen).contains(FittedStep.Condition.class, FittedStep.Pair.class, Step.Trends.class);
  }

  private static void check(Class<?> type, Set<Class<?>> seen, List<String> wrong) {
    if (!seen.add(type) || type.isPrimitive() || type.isEnum()) {
      return;
    }
    if (Set.of(String.class, Double.class, Integer.class, List.class, Map.class, Optional.class)
        .contains(type)) {
      return;
    }
    if (type.isSealed()) {
      Arrays.stream(type.getPermittedSubclasses()).forEach(t -> check(t, seen, wrong));
    } else if (type.isRecord()) {
      for (RecordComponent component : type.getRecordComponents()) {
        check(component.getType(), seen, wrong);
        if (component.getGenericType() instanceof ParameterizedType p) {
          for (Type argument : p.getActualTypeArguments()) {
            check((Class<?>) argument, seen, wrong);
          }
        }
      }
    } else {
      wrong.add(type.getName());
    }
  }

  @Test
  void independentRowsTakeTheShortWay() {
    Schema schema = Plants.numbers(3);
    Random random = new Random(3);
    List<Table> rows = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      rows.add(
          Table.ofNumbers(
              schema, new double[][] {{5 + 2 * random.nextGaussian(), random.nextDouble(), -3}}));
    }
    PreparationPlan plan =
        FittedPreparation.fit(Preparation.standard(), schema, rows).preparation().plan();
    double sum = 0;
    double squares = 0;
    for (Table row : rows) {
      Notes notes = new Notes();
      float[] values = plan.row(row, 0, notes);
      assertThat(values).isEqualTo(plan.rows(row, new Notes()));
      assertThat(notes.flags()).isEmpty();
      sum += values[0];
      squares += values[0] * values[0];
      assertThat(values[2]).isZero();
    }
    assertThat(sum / 200).isCloseTo(0, org.assertj.core.data.Offset.offset(1e-6));
    assertThat(squares / 200).isCloseTo(1, org.assertj.core.data.Offset.offset(1e-5));
  }

  @Test
  void dirtyRowsAreFlaggedAndHopelessOnesSaidSo() {
    PreparationPlan plan =
        FittedPreparation.fit(Preparation.standard(), Plants.MIXED, Plants.mixed(new Random(9), 10))
            .preparation()
            .plan();
    Notes notes = new Notes();
    plan.row(Table.builder(Plants.MIXED, 1).add(null, "d1", 20.0, 3.0, 7.0).build(), 0, notes);
    assertThat(notes.flags()).containsExactly(Flag.IMPUTED);
    notes.clear();
    plan.row(Table.builder(Plants.MIXED, 1).add(100.0, "other", 20.0, 3.0, 7.0).build(), 0, notes);
    assertThat(notes.flags()).containsExactly(Flag.UNKNOWN_CATEGORY);
    notes.clear();
    plan.row(Table.builder(Plants.MIXED, 1).add(900.0, "d1", 20.0, 3.0, 7.0).build(), 0, notes);
    assertThat(notes.flags()).containsExactly(Flag.OUTSIDE_TRAINING_RANGE);
    assertThat(notes.findings()).hasSize(1);
    assertThat(notes.hopeless()).isFalse();
    notes.clear();
    plan.row(Table.builder(Plants.MIXED, 1).add(null, null, null, 3.0, null).build(), 0, notes);
    assertThat(notes.hopeless()).isTrue();
    notes.clear();
    assertThat(notes.flags()).isEmpty();
    assertThat(notes.hopeless()).isFalse();
  }

  @Test
  void withoutCleaningAMissingValueIsHopelessAndAnErrorInTraining() {
    Schema schema = Plants.numbers(2);
    Preparation scale = Preparation.of(new Step.Scale(Step.Scaling.MIN_MAX, 0));
    Table clean = Table.ofNumbers(schema, new double[][] {{1, 2}, {3, 5}, {2, 2}});
    FittedPreparation fitted = FittedPreparation.fit(scale, schema, List.of(clean)).preparation();
    assertThat(fitted.rows(clean, new Notes())).containsExactly(0f, 0f, 1f, 1f, 0.5f, 0f);
    Notes notes = new Notes();
    fitted.plan().row(Table.ofNumbers(schema, new double[][] {{1, Double.NaN}}), 0, notes);
    assertThat(notes.hopeless()).isTrue();
    assertThat(notes.findings())
        .singleElement()
        .matches(f -> f.code().equals(ErrorCode.MISSING_VALUE));
    Table dirty = Table.ofNumbers(schema, new double[][] {{1, 2}, {Double.NaN, 5}});
    assertThatThrownBy(() -> FittedPreparation.fit(scale, schema, List.of(dirty)))
        .isInstanceOf(MillwrightException.class)
        .hasMessageContaining("Clean");
  }

  @Test
  void allWrongOptionsAreToldAtOnce() {
    Schema schema = Schema.of(Column.number("a"), Column.category("b"));
    Preparation wrong =
        Preparation.of(
            new Step.Clean(Step.Missing.LAST, 0, 0, false, List.of(new Step.Range("x", 0, 1))),
            new Step.Conditions(List.of("b", "y"), 3),
            new Step.Window(4),
            new Step.DropConstant());
    assertThatThrownBy(() -> FittedPreparation.fit(wrong, schema, List.of()))
        .isInstanceOfSatisfying(
            MillwrightException.class,
            e -> {
              assertThat(e.findings()).hasSize(6);
              assertThat(e.getMessage())
                  .contains("\"x\"", "\"y\"", "Encode", "Window", "hold no rows");
            });
  }

  @Test
  void constantDataLeaveNothingToLearnFrom() {
    Schema schema = Plants.numbers(2);
    Table flat = Table.ofNumbers(schema, new double[][] {{1, 2}, {1, 2}, {1, 2}});
    assertThatThrownBy(
            () ->
                FittedPreparation.fit(
                    Preparation.of(new Step.DropConstant()), schema, List.of(flat)))
        .isInstanceOfSatisfying(
            MillwrightException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TOO_FEW_DATA));
    Table one = flat.slice(0, 1);
    assertThat(
            FittedPreparation.fit(Preparation.standard(), schema, List.of(one))
                .preparation()
                .rows(one, new Notes()))
        .containsExactly(0f, 0f);
  }

  @Test
  void tablesThatDoNotFitAreRefusedWithAllReasons() {
    Schema schema = Schema.of(Column.number("a", Unit.of("K")), Column.number("b"));
    Table table = Table.ofNumbers(schema, new double[][] {{1, 2}, {3, 4}});
    FittedPreparation fitted =
        FittedPreparation.fit(Preparation.standard(), schema, List.of(table)).preparation();
    Schema other = Schema.of(Column.number("a", Unit.of("Cel")));
    assertThatThrownBy(() -> fitted.check(other))
        .isInstanceOfSatisfying(
            MillwrightException.class, e -> assertThat(e.findings()).hasSize(2));
    PreparedStream stream = fitted.stream();
    assertThatThrownBy(
            () -> stream.push(Table.ofNumbers(other, new double[][] {{1}}), 0, new Notes()))
        .isInstanceOf(MillwrightException.class);
    assertThat(stream.count()).isZero();
    assertThatThrownBy(stream::latest).isInstanceOf(MillwrightException.class);
    assertThatThrownBy(() -> stream.restore(new double[2])).isInstanceOf(MillwrightException.class);
  }

  @Test
  void anAlteredPreparationIsRefused() {
    FittedPreparation altered =
        new FittedPreparation(
            Plants.numbers(1), List.of(new FittedStep.Keep(List.of("c0", "elsewhere"))));
    assertThatThrownBy(altered::plan)
        .isInstanceOfSatisfying(
            MillwrightException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_BUNDLE));
  }

  private static Table longest(List<Table> tables) {
    Table longest = tables.get(0);
    for (Table table : tables) {
      longest = table.rows() > longest.rows() ? table : longest;
    }
    return longest;
  }
}
