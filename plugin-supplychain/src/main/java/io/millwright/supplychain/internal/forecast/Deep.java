package io.millwright.supplychain.internal.forecast;

import io.millwright.api.learn.Activation;
import io.millwright.api.learn.Initialisation;
import io.millwright.api.learn.Layer;
import io.millwright.api.learn.Learning;
import io.millwright.api.learn.Loss;
import io.millwright.api.learn.Network;
import io.millwright.api.spi.Composer;
import io.millwright.api.spi.FittedNetwork;
import io.millwright.api.spi.Jobs;
import io.millwright.supplychain.internal.classic.Seasons;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Networks that learn from all series of a frequency at once, in the spirit of N-BEATS (Oreshkin et
 * al. 2020): residual blocks on windows, five quantiles of every period, each network with another
 * lookback. Every second network sees series without their seasons. The median of their medians is
 * the forecast.
 *
 * @param parts the networks
 */
record Deep(List<Part> parts) implements Voice {

  private static final int WIDTH = 192;
  private static final int BLOCKS = 3;
  private static final int MOST_WINDOWS = 12_000;
  private static final Double[] QUANTILES = {0.1, 0.25, 0.5, 0.75, 0.9};
  private static final double[] LOOKBACKS = {2.5, 1.5, 3.5, 2};
  private static final int LONGEST = 400;

  /**
   * One network.
   *
   * @param lookback how many periods it sees
   * @param adjusted whether it sees series without their seasons
   * @param network the network
   */
  record Part(int lookback, boolean adjusted, FittedNetwork network) {}

  /** Copies. */
  Deep {
    parts = List.copyOf(parts);
  }

  static Deep none() {
    return new Deep(List.of());
  }

  /** How many outputs a network of a horizon has. */
  static int outputs(int horizon) {
    return horizon * QUANTILES.length;
  }

  private static Network network() {
    List<Layer> layers = new ArrayList<>();
    for (int i = 0; i < BLOCKS; i++) {
      layers.add(
          new Layer.Residual(
              List.of(
                  new Layer.Dense(WIDTH, Activation.RELU, Initialisation.AUTOMATIC),
                  new Layer.Dense(WIDTH, Activation.RELU, Initialisation.AUTOMATIC))));
    }
    return new Network(layers);
  }

  /**
   * Trains networks.
   *
   * @param pasts series that are positive throughout
   * @param count how many
   * @param tell told before each
   */
  static Deep train(
      List<Past> pasts,
      int horizon,
      int count,
      Learning learning,
      Composer composer,
      Jobs.Control<?> control,
      Runnable tell) {
    boolean seasonal = pasts.stream().anyMatch(p -> p.lengths().length > 0);
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int lookback =
          Math.min(
              LONGEST, Math.max(4, (int) Math.round(LOOKBACKS[i % LOOKBACKS.length] * horizon)));
      boolean adjusted = seasonal && i % 2 == 1;
      List<double[]> series = pasts.stream().map(p -> seen(p, adjusted)).toList();
      DeepWindows windows = DeepWindows.of(series, lookback, horizon, MOST_WINDOWS);
      if (windows.count() == 0) {
        continue;
      }
      tell.run();
      parts.add(
          new Part(
              lookback,
              adjusted,
              composer.fit(
                  network(),
                  Loss.quantile(QUANTILES),
                  learning.key(learning.key() + i),
                  windows,
                  control)));
    }
    return new Deep(parts);
  }

  private static double[] seen(Past past, boolean adjusted) {
    return adjusted ? Seasons.of(past.y(), past.lengths()).adjusted() : past.y();
  }

  /** The forecast of a series; empty without networks, or when a value is not positive. */
  @Override
  public Optional<double[]> forecast(Past past, int horizon) {
    if (parts.isEmpty() || !past.isPositive()) {
      return Optional.empty();
    }
    Seasons seasons = Seasons.of(past.y(), past.lengths());
    double[][] said = new double[parts.size()][];
    for (int i = 0; i < said.length; i++) {
      said[i] = forecast(parts.get(i), past.y(), seasons, horizon);
    }
    double[] forecast = new double[horizon];
    for (int h = 0; h < horizon; h++) {
      int at = h;
      forecast[h] =
          median(java.util.Arrays.stream(said).mapToDouble(s -> s[at]).sorted().toArray());
    }
    return Optional.of(forecast);
  }

  @Override
  public String name() {
    return parts.size() + " networks";
  }

  private static double[] forecast(Part part, double[] y, Seasons seasons, int horizon) {
    double[] log = DeepWindows.logs(part.adjusted ? seasons.adjusted() : y);
    float[] input = new float[DeepWindows.inputs(part.lookback)];
    DeepWindows.window(log, log.length, part.lookback, input, 0);
    float[] output = part.network.outputs(input, 1);
    double change = DeepWindows.change(log, log.length, part.lookback);
    double[] values = new double[horizon];
    int each = QUANTILES.length;
    for (int h = 0; h < horizon; h++) {
      double moved = Math.max(-20, Math.min(20, change * output[h * each + each / 2]));
      values[h] = Math.exp(log[log.length - 1] + moved);
    }
    return part.adjusted ? seasons.restore(values) : values;
  }

  private static double median(double[] sorted) {
    int n = sorted.length;
    return n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
  }
}
