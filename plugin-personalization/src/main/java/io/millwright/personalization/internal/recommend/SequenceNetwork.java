package io.millwright.personalization.internal.recommend;

import io.millwright.api.learn.Activation;
import io.millwright.api.learn.Initialisation;
import io.millwright.api.learn.Layer;
import io.millwright.api.learn.Learning;
import io.millwright.api.learn.Network;
import io.millwright.api.learn.Route;
import io.millwright.api.learn.Schedule;
import io.millwright.api.spi.Composer;
import io.millwright.api.spi.FittedNetwork;
import io.millwright.api.spi.Jobs;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A sequential recommender: a gated recurrent unit over the last items (GRU4Rec, Hidasi et al.
 * 2016) with the softmax over all items as its loss, which matters more than the layers (Klenitskiy
 * and Vasilev 2023). Of sets it sees the mean of the items, and learns to find one that is hidden.
 * It covers the most frequent items.
 */
final class SequenceNetwork implements Scorer {

  /** So many of the last items it sees. */
  static final int LENGTH = 12;

  private static final int MOST_ITEMS = 15_000;
  private static final int WIDTH = 64;
  private static final double DROPOUT = 0.2;

  private final FittedNetwork network;
  private final int[] covered;
  private final int[] ids;

  private SequenceNetwork(FittedNetwork network, int[] covered, int[] ids) {
    this.network = network;
    this.covered = covered;
    this.ids = ids;
  }

  /**
   * A network that was kept.
   *
   * @param network from {@link #LENGTH} ids to a logit for each covered item
   * @param covered the covered items, by output
   * @param items how many items there are
   */
  static SequenceNetwork of(FittedNetwork network, int[] covered, int items) {
    if (network.inputs() != LENGTH || network.outputs() != covered.length) {
      throw new IllegalArgumentException(
          "a network from "
              + network.inputs()
              + " to "
              + network.outputs()
              + " numbers for "
              + covered.length
              + " items");
    }
    return new SequenceNetwork(network, covered, ids(covered, items));
  }

  /** Fits on the engine for training. */
  static SequenceNetwork fit(Log log, long key, Composer composer, Jobs.Control<?> control) {
    int[] covered = frequent(log);
    int[] ids = ids(covered, log.items());
    Learning learning =
        Learning.adamW(3e-3, 1e-2)
            .schedule(new Schedule.WarmUpCosine(0.05))
            .batch(128)
            .epochs(8)
            .clipNorm(5)
            .key(key);
    FittedNetwork network =
        composer.fit(
            network(covered.length + 1, log.ordered()),
            new NextItemLoss(),
            Math.max(1, covered.length),
            learning,
            new NextItems(log, ids),
            control);
    return new SequenceNetwork(network, covered, ids);
  }

  private static Network network(int ids, boolean ordered) {
    Layer over =
        ordered
            ? new Layer.Gru(WIDTH, false, Activation.TANH, Initialisation.AUTOMATIC)
            : new Layer.GlobalPool(Layer.Pooling.AVERAGE);
    return new Network(
        List.of(
            new Layer.Embedding(ids, WIDTH),
            new Route.Reshape(0, LENGTH, WIDTH),
            new Layer.Dropout(DROPOUT),
            over,
            new Layer.Dropout(DROPOUT)));
  }

  /** The most frequent items that two customers have, rising. */
  private static int[] frequent(Log log) {
    int[] owners = log.owners();
    return IntStream.range(0, log.items())
        .filter(i -> owners[i] > 1)
        .boxed()
        .sorted((a, b) -> owners[a] != owners[b] ? owners[b] - owners[a] : a - b)
        .limit(MOST_ITEMS)
        .mapToInt(Integer::intValue)
        .sorted()
        .toArray();
  }

  /** The id of each item: its place among the covered ones from 1, 0 for others. */
  private static int[] ids(int[] covered, int items) {
    int[] ids = new int[items];
    for (int k = 0; k < covered.length; k++) {
      ids[covered[k]] = k + 1;
    }
    return ids;
  }

  /** Lays the last items before one out, the newest last; those not covered as 0. */
  static void lay(int[] ids, int[] history, int until, float[] into, int at) {
    for (int k = 0; k < LENGTH; k++) {
      int t = until - LENGTH + k;
      into[at + k] = t < 0 ? 0 : ids[history[t]];
    }
  }

  FittedNetwork network() {
    return network;
  }

  int[] covered() {
    return covered;
  }

  @Override
  public String name() {
    return "sequence network";
  }

  @Override
  public void score(int[] history, float[] into) {
    Arrays.fill(into, 0);
    if (history.length == 0) {
      return;
    }
    float[] input = new float[LENGTH];
    lay(ids, history, history.length, input, 0);
    float[] y = network.outputs(input, 1);
    float max = Float.NEGATIVE_INFINITY;
    for (float v : y) {
      max = Math.max(max, v);
    }
    double sum = 0;
    for (int k = 0; k < y.length; k++) {
      y[k] = (float) Math.exp(y[k] - max);
      sum += y[k];
    }
    for (int k = 0; k < y.length; k++) {
      into[covered[k]] = (float) (y[k] / sum);
    }
  }
}
