package io.millwright.quality.causes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millwright.api.MillwrightException;
import io.millwright.api.data.Column;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.quality.Attribution;
import io.millwright.quality.CauseGraph;
import io.millwright.quality.CauseGraph.Link;
import io.millwright.quality.CausePlan;
import io.millwright.quality.Causes;
import io.millwright.quality.LevelChange;
import io.millwright.quality.Stratum;
import io.millwright.quality.Trend;
import io.millwright.quality.internal.causes.DefaultCauses;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Trends, changes, strata, structure and attribution, by enumeration and planted truths. */
class CausesTest {

  private final Causes causes = new DefaultCauses();

  private static List<Double> course(double... values) {
    return DoubleStream.of(values).boxed().toList();
  }

  @Test
  void trendByCountingPairs() {
    // S by hand: 28 pairs, of which (3,2) and (5,4) fall: 26 - 2 = 24.
    Trend trend = causes.trend(course(1, 3, 2, 5, 4, 6, 7, 8), 0.9);
    double variance = 8.0 * 7 * 21 / 18;
    assertThat(trend.z()).isCloseTo(23 / Math.sqrt(variance), within(1e-12));
    assertThat(trend.slope().value()).isCloseTo(1.0, within(1e-12));
    assertThat(trend.slope().low()).isLessThanOrEqualTo(1).isPositive();
  }

  @Test
  void trendHoldsItsLevelWithAutocorrelation() {
    Random random = new Random(4);
    int alarms = 0;
    for (int k = 0; k < 300; k++) {
      double[] x = new double[150];
      for (int i = 1; i < x.length; i++) {
        x[i] = 0.5 * x[i - 1] + random.nextGaussian();
      }
      alarms += causes.trend(course(x), 0.9).p() < 0.05 ? 1 : 0;
    }
    // 5 % of 300 are 15; without the correction there are about 80.
    assertThat(alarms).isBetween(5, 40);
  }

  @Test
  void trendRefusesWhatIsTooShortAndInfinite() {
    assertThatThrownBy(() -> causes.trend(course(1, 2, 3), 0.9))
        .isInstanceOf(MillwrightException.class)
        .hasMessageContaining("Maybe");
    assertThatThrownBy(() -> causes.trend(course(1, 2, 3, 4, 5, 6, 7, 1 / 0.0), 0.9))
        .isInstanceOf(MillwrightException.class);
    assertThatThrownBy(() -> causes.trend(course(1, 2, 3, 4, 5, 6, 7, 8), 1))
        .isInstanceOf(MillwrightException.class);
    assertThat(causes.trend(Collections.nCopies(20, 3.0), 0.9).p()).isEqualTo(1);
  }

  @Test
  void changesAreFoundAndTheirIntervalsCover() {
    Random random = new Random(5);
    int covered = 0;
    for (int k = 0; k < 200; k++) {
      double[] x = new double[120];
      for (int i = 0; i < x.length; i++) {
        x[i] = random.nextGaussian() + (i >= 70 ? 1.5 : 0);
      }
      x[3] = Double.NaN;
      List<LevelChange> changes = causes.changes(course(x), 0.9);
      covered +=
          changes.stream().anyMatch(c -> c.from() <= 70 && 70 <= c.to() && c.step().value() > 0)
              ? 1
              : 0;
    }
    assertThat(covered).isBetween(170, 199);
    assertThat(causes.changes(List.of(), 0.9)).isEmpty();
  }

  @Test
  void strataNameTheMachine() {
    Random random = new Random(6);
    var builder =
        Table.builder(
            Schema.of(
                Column.number("scrap"),
                Column.category("machine"),
                Column.category("shift"),
                Column.number("humidity")),
            300);
    for (int i = 0; i < 300; i++) {
      int machine = random.nextInt(4);
      builder.add(
          random.nextGaussian() + (machine == 3 ? 1.5 : 0),
          "m" + machine,
          "s" + random.nextInt(3),
          random.nextDouble());
    }
    List<Stratum> strata = causes.strata(builder.build(), "scrap", List.of());
    assertThat(strata.get(0).column()).isEqualTo("machine");
    assertThat(strata.get(0).p()).isLessThan(1e-6);
    assertThat(strata.get(1).p()).isGreaterThan(0.01);
    assertThat(strata.get(0).groups()).hasSize(4);
    assertThat(strata.stream().mapToDouble(Stratum::p).toArray()).isSorted();
    assertThatThrownBy(() -> causes.strata(builder.build(), "scrap", List.of("mould")))
        .isInstanceOf(MillwrightException.class)
        .hasMessageContaining("mould");
  }

  /** a, b drive c; c drives d; e is alone. */
  private static Table rows(int n, long key, double shiftOfA, boolean uniform) {
    Random random = new Random(key);
    double[][] x = new double[n][5];
    for (double[] row : x) {
      for (int j = 0; j < 5; j++) {
        row[j] = uniform ? (random.nextDouble() - 0.5) * 3.4 : random.nextGaussian();
      }
      row[0] += shiftOfA;
      row[2] += 0.8 * row[0] - 0.7 * row[1];
      row[3] += 0.9 * row[2];
    }
    return Table.ofNumbers(
        Schema.of(
            IntStream.range(0, 5)
                .mapToObj(i -> Column.number("abcde".substring(i, i + 1)))
                .toArray(Column[]::new)),
        x);
  }

  @Test
  void structureOfAColliderAndAChain() {
    CauseGraph graph = causes.graph(rows(1500, 1, 0, false), CausePlan.standard().resamples(20));
    assertThat(graph.links())
        .allMatch(Link::directed)
        .allMatch(l -> l.strength() > 0.9)
        .extracting(l -> l.from() + l.to())
        .containsExactlyInAnyOrder("ac", "bc", "cd");
    assertThat(causes.graph(rows(1500, 1, 0, false), CausePlan.standard().resamples(20)))
        .isEqualTo(graph);
  }

  @Test
  void aPairIsDirectedByStepsOrByNoiseThatIsNotNormal() {
    CausePlan plan = CausePlan.standard().resamples(30);
    Table normal = rows(1500, 2, 0, false).select(List.of("d", "c"));
    Table uniform = rows(1500, 2, 0, true).select(List.of("d", "a"));
    assertThat(causes.graph(normal, plan.resamples(0)).links().get(0).directed()).isFalse();
    Link found = causes.graph(uniform, plan).links().get(0);
    assertThat(found.from() + found.to()).isEqualTo("ad");
    assertThat(found.directed()).isTrue();
    Link told =
        causes.graph(normal, plan.steps(List.of(List.of("c"), List.of("d")))).links().get(0);
    assertThat(told.from()).isEqualTo("c");
    assertThat(told.directed()).isTrue();
  }

  @Test
  void categoriesAndNumbersTogether() {
    Random random = new Random(7);
    var builder =
        Table.builder(
            Schema.of(Column.category("supplier"), Column.number("x"), Column.category("verdict")),
            600);
    for (int i = 0; i < 600; i++) {
      int supplier = random.nextInt(3);
      double x = supplier + random.nextGaussian();
      builder.add("s" + supplier, x, x + random.nextGaussian() > 1.5 ? "fail" : "pass");
    }
    CauseGraph graph = causes.graph(builder.build(), CausePlan.standard().resamples(0));
    assertThat(graph.links())
        .extracting(l -> l.from() + "-" + l.to())
        .containsExactlyInAnyOrder("supplier-x", "x-verdict");
  }

  @Test
  void partsAddUpAndNameTheRoot() {
    CauseGraph graph =
        new CauseGraph(
            List.of("a", "b", "c", "d", "e"),
            List.of(Link.known("a", "c"), Link.known("b", "c"), Link.known("c", "d")));
    Attribution a =
        causes.attribution(
            rows(800, 3, 0, false),
            rows(300, 4, 2, false),
            "d",
            graph,
            CausePlan.standard().resamples(100));
    assertThat(a.parts().get(0).column()).isEqualTo("a");
    assertThat(a.parts().get(0).share().low()).isBetween(0.5, 1.0);
    assertThat(a.parts().stream().mapToDouble(p -> p.share().value()).sum())
        .isCloseTo(1, within(1e-9));
    assertThat(a.shift().value())
        .isCloseTo(mean(rows(300, 4, 2, false)) - mean(rows(800, 3, 0, false)), within(1e-6));
    assertThat(a.words()).startsWith("d rose by").contains("comes from a (90 % interval");
  }

  private static double mean(Table table) {
    return DoubleStream.of(table.numbers("d")).average().orElseThrow();
  }

  @Test
  void nothingMovedIsSaid() {
    CauseGraph graph = new CauseGraph(List.of("a", "d"), List.of(Link.known("a", "d")));
    Attribution a =
        causes.attribution(
            rows(800, 3, 0, false),
            rows(300, 5, 0, false),
            "d",
            graph,
            CausePlan.standard().resamples(100));
    assertThat(a.words()).contains("may be chance");
  }

  @Test
  void theNumberOfARowIsNoCause() {
    Random random = new Random(6);
    double[][] values = new double[400][3];
    for (int i = 0; i < values.length; i++) {
      values[i][0] = i + 1;
      values[i][1] = random.nextGaussian() + (i < 200 ? 0 : 2);
      values[i][2] = values[i][1] + random.nextGaussian();
    }
    Table all =
        Table.ofNumbers(
            Schema.of(Column.number("part"), Column.number("mould"), Column.number("scrap")),
            values);
    CausePlan plan = CausePlan.standard().resamples(100);
    CauseGraph graph = causes.graph(all.slice(0, 200), plan);
    assertThat(graph.columns()).containsExactly("mould", "scrap");
    assertThat(causes.strata(all, "scrap", List.of()))
        .extracting(Stratum::column)
        .containsExactly("mould");
    assertThat(causes.attribution(all.slice(0, 200), all.slice(200, 400), "scrap", graph, plan))
        .satisfies(a -> assertThat(a.parts()).noneMatch(p -> p.column().equals("part")));
    // Who names it gets it.
    assertThat(causes.strata(all, "scrap", List.of("part"))).hasSize(1);
  }

  @Test
  void refusesWhatCannotBeAnswered() {
    Table table = rows(100, 1, 0, false);
    CausePlan plan = CausePlan.standard().resamples(0);
    List<Runnable> wrong = new ArrayList<>();
    wrong.add(() -> causes.graph(rows(10, 1, 0, false), plan));
    wrong.add(() -> plan.steps(List.of(List.of("a"), List.of("a"))));
    wrong.add(() -> plan.alpha(0));
    wrong.add(() -> plan.resamples(-1));
    wrong.add(() -> causes.graph(table, plan.steps(List.of(List.of("z")))));
    wrong.add(
        () ->
            causes.graph(Table.ofNumbers(Schema.of(Column.number("k")), new double[30][1]), plan));
    CauseGraph circle =
        new CauseGraph(List.of("a", "b"), List.of(Link.known("a", "b"), Link.known("b", "a")));
    wrong.add(() -> causes.attribution(table, table, "a", circle, plan));
    wrong.add(() -> causes.attribution(table, table, "q", circle, plan));
    wrong.add(() -> new CauseGraph(List.of("a"), List.of(Link.known("a", "b"))));
    for (Runnable run : wrong) {
      assertThatThrownBy(run::run).isInstanceOf(MillwrightException.class);
    }
  }
}
