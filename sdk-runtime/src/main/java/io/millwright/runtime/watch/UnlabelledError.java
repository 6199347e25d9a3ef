package io.millwright.runtime.watch;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The mean absolute error of predicted quantities before the truth is known (direct loss
 * estimation): on held-out data it learns how large errors were for intervals of each width, as a
 * line with neither end below 0, and expects the same of new answers. Where intervals are all of
 * one width it can only expect the mean. It holds while only inputs change. Immutable, thread-safe
 * and deterministic.
 */
public final class UnlabelledError {

  private static final int LEAST = 100;
  private static final int DRAWS = 400;

  private final double base;
  private final double slope;
  private final double between;
  private final int groups;
  private final double[] ratios;
  private final double[] sorted;

  private UnlabelledError(
      double base, double slope, double between, int groups, double[] ratios, double[] sorted) {
    this.base = base;
    this.slope = slope;
    this.between = between;
    this.groups = groups;
    this.ratios = ratios;
    this.sorted = sorted;
  }

  /**
   * Learns from held-out answers of rows that have nothing in common.
   *
   * @param width the width of each answer's interval at one level, above 0, in the answer's unit
   * @param error the absolute error of each answer, at least 0
   * @return the estimator
   * @throws MillwrightException as {@link #of(double[], double[], List)}
   */
  public static UnlabelledError of(double[] width, double[] error) {
    return of(width, error, own(width.length));
  }

  /**
   * Learns from held-out answers.
   *
   * @param width the width of each answer's interval at one level, above 0, in the answer's unit
   * @param error the absolute error of each answer, at least 0
   * @param units the machine, lot or unit of each answer: errors of one hang together, and few
   *     units make the interval wide
   * @return the estimator
   * @throws MillwrightException with {@link ErrorCode#TOO_FEW_DATA} below 100 answers or 2 units,
   *     {@link ErrorCode#BAD_VALUE} for a width or an error that is infinite, not a number or below
   *     0
   */
  public static UnlabelledError of(double[] width, double[] error, List<String> units) {
    int n = width.length;
    if (n < LEAST || error.length != n || units.size() != n || Set.copyOf(units).size() < 2) {
      throw new MillwrightException(
          ErrorCode.TOO_FEW_DATA,
          n
              + " widths, "
              + error.length
              + " errors and "
              + units.size()
              + " units\nMaybe give "
              + LEAST
              + " held-out answers or more of 2 units or more, each with its error");
    }
    for (int i = 0; i < n; i++) {
      checked("width", width[i], i, true);
      checked("error", error[i], i, false);
    }
    // Errors spread as their interval is wide: rows count by the inverse square of the width.
    double s = 0;
    double sx = 0;
    double sxx = 0;
    double sy = 0;
    double sxy = 0;
    for (int i = 0; i < n; i++) {
      double w = 1 / (width[i] * width[i]);
      s += w;
      sx += w * width[i];
      sxx += w * width[i] * width[i];
      sy += w * error[i];
      sxy += w * width[i] * error[i];
    }
    double determinant = s * sxx - sx * sx;
    double slope = determinant > 1e-9 * s * sxx ? (s * sxy - sx * sy) / determinant : 0;
    double base = (sy - slope * sx) / s;
    if (slope < 0) {
      slope = 0;
      base = sy / s;
    } else if (base < 0) {
      base = 0;
      slope = sxy / sxx;
    }
    double[] ratios = new double[n];
    for (int i = 0; i < n; i++) {
      double expected = base + slope * width[i];
      ratios[i] = expected > 0 ? error[i] / expected : 0;
    }
    // The line keeps the mean of the held-out errors.
    double mean = Arrays.stream(ratios).average().orElse(1);
    double scale = mean > 0 ? mean : 1;
    Map<String, double[]> ofUnits = new HashMap<>();
    for (int i = 0; i < n; i++) {
      ratios[i] /= scale;
      double[] sums = ofUnits.computeIfAbsent(units.get(i), u -> new double[2]);
      sums[0] += ratios[i];
      sums[1]++;
    }
    double square = 0;
    for (double[] sums : ofUnits.values()) {
      double off = sums[0] / sums[1] - 1;
      square += off * off;
    }
    double[] sorted = width.clone();
    Arrays.sort(sorted);
    return new UnlabelledError(
        base * scale,
        slope * scale,
        Math.sqrt(square / (ofUnits.size() - 1)),
        ofUnits.size(),
        ratios,
        sorted);
  }

  /** Each row a unit of its own. */
  private static List<String> own(int rows) {
    return IntStream.range(0, rows).mapToObj(Integer::toString).toList();
  }

  private static void checked(String what, double value, int at, boolean above) {
    if (!(value >= 0 && Double.isFinite(value)) || above && value == 0) {
      throw new MillwrightException(
          ErrorCode.BAD_VALUE,
          what
              + " "
              + at
              + " is "
              + value
              + "\nMaybe leave out answers without an interval, and give widths above 0");
    }
  }

  /**
   * Estimates the mean absolute error of a window of rows that have nothing in common.
   *
   * @param width the width of each answer's interval, at the level of the held-out ones
   * @return the expected error; not known for an empty window
   * @throws MillwrightException with {@link ErrorCode#BAD_VALUE} for a width that is not above 0
   */
  public UnlabelledEstimate estimate(double... width) {
    return estimate(width, own(width.length));
  }

  /**
   * Estimates the mean absolute error of a window of answers whose truth is not known.
   *
   * @param width the width of each answer's interval, at the level of the held-out ones
   * @param units the machine, lot or unit of each answer
   * @return the expected error; not known for an empty window
   * @throws MillwrightException with {@link ErrorCode#BAD_VALUE} for a width that is not above 0,
   *     {@link ErrorCode#WRONG_SHAPE} for another number of units
   */
  public UnlabelledEstimate estimate(double[] width, List<String> units) {
    int n = width.length;
    if (units.size() != n) {
      throw new MillwrightException(
          ErrorCode.WRONG_SHAPE,
          n + " widths, but " + units.size() + " units\nMaybe give the unit of each answer");
    }
    if (n == 0) {
      return UnlabelledEstimate.empty();
    }
    double mean = 0;
    for (int i = 0; i < n; i++) {
      checked("width", width[i], i, true);
      mean += (base + slope * width[i]) / n;
    }
    // Rows of their own are drawn below; what rows of a unit have in common is drawn once a window.
    int own = Set.copyOf(units).size();
    double shared = own < n ? 1.0 / own : 0;
    SplittableRandom random = new SplittableRandom(n);
    double[] drawn = new double[DRAWS];
    for (int d = 0; d < DRAWS; d++) {
      double learnt = 1 + between * Math.sqrt(1.0 / groups + shared) * random.nextGaussian();
      double sum = 0;
      for (int i = 0; i < n; i++) {
        sum += (base + slope * width[i]) * ratios[random.nextInt(ratios.length)];
      }
      drawn[d] = Math.max(0, learnt * sum / n);
    }
    Arrays.sort(drawn);
    return UnlabelledEstimate.of(
        mean,
        Math.min(mean, drawn[(int) (0.025 * DRAWS)]),
        Math.max(mean, drawn[(int) (0.975 * DRAWS)]),
        sorted,
        width,
        "widths of intervals");
  }
}
