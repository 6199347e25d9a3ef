package io.millwright.runtime.predict;

import io.millwright.api.data.Table;
import io.millwright.api.data.TableBuilder;
import io.millwright.runtime.prepare.FittedPreparation;
import io.millwright.runtime.prepare.FittedStep;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hipparchus.special.Erf;
import org.jspecify.annotations.Nullable;

/**
 * What a record may be whose values are partly missing: draws from the normal distribution of the
 * missing scores given the known ones (a Gaussian copula). The draws are the same for the same
 * record.
 */
final class LikelyRows {

  private static final int DRAWS = 64;

  private static final int[] PRIMES = {2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53};

  /** The least variance of a score when all others are known. */
  private static final double LEAST = 1e-4;

  private static final double MISSING = -1;

  private final FittedStep.@Nullable Likely likely;
  private final Map<String, FittedStep.CleanNumber> numbers = new LinkedHashMap<>();

  LikelyRows(FittedPreparation preparation) {
    FittedStep.@Nullable Likely found = null;
    for (FittedStep step : preparation.steps()) {
      if (step instanceof FittedStep.Clean clean && clean.likely().isPresent()) {
        found = clean.likely().get();
        clean.numbers().forEach(n -> numbers.put(n.column(), n));
      }
    }
    likely = found;
  }

  /** Whether anything was learnt to draw from. */
  boolean any() {
    return likely != null;
  }

  /**
   * Likely records in place of one of which values are missing.
   *
   * @param record one row
   * @return some rows; empty where nothing that can be drawn is missing
   */
  Table rows(Table record) {
    List<Integer> missing = new ArrayList<>();
    List<Integer> given = new ArrayList<>();
    List<Double> scores = new ArrayList<>();
    List<FittedStep.LikelyColumn> columns = likely == null ? List.of() : likely.columns();
    for (int i = 0; i < columns.size(); i++) {
      int c = record.schema().indexOf(columns.get(i).column());
      double place = c < 0 ? Double.NaN : place(record, c, columns.get(i));
      if (place >= 0) {
        given.add(i);
        scores.add(normal(place));
      } else if (c >= 0 && place == MISSING) {
        missing.add(i);
      }
    }
    TableBuilder builder = Table.builder(record.schema(), DRAWS);
    if (missing.isEmpty()) {
      return builder.build();
    }
    int known = given.size();
    List<Integer> order = new ArrayList<>(given);
    order.addAll(missing);
    double[][] root = root(order);
    double[] e = new double[order.size()];
    for (int i = 0; i < known; i++) {
      e[i] = (scores.get(i) - sum(root[i], e, i)) / root[i][i];
    }
    for (int k = 0; k < DRAWS; k++) {
      List<@Nullable Object> values = new ArrayList<>(record.row(0).values());
      for (int j = 0; j < missing.size(); j++) {
        e[known + j] = normal(even(k, j));
        FittedStep.LikelyColumn column = columns.get(missing.get(j));
        double score = sum(root[known + j], e, known + j + 1);
        double share = Erf.erfc(-score / Math.sqrt(2)) / 2;
        values.set(record.schema().indexOf(column.column()), value(column, share));
      }
      builder.add(values);
    }
    return builder.build();
  }

  private static double sum(double[] weights, double[] e, int to) {
    double sum = 0;
    for (int i = 0; i < to; i++) {
      sum += weights[i] * e[i];
    }
    return sum;
  }

  /** Cholesky's root of the correlations, the columns in an order. */
  private double[][] root(List<Integer> order) {
    FittedStep.Likely known = Objects.requireNonNull(likely);
    double[][] root = new double[order.size()][order.size()];
    for (int i = 0; i < root.length; i++) {
      for (int j = 0; j <= i; j++) {
        double rest = known.correlation(order.get(i), order.get(j)) - sum(root[i], root[j], j);
        root[i][j] = i == j ? Math.sqrt(Math.max(LEAST, rest)) : rest / root[j][j];
      }
    }
    return root;
  }

  /** The share of training below a value; {@link #MISSING}, or NaN for a label never seen. */
  private double place(Table record, int c, FittedStep.LikelyColumn column) {
    List<Double> points = column.points();
    if (!column.labels().isEmpty()) {
      String label = record.label(0, c);
      int at = label == null ? -1 : column.labels().indexOf(label);
      return label == null
          ? MISSING
          : at < 0 ? Double.NaN : ((at == 0 ? 0 : points.get(at - 1)) + points.get(at)) / 2;
    }
    double v = record.number(0, c);
    FittedStep.CleanNumber number = numbers.get(column.column());
    if (number == null || !number.accepts(v)) {
      return MISSING;
    }
    int below = 0;
    int up = 0;
    for (double point : points) {
      below += point < v ? 1 : 0;
      up += point <= v ? 1 : 0;
    }
    double place;
    if (up > below) {
      place = (below + up - 1) / 2.0;
    } else if (below == 0 || below == points.size()) {
      place = below;
    } else {
      double low = points.get(below - 1);
      place = below - 1 + (v - low) / (points.get(below) - low);
    }
    double steps = points.size() - 1;
    return Math.max(0.25, Math.min(steps - 0.25, place)) / steps;
  }

  private static Object value(FittedStep.LikelyColumn column, double share) {
    List<Double> points = column.points();
    if (!column.labels().isEmpty()) {
      int at = 0;
      while (at < points.size() - 1 && share > points.get(at)) {
        at++;
      }
      return column.labels().get(at);
    }
    double place = share * (points.size() - 1);
    int low = Math.max(0, Math.min(points.size() - 2, (int) place));
    return points.get(low) + (place - low) * (points.get(low + 1) - points.get(low));
  }

  /** Evenly spread points between 0 and 1: the additive recurrence of Roberts (2018). */
  private static double even(int draw, int dimension) {
    if (dimension == 0) {
      return (draw + 0.5) / DRAWS;
    }
    int round = dimension / PRIMES.length;
    double step = Math.sqrt(PRIMES[dimension % PRIMES.length] + 100.0 * round);
    double at = 0.5 + (draw + 1) * (step - Math.floor(step));
    double place = at - Math.floor(at);
    return Math.max(1e-6, Math.min(1 - 1e-6, place));
  }

  private static double normal(double probability) {
    return -Math.sqrt(2) * Erf.erfcInv(2 * probability);
  }
}
