package io.millwright.supplychain.internal.forecast;

import io.millwright.supplychain.DrivenSeries;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * How covariates that are known ahead become features: positive ones as logarithms over the series'
 * own median, others as distances from it, and each again one period later. Immutable.
 *
 * @param names the covariates
 * @param logarithmic which act by their logarithm
 * @param curved which have a square too: distances of many sizes, such as temperatures
 * @param scales what a feature is divided by
 */
record CovariateColumns(
    List<String> names, boolean[] logarithmic, boolean[] curved, double[] scales) {

  /** A covariate of more values than this is measured, not counted. */
  private static final int MANY = 12;

  /** Values further from the median, in scales, count as that far where squares are taken. */
  private static final double FAR = 4;

  CovariateColumns {
    names = List.copyOf(names);
  }

  /** Looks at all series. */
  static CovariateColumns of(List<DrivenSeries> all) {
    SortedSet<String> names = new TreeSet<>();
    all.forEach(d -> names.addAll(d.known().keySet()));
    int n = names.size();
    boolean[] logarithmic = new boolean[n];
    boolean[] curved = new boolean[n];
    double[] scales = new double[n];
    int k = 0;
    for (String name : names) {
      boolean positive = true;
      SortedSet<Double> values = new TreeSet<>();
      for (DrivenSeries d : all) {
        for (double v : d.known().getOrDefault(name, List.of())) {
          positive &= Double.isNaN(v) || v > 0;
          if (!Double.isNaN(v) && values.size() <= MANY) {
            values.add(v);
          }
        }
      }
      logarithmic[k] = positive;
      curved[k] = !positive && values.size() > MANY;
      double squares = 0;
      int count = 0;
      for (DrivenSeries d : all) {
        for (double z : plain(d.known().getOrDefault(name, List.of()), positive)) {
          squares += z * z;
          count++;
        }
      }
      scales[k] = squares > 0 && curved[k] ? Math.sqrt(squares / count) : 1;
      k++;
    }
    return new CovariateColumns(new ArrayList<>(names), logarithmic, curved, scales);
  }

  private static double[] plain(List<Double> values, boolean logarithmic) {
    double[] z = values.stream().mapToDouble(v -> logarithmic && v > 0 ? Math.log(v) : v).toArray();
    double[] known = Arrays.stream(z).filter(v -> !Double.isNaN(v)).sorted().toArray();
    double median = known.length == 0 ? 0 : known[known.length / 2];
    for (int t = 0; t < z.length; t++) {
      z[t] = Double.isNaN(z[t]) ? 0 : z[t] - median;
    }
    return z;
  }

  int width() {
    int width = 0;
    for (boolean c : curved) {
      width += c ? 3 : 2;
    }
    return width;
  }

  /** The features of some covariates. */
  int[] features(boolean[] kept) {
    List<Integer> features = new ArrayList<>();
    int at = 0;
    for (int k = 0; k < kept.length; k++) {
      for (int f = 0; f < (curved[k] ? 3 : 2); f++, at++) {
        if (kept[k]) {
          features.add(at);
        }
      }
    }
    return features.stream().mapToInt(i -> i).toArray();
  }

  /** The feature that a covariate begins with. */
  int first(int covariate) {
    int at = 0;
    for (int k = 0; k < covariate; k++) {
      at += curved[k] ? 3 : 2;
    }
    return at;
  }

  /** Features of periods: {@code [period][feature]}, 0 where nothing is known. */
  double[][] rows(DrivenSeries series, int periods) {
    double[][] rows = new double[periods][width()];
    int at = 0;
    for (int k = 0; k < names.size(); k++) {
      double[] z = plain(series.known().getOrDefault(names.get(k), List.of()), logarithmic[k]);
      for (int t = 0; t < Math.min(periods, z.length); t++) {
        double value = z[t] / scales[k];
        rows[t][at] = value;
        if (t + 1 < periods) {
          rows[t + 1][at + 1] = value;
        }
        if (curved[k]) {
          double near = Math.max(-FAR, Math.min(FAR, value));
          rows[t][at + 2] = near * near;
        }
      }
      at += curved[k] ? 3 : 2;
    }
    return rows;
  }
}
