package io.millwright.supplychain.internal.hierarchy;

import io.millwright.api.data.Series;
import io.millwright.supplychain.CoherentForecast;
import io.millwright.supplychain.Distribution;
import io.millwright.supplychain.Forecast;
import io.millwright.supplychain.Hierarchy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Draws what may come of all nodes together: errors go together as they did at one of the rolling
 * origins (the Schaake shuffle, Clark et al. 2004), each node's own bands give their sizes, and
 * each draw is projected, which makes it a draw of the reconciled forecast (Panagiotelis et al.
 * 2023).
 */
final class Sampling {

  private static final int SAMPLES = 400;
  private static final int ROUNDS = 6;
  private static final double MOST_TAIL = 4;

  /** The 90 % quantile of the standard normal distribution. */
  private static final double NORMAL_80 = 1.2816;

  private static final double[] PROBABILITIES = {
    0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.9, 0.95, 0.975,
    0.99, 0.995
  };

  private final Hierarchy hierarchy;
  private final List<Series> nodes;
  private final List<Forecast> base;
  private final Errors errors;
  private final Projection projection;
  private final boolean[] floored;

  Sampling(
      Hierarchy hierarchy,
      List<Series> nodes,
      List<Forecast> base,
      Errors errors,
      Projection projection,
      boolean[] floored) {
    this.hierarchy = hierarchy;
    this.nodes = nodes;
    this.base = base;
    this.errors = errors;
    this.projection = projection;
    this.floored = floored;
  }

  CoherentForecast forecast(
      String method, List<CoherentForecast.Level> levels, List<String> notes) {
    int horizon = base.get(0).horizon();
    double[][] means = new double[horizon][];
    for (int h = 0; h < horizon; h++) {
      double[] all = new double[nodes.size()];
      for (int i = 0; i < all.length; i++) {
        all[i] = base.get(i).periods().get(h).mean();
      }
      means[h] = projection.project(all, floored);
    }
    double[][][] drawn = drawn(horizon);
    List<CoherentForecast.Node> result = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      boolean sum = i < hierarchy.nodes().size();
      result.add(
          new CoherentForecast.Node(
              nodes.get(i).id(),
              sum ? hierarchy.nodes().get(i).level() : Hierarchy.SERIES,
              nodes.get(i),
              forecast(i, means, drawn),
              samples(i, drawn)));
    }
    return new CoherentForecast(result, method, levels, notes);
  }

  /** {@code [sample][period][node]}. */
  private double[][][] drawn(int horizon) {
    double[][][] drawn = new double[SAMPLES][horizon][];
    int origins = errors.count();
    int[][][] ranks = errors.ranks();
    SplittableRandom random = new SplittableRandom(20);
    for (int s = 0; s < SAMPLES; s++) {
      int origin = origins == 0 ? -1 : s % origins;
      double[] within = new double[nodes.size()];
      Arrays.setAll(within, i -> random.nextDouble());
      for (int h = 0; h < horizon; h++) {
        double[] all = new double[nodes.size()];
        for (int i = 0; i < all.length; i++) {
          double u = origin < 0 ? within[i] : (ranks[origin][h][i] + within[i]) / origins;
          all[i] = base.get(i).periods().get(h).quantile(u);
        }
        drawn[s][h] = projection.project(all, floored);
      }
    }
    widen(drawn, horizon, random);
    return drawn;
  }

  /**
   * Gives draws the widths that bands have by themselves, times what the projection makes of the
   * errors of their level at the origins; sums at least those that the errors of their series make
   * together, since few origins say little of one sum. The tails are those of a width that a few
   * origins tell (a multivariate t). A draw's part in a sum is moved with the sum, so that draws
   * still add up.
   */
  private void widen(double[][][] drawn, int horizon, SplittableRandom random) {
    int sums = hierarchy.nodes().size();
    int bottom = hierarchy.bottom().size();
    double[] kept = errors.kept(hierarchy, projection, floored);
    double[][] correlations = errors.together(hierarchy, projection, floored);
    double[] tails = new double[drawn.length];
    int independent = errors.independent();
    for (int s = 0; s < tails.length; s++) {
      double squares = 0;
      for (int k = 0; k < independent; k++) {
        double g = random.nextGaussian();
        squares += g * g;
      }
      tails[s] = Math.min(MOST_TAIL, Math.sqrt(independent / squares));
    }
    for (int h = 0; h < horizon; h++) {
      int at = h;
      double[] middle = new double[bottom];
      for (int j = 0; j < bottom; j++) {
        int node = sums + j;
        middle[j] = Arrays.stream(drawn).mapToDouble(d -> d[at][node]).average().orElse(0);
      }
      double[][] off = new double[drawn.length][bottom];
      for (int s = 0; s < off.length; s++) {
        for (int j = 0; j < bottom; j++) {
          off[s][j] = drawn[s][h][sums + j] - middle[j];
        }
      }
      double[] wanted = new double[nodes.size()];
      for (int i = 0; i < wanted.length; i++) {
        Distribution own = base.get(i).periods().get(h);
        wanted[i] = kept[i] * (own.quantile(0.9) - own.quantile(0.1)) / (2 * NORMAL_80);
      }
      for (int i = 0; i < sums; i++) {
        wanted[i] = Math.max(wanted[i], together(hierarchy.nodes().get(i), wanted, correlations));
      }
      for (int round = 0; round < ROUNDS; round++) {
        for (int j = 0; j < bottom; j++) {
          stretch(off, List.of(j), wanted[sums + j], wanted, sums);
        }
        for (int i = sums - 1; i >= 0; i--) {
          stretch(off, hierarchy.nodes().get(i).members(), wanted[i], wanted, sums);
        }
      }
      for (int s = 0; s < off.length; s++) {
        double[] all = drawn[s][h];
        for (int j = 0; j < bottom; j++) {
          double v = middle[j] + tails[s] * off[s][j];
          all[sums + j] = floored[j] ? Math.max(0, v) : v;
        }
        for (int i = 0; i < sums; i++) {
          double sum = 0;
          for (int j : hierarchy.nodes().get(i).members()) {
            sum += all[sums + j];
          }
          all[i] = sum;
        }
      }
    }
  }

  /** How wide a sum is when its series have their widths and go together as they do. */
  private double together(Hierarchy.Node sum, double[] wide, double[][] correlations) {
    int sums = hierarchy.nodes().size();
    double variance = 0;
    for (int i : sum.members()) {
      for (int j : sum.members()) {
        variance += correlations[i][j] * wide[sums + i] * wide[sums + j];
      }
    }
    return Math.sqrt(Math.max(0, variance));
  }

  /** Moves the deviations of a sum's members so that the sum has a deviation. */
  private static void stretch(
      double[][] off, List<Integer> members, double wanted, double[] sizes, int sums) {
    double squares = 0;
    double[] of = new double[off.length];
    for (int s = 0; s < off.length; s++) {
      for (int j : members) {
        of[s] += off[s][j];
      }
      squares += of[s] * of[s];
    }
    double weights = 0;
    for (int j : members) {
      weights += sizes[sums + j];
    }
    if (!(squares > 0 && weights > 0)) {
      return;
    }
    double more = wanted / Math.sqrt(squares / off.length) - 1;
    for (int s = 0; s < off.length; s++) {
      for (int j : members) {
        off[s][j] += more * of[s] * sizes[sums + j] / weights;
      }
    }
  }

  private Forecast forecast(int node, double[][] means, double[][][] drawn) {
    int horizon = means.length;
    List<Distribution> periods = new ArrayList<>();
    List<Distribution> totals = new ArrayList<>();
    double[] sums = new double[drawn.length];
    double sum = 0;
    for (int h = 0; h < horizon; h++) {
      double[] values = new double[drawn.length];
      for (int s = 0; s < values.length; s++) {
        values[s] = drawn[s][h][node];
        sums[s] += values[s];
      }
      sum += means[h][node];
      periods.add(distribution(means[h][node], values));
      totals.add(distribution(sum, sums));
    }
    Forecast own = base.get(node);
    return new Forecast(own.series(), own.frequency(), own.first(), periods, totals, own.highest());
  }

  private static Distribution distribution(double mean, double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    List<Double> probabilities = new ArrayList<>();
    List<Double> quantiles = new ArrayList<>();
    for (double p : PROBABILITIES) {
      double rank = p * (sorted.length + 1) - 1;
      int low = Math.max(0, Math.min(sorted.length - 2, (int) rank));
      double part = Math.max(0, Math.min(1, rank - low));
      probabilities.add(p);
      quantiles.add(sorted[low] + part * (sorted[low + 1] - sorted[low]));
    }
    return new Distribution(mean, probabilities, quantiles);
  }

  private static List<List<Double>> samples(int node, double[][][] drawn) {
    List<List<Double>> samples = new ArrayList<>();
    for (double[][] one : drawn) {
      samples.add(Arrays.stream(one).map(all -> all[node]).toList());
    }
    return samples;
  }
}
