package io.millwright.series;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.series.SeriesModel;
import io.millwright.series.internal.Between;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Gap filling (imputation) by what fills the series' own known values best: gaps as long as the
 * real ones are planted where values are known, and each method is judged by them. So a series
 * model is used only where it beats a line and the neighbouring seasons. Stateless and thread-safe;
 * deterministic.
 */
public final class GapFilling {

  private static final int PLANTED = 24;

  /** A later method must win by so many standard errors of the difference. */
  private static final double GAIN = 1;

  private static final int LEAST = 3;

  private GapFilling() {}

  /** How gaps are filled. */
  public enum Method {
    /** The line between the values at both ends (linear interpolation). */
    LINE,
    /** The cycles beside the gap, moved to meet both ends (seasonal interpolation). */
    SEASONS,
    /** What a series model says from both sides. */
    MODEL
  }

  /**
   * A series without gaps.
   *
   * @param values the values; those that were known are as they were
   * @param method how its gaps were filled
   * @param errors the mean absolute error of each method on planted gaps, in the unit of the
   *     series; empty where too few values are known to plant any
   */
  public record Filled(List<Double> values, Method method, Map<Method, Double> errors) {
    /** Copies. */
    public Filled {
      values = List.copyOf(values);
      errors = Map.copyOf(errors);
    }

    /** The values as an array of its own. */
    public double[] toArray() {
      return values.stream().mapToDouble(v -> v).toArray();
    }
  }

  /**
   * Fills the gaps of a series.
   *
   * @param model the series model that takes part
   * @param values the series, NaN where missing; at least one value known
   * @param seasons the lengths of seasons that may be there; empty for none
   * @return the series without gaps
   * @throws MillwrightException with {@link ErrorCode#TOO_FEW_DATA} when nothing is known
   */
  public static Filled fill(SeriesModel model, double[] values, List<Integer> seasons) {
    if (Arrays.stream(values).allMatch(Double::isNaN)) {
      throw new MillwrightException(
          ErrorCode.TOO_FEW_DATA,
          "none of " + values.length + " values is known\nMaybe another column was meant");
    }
    List<Integer> lengths = gaps(values);
    if (lengths.isEmpty()) {
      return new Filled(list(values), Method.LINE, Map.of());
    }
    Map<Method, List<Double>> errors = new EnumMap<>(Method.class);
    for (int[] gap : planted(values, lengths)) {
      double[] holed = values.clone();
      Arrays.fill(holed, gap[0], gap[1], Double.NaN);
      for (Method method : Method.values()) {
        double[] filled = by(method, model, holed, seasons);
        double error = 0;
        for (int t = gap[0]; t < gap[1]; t++) {
          error += Math.abs(filled[t] - values[t]) / (gap[1] - gap[0]);
        }
        errors.computeIfAbsent(method, m -> new ArrayList<>()).add(error);
      }
    }
    Method best = Method.LINE;
    Map<Method, Double> means = new EnumMap<>(Method.class);
    for (Map.Entry<Method, List<Double>> own : errors.entrySet()) {
      means.put(own.getKey(), mean(own.getValue()));
      if (own.getValue().size() >= LEAST
          && gains(errors.getOrDefault(best, List.of()), own.getValue())) {
        best = own.getKey();
      }
    }
    return new Filled(list(by(best, model, values, seasons)), best, means);
  }

  private static double[] by(
      Method method, SeriesModel model, double[] values, List<Integer> seasons) {
    return switch (method) {
      case LINE -> Between.filled(values, 0);
      case SEASONS -> Between.filled(values, seasons.isEmpty() ? 0 : seasons.get(0));
      case MODEL -> SeriesModels.filled(model, values, seasons);
    };
  }

  /** The lengths of the gaps, at most half of the series. */
  private static List<Integer> gaps(double[] values) {
    List<Integer> lengths = new ArrayList<>();
    int length = 0;
    for (int t = 0; t <= values.length; t++) {
      if (t < values.length && Double.isNaN(values[t])) {
        length++;
      } else if (length > 0) {
        lengths.add(Math.max(1, Math.min(length, values.length / 2)));
        length = 0;
      }
    }
    return lengths;
  }

  /** Places where as many values are known as a gap is long, and one at each end. */
  private static List<int[]> planted(double[] values, List<Integer> lengths) {
    List<int[]> all = new ArrayList<>();
    for (int i = 0; i < PLANTED; i++) {
      int length = lengths.get(i % lengths.size());
      int room = values.length - length - 1;
      if (room < 1) {
        continue;
      }
      // Spread over the series by the golden ratio: no draw, and no two near each other.
      int first = 1 + (int) (((i + 1) * 0.618_033_988_749_895 % 1) * room);
      for (int step = 0; step < room; step++) {
        int from = 1 + (first - 1 + step) % room;
        if (known(values, from - 1, from + length + 1)) {
          all.add(new int[] {from, from + length});
          break;
        }
      }
    }
    return all;
  }

  private static boolean known(double[] values, int from, int to) {
    for (int t = from; t < to; t++) {
      if (Double.isNaN(values[t])) {
        return false;
      }
    }
    return true;
  }

  private static boolean gains(List<Double> before, List<Double> own) {
    double[] gains = new double[own.size()];
    Arrays.setAll(gains, i -> before.get(i) - own.get(i));
    double mean = Arrays.stream(gains).average().orElse(0);
    double squares = Arrays.stream(gains).map(g -> (g - mean) * (g - mean)).sum();
    double error = Math.sqrt(squares / Math.max(1, gains.length - 1) / gains.length);
    return mean > GAIN * error && mean > 0;
  }

  private static List<Double> list(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(v -> v).average().orElse(0);
  }
}
