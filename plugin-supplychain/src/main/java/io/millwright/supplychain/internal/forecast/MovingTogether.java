package io.millwright.supplychain.internal.forecast;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Names pairs of covariates that move together (collinearity), such as a price that falls with a
 * promotion: what one of them would do without the other is not in the data, and its weight stands
 * for both.
 */
final class MovingTogether {

  /** From this correlation on, half of what one does is said by the other. */
  private static final double LEAST = 0.7;

  private MovingTogether() {}

  /** A sentence for each pair of which one has a weight. */
  static List<String> words(CovariateColumns columns, boolean[] kept, List<DrivenCase> cases) {
    int n = kept.length;
    List<String> words = new ArrayList<>();
    for (int a = 0; a < n; a++) {
      for (int b = a + 1; b < n; b++) {
        if (!kept[a] && !kept[b]) {
          continue;
        }
        double r = correlation(cases, columns.first(a), columns.first(b));
        if (Math.abs(r) >= LEAST) {
          String first = columns.names().get(a);
          String second = columns.names().get(b);
          words.add(
              String.format(
                  Locale.ROOT,
                  "%s and %s move together (correlation %.2f): %s; a future in which one comes"
                      + " without the other is not told by this history",
                  first,
                  second,
                  r,
                  kept[a] && kept[b]
                      ? "their weights hold for both at once, not for each alone"
                      : "the weight of " + (kept[a] ? first : second) + " stands for both"));
        }
      }
    }
    return words;
  }

  private static double correlation(List<DrivenCase> cases, int a, int b) {
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (DrivenCase one : cases) {
      int periods = Math.min(one.y().length, one.z().length);
      double meanA = 0;
      double meanB = 0;
      for (int t = 0; t < periods; t++) {
        meanA += one.z()[t][a] / periods;
        meanB += one.z()[t][b] / periods;
      }
      for (int t = 0; t < periods; t++) {
        double u = one.z()[t][a] - meanA;
        double v = one.z()[t][b] - meanB;
        ab += u * v;
        aa += u * u;
        bb += v * v;
      }
    }
    return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : 0;
  }
}
