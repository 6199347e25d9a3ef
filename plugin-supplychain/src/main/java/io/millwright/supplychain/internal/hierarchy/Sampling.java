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
    return drawn;
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
