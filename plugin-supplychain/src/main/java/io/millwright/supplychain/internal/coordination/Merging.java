package io.millwright.supplychain.internal.coordination;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.supplychain.MergedForecast;
import io.millwright.supplychain.PartnerForecast;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Merges forecasts of partners: at every known period each way of merging is fitted to what was
 * known before it, and the plainest one is kept unless another is surely better.
 */
final class Merging {

  private static final int LEAST = 4;
  private static final double SURE = 1.645;

  /** So many periods a partner's own record counts as much as what all have in common. */
  private static final double SHARED = 6;

  private enum Way {
    EQUAL("equal weights"),
    UNBIASED("equal weights, less each partner's bias"),
    WEIGHED("weights by errors"),
    WEIGHED_UNBIASED("weights by errors, less each partner's bias"),
    BEST("the best partner alone, less its bias");

    private final String words;

    Way(String words) {
      this.words = words;
    }
  }

  private Merging() {}

  static MergedForecast of(List<Double> came, List<PartnerForecast> partners) {
    check(came, partners);
    int m = partners.size();
    int n = came.size();
    double[][] said = new double[m][n];
    for (int i = 0; i < m; i++) {
      for (int t = 0; t < n; t++) {
        said[i][t] = partners.get(i).said().get(t);
      }
    }
    double[] truth = came.stream().mapToDouble(v -> v).toArray();
    Way chosen = Way.EQUAL;
    double[] errors = judged(chosen, truth, said);
    for (Way way : Way.values()) {
      double[] own = judged(way, truth, said);
      if (isSurelyBetter(own, errors)) {
        chosen = way;
        errors = own;
      }
    }
    double[] bias = biases(chosen, truth, said, n);
    double[] weight = weights(chosen, truth, said, n);
    List<Double> next = new ArrayList<>();
    for (int h = 0; h < partners.get(0).next().size(); h++) {
      double sum = 0;
      for (int i = 0; i < m; i++) {
        sum += weight[i] * (partners.get(i).next().get(h) - bias[i]);
      }
      next.add(sum);
    }
    Map<String, Double> weights = new LinkedHashMap<>();
    Map<String, Double> taken = new LinkedHashMap<>();
    Map<String, Double> alone = new LinkedHashMap<>();
    for (int i = 0; i < m; i++) {
      String name = partners.get(i).partner();
      weights.put(name, weight[i]);
      taken.put(name, bias[i]);
      double[] own = said[i];
      alone.put(
          name,
          java.util.stream.IntStream.range(0, n)
              .mapToDouble(t -> Math.abs(truth[t] - own[t]))
              .filter(e -> !Double.isNaN(e))
              .average()
              .orElse(Double.NaN));
    }
    double error = Arrays.stream(errors).filter(e -> !Double.isNaN(e)).average().orElse(Double.NaN);
    return new MergedForecast(chosen.words, weights, taken, alone, error, next);
  }

  private static void check(List<Double> came, List<PartnerForecast> partners) {
    if (partners.isEmpty() || came.isEmpty()) {
      throw new MillwrightException(
          ErrorCode.TOO_FEW_DATA,
          partners.size() + " partners and " + came.size() + " known periods\nMaybe give both");
    }
    Set<String> names = new HashSet<>();
    int ahead = partners.get(0).next().size();
    for (PartnerForecast p : partners) {
      boolean fits = p.said().size() == came.size() && p.next().size() == ahead && ahead > 0;
      boolean sound =
          p.next().stream().allMatch(Double::isFinite)
              && p.said().stream().noneMatch(v -> v.isInfinite());
      if (!names.add(p.partner()) || !fits || !sound) {
        throw new MillwrightException(
            ErrorCode.WRONG_SHAPE,
            "partner "
                + p.partner()
                + " speaks of "
                + p.said().size()
                + " known and "
                + p.next().size()
                + " next periods, where "
                + came.size()
                + " and "
                + ahead
                + " are meant, or stands twice, or says a number that is none"
                + "\nMaybe leave NaN where it said nothing");
      }
    }
  }

  /** The error at each period of what was fitted before it; NaN for the first ones. */
  private static double[] judged(Way way, double[] truth, double[][] said) {
    double[] errors = new double[truth.length];
    Arrays.fill(errors, Double.NaN);
    for (int t = LEAST; t < truth.length; t++) {
      double[] bias = biases(way, truth, said, t);
      double[] weight = weights(way, truth, said, t);
      double sum = 0;
      double all = 0;
      for (int i = 0; i < said.length; i++) {
        if (!Double.isNaN(said[i][t])) {
          sum += weight[i] * (said[i][t] - bias[i]);
          all += weight[i];
        }
      }
      errors[t] = all > 0 ? Math.abs(truth[t] - sum / all) : Double.NaN;
    }
    return errors;
  }

  private static double[] biases(Way way, double[] truth, double[][] said, int until) {
    double[] bias = new double[said.length];
    if (way == Way.EQUAL || way == Way.WEIGHED) {
      return bias;
    }
    for (int i = 0; i < said.length; i++) {
      double sum = 0;
      int count = 0;
      for (int t = 0; t < until; t++) {
        double e = said[i][t] - truth[t];
        if (!Double.isNaN(e)) {
          sum += e;
          count++;
        }
      }
      bias[i] = count == 0 ? 0 : sum / (count + 1);
    }
    return bias;
  }

  private static double[] weights(Way way, double[] truth, double[][] said, int until) {
    int m = said.length;
    double[] weight = new double[m];
    if (way == Way.EQUAL || way == Way.UNBIASED) {
      Arrays.fill(weight, 1.0 / m);
      return weight;
    }
    double[] bias = biases(way, truth, said, until);
    double[] squares = new double[m];
    double[] counts = new double[m];
    double all = 0;
    double known = 0;
    for (int i = 0; i < m; i++) {
      for (int t = 0; t < until; t++) {
        double e = said[i][t] - bias[i] - truth[t];
        if (!Double.isNaN(e)) {
          squares[i] += e * e;
          counts[i]++;
        }
      }
      all += squares[i];
      known += counts[i];
    }
    double usual = known > 0 && all > 0 ? all / known : 1;
    double sum = 0;
    int best = 0;
    for (int i = 0; i < m; i++) {
      weight[i] = (counts[i] + SHARED) / (squares[i] + SHARED * usual);
      best = weight[i] > weight[best] ? i : best;
      sum += weight[i];
    }
    for (int i = 0; i < m; i++) {
      weight[i] = way == Way.BEST ? (i == best ? 1 : 0) : weight[i] / sum;
    }
    return weight;
  }

  private static boolean isSurelyBetter(double[] one, double[] other) {
    double sum = 0;
    double squares = 0;
    int n = 0;
    for (int t = 0; t < one.length; t++) {
      double gain = other[t] - one[t];
      if (!Double.isNaN(gain)) {
        sum += gain;
        squares += gain * gain;
        n++;
      }
    }
    if (n < LEAST) {
      return false;
    }
    double mean = sum / n;
    double error = Math.sqrt(Math.max(0, squares / n - mean * mean) / (n - 1));
    return mean > SURE * error && mean > 0;
  }
}
