package io.millwright.quality.causes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Column;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.quality.CauseGraph.Link;
import io.millwright.quality.Causes;
import io.millwright.quality.Direction;
import io.millwright.quality.Incident;
import io.millwright.quality.RootRanking;
import io.millwright.quality.internal.causes.DefaultCauses;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RootsAndDirectionsTest {

  private static final List<Incident.Component> LINE =
      List.of(
          new Incident.Component("press", "press scrap", "press pieces"),
          new Incident.Component("weld", "weld scrap", "weld pieces"),
          new Incident.Component("paint", "paint scrap", "paint pieces"),
          new Incident.Component("store", "store scrap", "store pieces"));
  private static final List<Link> LINKS =
      List.of(Link.known("press", "weld"), Link.known("weld", "paint"));

  private static final Causes CAUSES = new DefaultCauses();

  /** Stations that pass scrap on; one of them makes more of its own. */
  private static Table line(long key, int rows, int worse) {
    Random random = new Random(key);
    double[][] values = new double[rows][8];
    for (double[] row : values) {
      double passed = 0;
      for (int s = 0; s < 4; s++) {
        double own = 4 + 2 * random.nextDouble() + (s == worse ? 6 : 0);
        passed = s == 3 ? own : passed + own;
        double pieces = 200 + random.nextInt(50);
        row[2 * s] = passed / pieces;
        row[2 * s + 1] = pieces;
      }
    }
    List<Column> columns = new ArrayList<>();
    for (Incident.Component c : LINE) {
      columns.add(Column.number(c.level()));
      columns.add(Column.number(c.volume()));
    }
    return Table.ofNumbers(new Schema(columns), values);
  }

  private static RootRanking roots(int worse, int rows) {
    return CAUSES.roots(new Incident(line(1, 300, -1), line(2, rows, worse), LINE, LINKS, "paint"));
  }

  @Test
  void theStationWhereScrapBeganIsFirstAndNotThoseItPassesOnTo() {
    for (int worse = 0; worse < 3; worse++) {
      RootRanking ranking = roots(worse, 6);
      assertThat(ranking.named()).isTrue();
      assertThat(ranking.roots().get(0).component()).isEqualTo(LINE.get(worse).name());
      assertThat(ranking.roots().get(0).own()).isBetween(4.0, 8.0);
      assertThat(ranking.words()).contains(LINE.get(worse).name());
    }
  }

  @Test
  void whatDoesNotLeadToTheTargetIsNotAsked() {
    RootRanking ranking = roots(3, 6);
    assertThat(ranking.roots()).noneMatch(r -> r.component().equals("store"));
    assertThat(ranking.named()).isFalse();
  }

  @Test
  void normalOperationSeldomHasARoot() {
    int named = 0;
    for (int k = 0; k < 40; k++) {
      named +=
          CAUSES
                  .roots(new Incident(line(1, 300, -1), line(100 + k, 6, -1), LINE, LINKS, "paint"))
                  .named()
              ? 1
              : 0;
    }
    assertThat(named).isLessThanOrEqualTo(8);
  }

  @Test
  void aStationThatWasNotAtWorkBeforeIsNoRoot() {
    List<Incident.Component> more = new ArrayList<>(LINE);
    more.add(new Incident.Component("new", "new scrap", "new pieces"));
    List<Link> links = new ArrayList<>(LINKS);
    links.add(Link.known("new", "weld"));
    RootRanking ranking =
        CAUSES.roots(new Incident(line(1, 300, -1), line(2, 6, 1), more, links, "paint"));
    assertThat(ranking.roots().get(0).component()).isEqualTo("weld");
    assertThat(ranking.roots().get(3).sure()).isEqualTo(Double.NEGATIVE_INFINITY);
  }

  @Test
  void badIncidentsAreRefused() {
    assertThatThrownBy(() -> roots(1, 100))
        .isInstanceOf(MillwrightException.class)
        .hasMessageContaining("300 rows before and 100 during");
    assertThatThrownBy(() -> roots(1, 0)).isInstanceOf(MillwrightException.class);
    assertThatThrownBy(() -> new Incident(line(1, 300, -1), line(2, 6, 1), LINE, LINKS, "packing"))
        .isInstanceOfSatisfying(
            MillwrightException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_VALUE))
        .hasMessageContaining("packing");
    assertThatThrownBy(
            () ->
                new Incident(
                    line(1, 300, -1),
                    line(2, 6, 1),
                    LINE,
                    List.of(Link.known("saw", "press")),
                    "paint"))
        .hasMessageContaining("saw");
  }

  private static List<List<Double>> pair(long key, int rows) {
    Random random = new Random(key);
    double[] x = new double[rows];
    double[] y = new double[rows];
    double a = random.nextDouble() * 2 + 0.5;
    double b = random.nextDouble() - 0.5;
    for (int r = 0; r < rows; r++) {
      x[r] = random.nextGaussian() + random.nextDouble();
      y[r] = Math.tanh(a * x[r] + b) + 0.4 * x[r] + 0.2 * random.nextGaussian();
    }
    return List.of(Arrays.stream(x).boxed().toList(), Arrays.stream(y).boxed().toList());
  }

  @Test
  void theCauseOfACurveWithNoiseIsFoundMostTimes() {
    int right = 0;
    int decided = 0;
    for (int k = 0; k < 30; k++) {
      List<List<Double>> pair = pair(k, 600);
      Direction d = CAUSES.direction(pair.get(0), pair.get(1));
      decided += d.way() == Direction.Way.OPEN ? 0 : 1;
      right += d.way() == Direction.Way.FORWARD ? 1 : 0;
    }
    assertThat(decided).isGreaterThanOrEqualTo(15);
    assertThat(right).isGreaterThanOrEqualTo((int) (0.8 * decided));
  }

  @Test
  void theOtherWayRoundIsTheOtherAnswer() {
    List<List<Double>> pair = pair(7, 300);
    Direction one = CAUSES.direction(pair.get(0), pair.get(1));
    Direction two = CAUSES.direction(pair.get(1), pair.get(0));
    assertThat(two.lean()).isEqualTo(-one.lean());
    assertThat(one.lean()).isBetween(-1.0, 1.0);
  }

  @Test
  void unitsDoNotMatter() {
    List<List<Double>> pair = pair(7, 300);
    List<Double> other = pair.get(0).stream().map(v -> 1e6 * v - 3).toList();
    assertThat(CAUSES.direction(other, pair.get(1)).lean())
        .isCloseTo(
            CAUSES.direction(pair.get(0), pair.get(1)).lean(),
            org.assertj.core.data.Offset.offset(1e-3));
  }

  @Test
  void badPairsAreRefused() {
    List<Double> few = List.of(1.0, 2.0);
    List<Double> same = java.util.Collections.nCopies(60, 1.0);
    List<Double> some = pair(1, 60).get(0);
    assertThatThrownBy(() -> CAUSES.direction(few, few)).hasMessageContaining("2 whole pairs");
    assertThatThrownBy(() -> CAUSES.direction(some, same)).hasMessageContaining("never varies");
    assertThatThrownBy(() -> CAUSES.direction(some, few)).hasMessageContaining("60 and 2");
    assertThatThrownBy(() -> CAUSES.direction(List.of(), List.of()))
        .isInstanceOf(MillwrightException.class);
  }
}
