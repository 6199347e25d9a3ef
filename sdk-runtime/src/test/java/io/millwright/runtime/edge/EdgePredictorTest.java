package io.millwright.runtime.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millwright.api.Flag;
import io.millwright.api.Millwright;
import io.millwright.api.ModelSource;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.Uncertainty;
import io.millwright.api.data.Column;
import io.millwright.api.data.Row;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.learn.ClassScores;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Models that an earlier version wrote, asked both ways. */
class EdgePredictorTest {

  private static final Path KEPT = Path.of("../samples/app/src/test/resources/kept/0.1.0");

  private final Millwright millwright = Millwright.create();

  @AfterEach
  void close() {
    millwright.close();
  }

  private static EdgePredictor edge(String name) {
    return EdgePredictor.open(ModelSource.file(KEPT.resolve(name + ".mwb")), 0.9);
  }

  /** Rows of a schema: readings in and far out of range, missing ones, labels known and not. */
  private static Table rows(Schema schema, int count, long seed, double scale) {
    Random random = new Random(seed);
    List<Row> rows = new ArrayList<>();
    for (int r = 0; r < count; r++) {
      Object[] cells = new Object[schema.size()];
      for (int c = 0; c < cells.length; c++) {
        int dice = random.nextInt(30);
        Column column = schema.columns().get(c);
        if (column.type().isNumeric()) {
          cells[c] =
              switch (column.type()) {
                case AGE -> (double) r;
                default ->
                    dice == 0
                        ? Double.NaN
                        : dice == 1
                            ? 1e4
                            : dice == 2 ? Double.POSITIVE_INFINITY : scale * random.nextDouble();
              };
        } else {
          cells[c] = dice == 0 ? null : dice < 10 ? "bronze" : dice < 28 ? "steel" : "gold";
        }
      }
      rows.add(Row.of(schema, cells));
    }
    return Table.of(schema, rows);
  }

  private static void set(EdgePredictor edge, Table table, int row) {
    for (int c = 0; c < table.schema().size(); c++) {
      if (table.schema().columns().get(c).type().isNumeric()) {
        edge.set(c, table.number(row, c));
      } else {
        edge.set(c, table.label(row, c));
      }
    }
  }

  private static void same(EdgePredictor edge, boolean answered, Outcome<Object> outcome) {
    assertThat(answered).isEqualTo(outcome instanceof Outcome.Prediction<Object>);
    if (!(outcome instanceof Outcome.Prediction<Object> p)) {
      assertThat(edge.value()).isNaN();
      return;
    }
    if (p.value() instanceof ClassScores scores) {
      assertThat(edge.label()).isEqualTo(scores.best());
      for (int k = 0; k < scores.labels().size(); k++) {
        assertThat(edge.probability(k)).isCloseTo(scores.of(scores.labels().get(k)), within(1e-12));
      }
    } else {
      assertThat(edge.value()).isEqualTo((Double) p.value());
      Uncertainty.Interval interval = (Uncertainty.Interval) p.uncertainty().at(0.9);
      if (p.flags().contains(Flag.UNKNOWN_CATEGORY) && Double.isInfinite(edge.high())) {
        assertThat(edge.low()).isLessThanOrEqualTo(interval.low()); // open, and there wider
      } else {
        assertThat(edge.low()).isEqualTo(interval.low());
        assertThat(edge.high()).isEqualTo(interval.high());
      }
    }
    for (Flag flag : Flag.values()) {
      assertThat(edge.has(flag)).as(flag.name()).isEqualTo(p.flags().contains(flag));
    }
  }

  @Test
  void rowsAreAnsweredAsByThePredictor() {
    for (String name : List.of("strength", "grade")) {
      EdgePredictor edge = edge(name);
      Table table = rows(edge.info().inputs(), 400, 5, 1);
      try (Predictor<Table, Object> predictor = millwright.open(KEPT.resolve(name + ".mwb"))) {
        List<Outcome<Object>> outcomes = predictor.predictRows(table);
        for (int r = 0; r < table.rows(); r++) {
          set(edge, table, r);
          same(edge, edge.predict(), outcomes.get(r));
        }
      }
    }
  }

  @Test
  void sequencesAreAnsweredAsByThePredictor() {
    EdgePredictor edge = edge("life");
    Table table = rows(edge.info().inputs(), 90, 7, 100);
    try (Predictor<Table, Object> predictor = millwright.open(KEPT.resolve("life.mwb"))) {
      for (int round = 0; round < 2; round++) {
        for (int r = 0; r < table.rows(); r++) {
          set(edge, table, r);
          same(edge, edge.push(), predictor.predict(table.slice(0, r + 1)));
        }
        edge.restart();
      }
    }
  }

  @Test
  void inTimeAsManyMembersAnswerAsBegin() {
    EdgePredictor edge = edge("strength");
    Table table = rows(Schema.of(edge.info().inputs().columns().toArray(Column[]::new)), 60, 3, 1);
    set(edge, table, 5);
    assertThat(edge.push(Duration.ofHours(1))).isTrue();
    int all = edge.members();
    double whole = edge.value();
    edge.restart();
    assertThat(edge.push(Duration.ZERO)).isTrue();
    assertThat(edge.members()).isBetween(1, all);
    assertThat(edge.value()).isFinite();
    edge.restart();
    assertThat(edge.push()).isTrue();
    assertThat(edge.value()).isEqualTo(whole);
  }

  @Test
  void onceWarmAnAnswerMakesNoGarbage() {
    com.sun.management.ThreadMXBean threads =
        (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (String name : List.of("strength", "grade", "life")) {
      EdgePredictor edge = edge(name);
      Table table = rows(edge.info().inputs(), 200, 11, 1);
      boolean life = name.equals("life");
      long allocated = Long.MAX_VALUE;
      for (int round = 0; round < 20 && allocated > 0; round++) {
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        for (int r = 0; r < table.rows(); r++) {
          set(edge, table, r);
          boolean unused = life ? edge.push() : edge.predict();
        }
        allocated = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
      }
      assertThat(allocated).as(name).isZero();
    }
  }

  @Test
  void whatItCannotAnswerIsRefusedByName() {
    assertThatThrownBy(() -> edge("demand")).hasMessageContaining("composed");
    assertThatThrownBy(() -> EdgePredictor.open(ModelSource.file(KEPT.resolve("strength.mwb")), 1))
        .hasMessageContaining("level is 1.0");
    EdgePredictor edge = edge("strength");
    assertThatThrownBy(() -> edge.column("missing")).hasMessageContaining("heat");
    assertThatThrownBy(() -> edge.set(edge.column("heat"), "hot"))
        .hasMessageContaining("holds numbers");
    assertThatThrownBy(() -> edge.set(edge.column("alloy"), 3.0))
        .hasMessageContaining("holds labels");
    assertThat(edge.value()).isNaN();
    assertThat(edge.predict()).isFalse(); // nothing is set
    assertThat(edge.label()).isEmpty();
    assertThat(edge.alarm()).isFalse();
  }
}
