package io.millwright.benchmarks.quality;

import io.millwright.api.data.Column;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.data.TableBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Draws tables of readings whose risk of failure is known. */
@SuppressWarnings("EnumOrdinal") // The number of a kind is part of its key.
final class Truth {

  /** How the risk depends on the readings. */
  enum Kind {
    /** The logit is linear in a third of the columns. */
    LINEAR,
    /** The logit is a sum of bent functions of single columns. */
    ADDITIVE,
    /** The logit is a product of two columns, and a little of a third. */
    INTERACTION,
    /** The risk jumps where two columns pass a limit each, or one alone. */
    THRESHOLD,
    /** No reading tells anything. */
    NOISE,
    /** Linear, in columns that say nearly the same. */
    CORRELATED,
    /** Linear, with a column of labels of different risk. */
    CATEGORY,
    /** Linear in the signs and logarithms of columns with heavy tails. */
    HEAVY,
    /** Linear, with a tenth of the readings missing. */
    MISSING
  }

  private static final String[] LABELS = {"a", "b", "c", "d"};

  private final Kind kind;
  private final int columns;
  private final double[] slopes;
  private final double offset;

  Truth(Kind kind, int columns, double share, long key) {
    this.kind = kind;
    this.columns = columns;
    SplittableRandom random = new SplittableRandom(1000 * key + kind.ordinal());
    slopes = new double[columns];
    for (int j = 0; j < columns; j++) {
      slopes[j] = gaussian(random) * (j < Math.max(2, columns / 3) ? 1 : 0);
    }
    offset = offset(share, random);
  }

  /**
   * Rows with what became of them.
   *
   * @param values the numbers, with the label's number for labels and the mean for missing ones
   */
  record Drawn(Table table, double[][] values, boolean[] failed) {}

  private double offset(double share, SplittableRandom random) {
    double[] logits = new double[4000];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = logit(row(random));
    }
    double low = -30;
    double high = 30;
    for (int h = 0; h < 60; h++) {
      double middle = (low + high) / 2;
      double mean =
          Arrays.stream(logits).map(z -> 1 / (1 + Math.exp(-z - middle))).average().orElseThrow();
      if (mean < share) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private double[] row(SplittableRandom random) {
    double[] x = new double[columns];
    double common = gaussian(random);
    for (int j = 0; j < columns; j++) {
      x[j] =
          switch (kind) {
            case CORRELATED -> 0.95 * common + 0.31 * gaussian(random);
            case HEAVY -> gaussian(random) / Math.max(0.05, Math.abs(gaussian(random)));
            default -> gaussian(random);
          };
    }
    if (kind == Kind.CATEGORY) {
      x[0] = random.nextInt(LABELS.length);
    }
    return x;
  }

  private double logit(double[] x) {
    double sum = 0;
    switch (kind) {
      case NOISE -> sum = 0;
      case INTERACTION -> sum = 1.5 * x[0] * x[1] + 0.4 * x[2];
      case THRESHOLD -> sum = (x[0] > 0.5 && x[1] > 0 ? 3 : 0) + (x[2] < -1.2 ? 2.5 : 0);
      case ADDITIVE ->
          sum = 1.2 * Math.sin(2 * x[0]) + 0.8 * x[1] * x[1] + 1.2 * Math.abs(x[2]) + 0.5 * x[3];
      case HEAVY -> {
        for (int j = 0; j < columns; j++) {
          sum += slopes[j] * Math.signum(x[j]) * Math.log1p(Math.abs(x[j]));
        }
      }
      case CATEGORY -> {
        sum = new double[] {-1, 0, 0.5, 1.5}[(int) x[0]];
        for (int j = 1; j < columns; j++) {
          sum += slopes[j] * x[j];
        }
      }
      default -> {
        for (int j = 0; j < columns; j++) {
          sum += slopes[j] * x[j];
        }
      }
    }
    return sum;
  }

  Drawn draw(int rows, long key) {
    SplittableRandom random = new SplittableRandom(7919 * key + 31L * kind.ordinal() + columns);
    List<Column> schema = new ArrayList<>();
    for (int j = 0; j < columns; j++) {
      boolean label = kind == Kind.CATEGORY && j == 0;
      schema.add(label ? Column.category("x0") : Column.number("x" + j));
    }
    TableBuilder table = Table.builder(new Schema(schema), rows);
    double[][] values = new double[rows][];
    boolean[] failed = new boolean[rows];
    for (int i = 0; i < rows; i++) {
      double[] x = row(random);
      failed[i] = random.nextDouble() < 1 / (1 + Math.exp(-logit(x) - offset));
      List<Object> cells = new ArrayList<>();
      values[i] = x.clone();
      for (int j = 0; j < columns; j++) {
        boolean missing = kind == Kind.MISSING && random.nextDouble() < 0.1;
        values[i][j] = missing ? 0 : 10 + 2 * x[j];
        cells.add(
            kind == Kind.CATEGORY && j == 0
                ? LABELS[(int) x[0]]
                : (Object) (missing ? Double.NaN : 10 + 2 * x[j]));
        values[i][j] = missing ? 10 : values[i][j];
      }
      table.add(cells);
    }
    return new Drawn(table.build(), kind == Kind.CATEGORY ? indicators(values) : values, failed);
  }

  /** Labels as a column each. */
  private static double[][] indicators(double[][] values) {
    double[][] wide = new double[values.length][];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = Arrays.copyOf(values[i], values[i].length + LABELS.length);
      wide[i][0] = 0;
      wide[i][values[i].length + (int) Math.round((values[i][0] - 10) / 2)] = 1;
    }
    return wide;
  }

  /** A standard normal number (Box and Muller 1958). */
  static double gaussian(SplittableRandom random) {
    return Math.sqrt(-2 * Math.log(1 - random.nextDouble()))
        * Math.cos(2 * Math.PI * random.nextDouble());
  }
}
