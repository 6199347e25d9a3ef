package io.millwright.supplychain.internal.hierarchy;

import io.millwright.api.Outcome;
import io.millwright.api.data.Series;
import io.millwright.api.spi.Jobs;
import io.millwright.supplychain.Forecast;
import io.millwright.supplychain.Hierarchy;
import io.millwright.supplychain.internal.forecast.NodeForecaster;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Forecasts of all nodes at rolling origins, and what came. Immutable.
 *
 * @param said {@code [origin][period][node]}, the latest origin first
 * @param came the same, NaN where missing
 * @param naive the seasonal naive error of each node, at least a little above 0
 * @param step how many periods origins lie apart
 */
record Errors(double[][][] said, double[][][] came, double[] naive, int step) {

  static Errors at(
      NodeForecaster forecaster,
      List<Series> nodes,
      int horizon,
      List<Integer> origins,
      Jobs.Control<?> control) {
    double[][][] said = new double[origins.size()][horizon][nodes.size()];
    double[][][] came = new double[origins.size()][horizon][nodes.size()];
    for (int o = 0; o < origins.size(); o++) {
      control.checkpoint();
      int at = origins.get(o);
      List<Outcome<Forecast>> outcomes = forecaster.after(at);
      for (int i = 0; i < nodes.size(); i++) {
        Series node = nodes.get(i);
        double plain = plain(node, at, horizon);
        List<Double> means =
            outcomes.get(i).fold(p -> p.value().means(), a -> new ArrayList<Double>());
        for (int h = 0; h < horizon; h++) {
          said[o][h][i] = means.isEmpty() ? plain : means.get(h);
          came[o][h][i] = at + h < node.length() ? node.values().get(at + h) : Double.NaN;
        }
      }
    }
    double[] naive = nodes.stream().mapToDouble(Errors::naive).toArray();
    int step = origins.size() > 1 ? origins.get(0) - origins.get(1) : horizon;
    return new Errors(said, came, naive, step);
  }

  /** With what others said of some nodes. */
  Errors with(Errors others, boolean[] from) {
    double[][][] both = new double[said.length][][];
    for (int o = 0; o < both.length; o++) {
      both[o] = new double[said[o].length][];
      for (int h = 0; h < both[o].length; h++) {
        both[o][h] = said[o][h].clone();
        for (int i = 0; i < from.length; i++) {
          both[o][h][i] = from[i] ? others.said[o][h][i] : said[o][h][i];
        }
      }
    }
    return new Errors(both, came, naive, step);
  }

  /** The mean of the latest known values; 0 after three silent periods. */
  static double plain(Series node, int until, int horizon) {
    double sum = 0;
    int known = 0;
    int silent = 0;
    boolean any = false;
    for (int t = until - 1; t >= 0 && known < horizon; t--) {
      double v = node.values().get(t);
      if (!Double.isNaN(v)) {
        sum += v;
        known++;
        any = true;
      } else if (!any) {
        silent++;
      }
    }
    return known == 0 || silent >= 3 ? 0 : sum / known;
  }

  private static double naive(Series node) {
    int lag = node.frequency().seasons().stream().findFirst().orElse(1);
    lag = node.length() >= 2 * lag ? lag : 1;
    double sum = 0;
    int count = 0;
    double size = 0;
    for (int t = lag; t < node.length(); t++) {
      double e = Math.abs(node.values().get(t) - node.values().get(t - lag));
      if (!Double.isNaN(e)) {
        sum += e;
        size += Math.abs(node.values().get(t));
        count++;
      }
    }
    return count == 0 ? 1 : Math.max(sum / count, Math.max(1e-6 * size / count, 1e-12));
  }

  int count() {
    return said.length;
  }

  private int horizon() {
    return said.length == 0 ? 1 : said[0].length;
  }

  /** So many later origins overlap with what an origin is judged by. */
  int overlap() {
    return (horizon() + step - 1) / step;
  }

  /** So many rows say about as much as one that is independent. */
  double overlapOfRows() {
    return horizon() * Math.min(1.0 * horizon() / step, count());
  }

  /**
   * Errors of some origins, {@code [row][node]}, each period's over the size that errors of all
   * nodes have there; missing ones are 0. Of none where there are none.
   */
  double[][] rows(int from, int to) {
    List<double[]> rows = new ArrayList<>();
    double[] growth = growth();
    for (int o = Math.min(from, to); o < to; o++) {
      for (int h = 0; h < horizon(); h++) {
        double[] row = new double[naive.length];
        for (int i = 0; i < row.length; i++) {
          double e = came[o][h][i] - said[o][h][i];
          row[i] = Double.isNaN(e) ? 0 : e / growth[h];
        }
        rows.add(row);
      }
    }
    return rows.toArray(double[][]::new);
  }

  private double[] growth() {
    double[] growth = new double[horizon()];
    for (int h = 0; h < growth.length; h++) {
      double squares = 0;
      int count = 0;
      for (int o = 0; o < count(); o++) {
        for (int i = 0; i < naive.length; i++) {
          double e = (came[o][h][i] - said[o][h][i]) / naive[i];
          if (!Double.isNaN(e)) {
            squares += e * e;
            count++;
          }
        }
      }
      growth[h] = squares > 0 ? Math.sqrt(squares / count) : 1;
    }
    return growth;
  }

  /** The mean scaled error of each level at the latest origins. */
  double[] byLevel(
      List<String> levels,
      Hierarchy hierarchy,
      int latest,
      Optional<Projection> projection,
      boolean[] floored) {
    double[] sums = new double[levels.size()];
    int[] counts = new int[levels.size()];
    for (int o = 0; o < latest; o++) {
      for (int h = 0; h < horizon(); h++) {
        double[] all = said[o][h];
        double[] now = projection.map(p -> p.project(all, floored)).orElse(all);
        for (int i = 0; i < naive.length; i++) {
          double e = Math.abs(came[o][h][i] - now[i]) / naive[i];
          if (!Double.isNaN(e)) {
            int l =
                i < hierarchy.nodes().size()
                    ? levels.indexOf(hierarchy.nodes().get(i).level())
                    : levels.size() - 1;
            sums[l] += e;
            counts[l]++;
          }
        }
      }
    }
    double[] means = new double[sums.length];
    Arrays.setAll(means, l -> counts[l] == 0 ? 0 : sums[l] / counts[l]);
    return means;
  }

  /**
   * Overlapping origins tell about as much as two for each stretch of a horizon; three at least.
   */
  int independent() {
    return Math.max(3, (int) Math.round(1.5 * count() * step / horizon()));
  }

  /**
   * What the projection leaves of the errors of each node's level at the origins, by root mean
   * squares; 1 without origins.
   */
  double[] kept(Hierarchy hierarchy, Projection projection, boolean[] floored) {
    int sums = hierarchy.nodes().size();
    List<String> levels = new ArrayList<>();
    for (int i = 0; i < naive.length; i++) {
      levels.add(i < sums ? hierarchy.nodes().get(i).level() : Hierarchy.SERIES);
    }
    Map<String, double[]> squares = new HashMap<>();
    for (int o = 0; o < count(); o++) {
      for (int h = 0; h < horizon(); h++) {
        double[] now = projection.project(said[o][h], floored);
        for (int i = 0; i < naive.length; i++) {
          double before = (came[o][h][i] - said[o][h][i]) / naive[i];
          double after = (came[o][h][i] - now[i]) / naive[i];
          if (!Double.isNaN(before)) {
            double[] both = squares.computeIfAbsent(levels.get(i), l -> new double[2]);
            both[0] += before * before;
            both[1] += after * after;
          }
        }
      }
    }
    double[] kept = new double[naive.length];
    for (int i = 0; i < kept.length; i++) {
      double[] both = squares.getOrDefault(levels.get(i), new double[2]);
      kept[i] = both[0] > 0 ? Math.min(1, Math.sqrt(both[1] / both[0])) : 1;
    }
    return kept;
  }

  /**
   * How errors of the series go together at the origins after a projection: correlations around
   * none, drawn to their mean by as much as chance makes them differ (constant correlation, Ledoit
   * and Wolf 2003).
   */
  double[][] together(Hierarchy hierarchy, Projection projection, boolean[] floored) {
    int sums = hierarchy.nodes().size();
    int n = hierarchy.bottom().size();
    double[][] r = new double[n][n];
    for (int o = 0; o < count(); o++) {
      for (int h = 0; h < horizon(); h++) {
        double[] now = projection.project(said[o][h], floored);
        for (int i = 0; i < n; i++) {
          double e = came[o][h][sums + i] - now[sums + i];
          for (int j = 0; j <= i && !Double.isNaN(e); j++) {
            double f = came[o][h][sums + j] - now[sums + j];
            r[i][j] += Double.isNaN(f) ? 0 : e * f;
          }
        }
      }
    }
    double mean = 0;
    double squares = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        double sizes = Math.sqrt(r[i][i] * r[j][j]);
        r[i][j] = sizes > 0 ? r[i][j] / sizes : 0;
        mean += r[i][j];
        squares += r[i][j] * r[i][j];
      }
    }
    int pairs = n * (n - 1) / 2;
    mean = pairs > 0 ? mean / pairs : 0;
    double differ = pairs > 0 ? squares / pairs - mean * mean : 0;
    double independent = Math.max(1, (double) count() * step / horizon());
    double chance = (1 - mean * mean) * (1 - mean * mean) / independent;
    double drawn = differ > 0 ? Math.min(1, chance / differ) : 1;
    for (int i = 0; i < n; i++) {
      r[i][i] = 1;
      for (int j = 0; j < i; j++) {
        r[i][j] = (1 - drawn) * r[i][j] + drawn * mean;
        r[j][i] = r[i][j];
      }
    }
    return r;
  }

  /** The rank of an origin's error among those of all, for a node and a period, from 0. */
  int[][][] ranks() {
    int[][][] ranks = new int[count()][horizon()][naive.length];
    for (int h = 0; h < horizon(); h++) {
      for (int i = 0; i < naive.length; i++) {
        double[] e = new double[count()];
        for (int o = 0; o < e.length; o++) {
          double v = came[o][h][i] - said[o][h][i];
          e[o] = Double.isNaN(v) ? 0 : v;
        }
        for (int o = 0; o < e.length; o++) {
          int rank = 0;
          for (int k = 0; k < e.length; k++) {
            rank += e[k] < e[o] || (e[k] == e[o] && k < o) ? 1 : 0;
          }
          ranks[o][h][i] = rank;
        }
      }
    }
    return ranks;
  }
}
