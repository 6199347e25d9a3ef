package io.millwright.personalization.internal.uplift;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Whether the arms are alike in what was known before, as they are where a lot decided: Welch's
 * statistic of each input, with a chance of one in ten thousand over all of them (Bonferroni).
 */
final class Balance {

  private static final double CHANCE = 1e-4;

  private Balance() {}

  /** A feature in which the arms differ. */
  record Difference(String feature, double errors) {}

  /** The features in which the arms differ beyond chance, those that differ most first. */
  static List<Difference> differences(double[][] inputs, boolean[] treated, List<String> features) {
    Map<String, Double> worst = new LinkedHashMap<>();
    for (int c = 0; c < features.size(); c++) {
      double[] sum = new double[2];
      double[] squares = new double[2];
      int[] count = new int[2];
      double origin = inputs.length == 0 ? 0 : inputs[0][c];
      for (int k = 0; k < inputs.length; k++) {
        int arm = treated[k] ? 1 : 0;
        double v = inputs[k][c] - origin;
        sum[arm] += v;
        squares[arm] += v * v;
        count[arm]++;
      }
      double error = 0;
      for (int arm = 0; arm < 2; arm++) {
        double mean = sum[arm] / count[arm];
        error += Math.max(0, squares[arm] / count[arm] - mean * mean) / count[arm];
      }
      double gap = Math.abs(sum[1] / count[1] - sum[0] / count[0]);
      // Arms that are constant each, at different values, differ for sure.
      double errors = error > 0 ? gap / Math.sqrt(error) : gap > 0 ? Double.POSITIVE_INFINITY : 0;
      worst.merge(features.get(c), errors, Math::max);
    }
    List<Difference> found = new ArrayList<>();
    double least = bound(CHANCE / Math.max(1, features.size()));
    worst.forEach(
        (feature, errors) -> {
          if (errors > least) {
            found.add(new Difference(feature, errors));
          }
        });
    found.sort(Comparator.comparingDouble(Difference::errors).reversed());
    return found;
  }

  /** A normal value is beyond it to either side with at most this probability (Chernoff). */
  private static double bound(double chance) {
    return Math.sqrt(2 * Math.log(2 / chance));
  }

  static String said(List<Difference> found) {
    List<String> all = new ArrayList<>();
    for (Difference d : found.subList(0, Math.min(3, found.size()))) {
      all.add(String.format(Locale.ROOT, "%s by %.1f standard errors", d.feature, d.errors));
    }
    return "the arms are not alike before the treatment ("
        + String.join(", ", all)
        + (found.size() > 3 ? " and " + (found.size() - 3) + " more" : "")
        + "), so that no lot drew them or a column came after it, and the difference may be theirs";
  }
}
