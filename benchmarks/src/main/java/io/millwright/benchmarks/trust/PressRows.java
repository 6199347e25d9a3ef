package io.millwright.benchmarks.trust;

import io.millwright.api.data.Column;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.data.Unit;
import io.millwright.core.relearn.Feed;
import io.millwright.samples.plant.PressFleet;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.LongToDoubleFunction;
import java.util.stream.Stream;

/**
 * Rows of the simulated press fleet in the order in which their truth became known: each of another
 * press at a random shift of its life, with the means of its readings over the last ten shifts and
 * the shifts that it lived on, at most {@link #MOST}. A planted drift is added to what the gauge of
 * the slide's scatter shows. Not thread-safe.
 */
final class PressRows implements Feed {

  /** The column of the truth. */
  static final String TARGET = "shifts left";

  /** More shifts than this count as this many. */
  static final double MOST = 125;

  /** The gauge that drifts. */
  static final String GAUGE = "slide scatter";

  private static final int MEAN_OF = 10;

  private final PressFleet fleet;
  private final long key;
  private final LongToDoubleFunction drift;
  private final Map<Long, double[]> made = new HashMap<>();
  private final Schema schema;
  private long now;

  /**
   * Rows of a plant.
   *
   * @param key the plant
   * @param drift what the gauge shows too much at each row, in µm
   */
  PressRows(long key, LongToDoubleFunction drift) {
    this.key = key;
    this.drift = drift;
    fleet = new PressFleet(key, 1, 0);
    schema =
        new Schema(
            Stream.concat(
                    PressFleet.instruments().columns().stream(),
                    Stream.of(Column.number(TARGET, Unit.of("shifts"))))
                .toList());
  }

  /** How many rows are known from now on. */
  void known(long rows) {
    now = rows;
  }

  @Override
  public long size() {
    return now;
  }

  @Override
  public Table rows(long from, long to) {
    double[][] rows = new double[(int) (to - from)][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = made.computeIfAbsent(from + i, this::row);
    }
    return Table.ofNumbers(schema, rows);
  }

  private double[] row(long number) {
    Table life = fleet.whole((int) number).readings();
    SplittableRandom random = new SplittableRandom(31 * key + number);
    int shift = random.nextInt(MEAN_OF, life.rows());
    double[] row = new double[schema.size()];
    for (int c = 0; c < row.length - 1; c++) {
      for (int t = shift - MEAN_OF; t < shift; t++) {
        row[c] += life.number(t, c) / MEAN_OF;
      }
    }
    row[schema.indexOf(GAUGE)] += drift.applyAsDouble(number);
    row[row.length - 1] = Math.min(MOST, life.rows() - shift);
    return row;
  }
}
