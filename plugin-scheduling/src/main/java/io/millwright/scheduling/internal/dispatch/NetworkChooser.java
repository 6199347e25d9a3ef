package io.millwright.scheduling.internal.dispatch;

import io.millwright.api.spi.FittedNetwork;
import io.millwright.runtime.support.KeyedRandom;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Lets a network score the candidates, and takes the best, or draws by the softmax of scores. */
final class NetworkChooser implements Chooser {

  private final FittedNetwork network;
  private final Traits traits;
  private float[] input;
  private @Nullable KeyedRandom random;
  private int[] taken = new int[512];
  private int choices;

  NetworkChooser(FittedNetwork network, Traits traits) {
    this.network = network;
    this.traits = traits;
    this.input = new float[16 * traits.size()];
  }

  /** Draws from now on; null takes the best. */
  NetworkChooser drawing(@Nullable KeyedRandom by) {
    random = by;
    choices = 0;
    return this;
  }

  /** The choices since {@link #drawing}. */
  int[] choices() {
    return Arrays.copyOf(taken, choices);
  }

  @Override
  public int choose(FloorState state, int machine, double now, int[] slots, int count) {
    if (input.length < count * traits.size()) {
      input = new float[2 * count * traits.size()];
    }
    traits.fill(state, machine, now, slots, count, input);
    float[] scores = network.outputs(input, count);
    int chosen = random == null ? best(scores, count) : drawn(scores, count, random.nextDouble());
    if (random != null) {
      if (choices == taken.length) {
        taken = Arrays.copyOf(taken, 2 * choices);
      }
      taken[choices++] = chosen;
    }
    return chosen;
  }

  private static int best(float[] scores, int count) {
    int best = 0;
    for (int i = 1; i < count; i++) {
      best = scores[i] > scores[best] ? i : best;
    }
    return best;
  }

  private static int drawn(float[] scores, int count, double luck) {
    float most = scores[best(scores, count)];
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += Math.exp(scores[i] - most);
    }
    double at = luck * sum;
    for (int i = 0; i < count - 1; i++) {
      at -= Math.exp(scores[i] - most);
      if (at < 0) {
        return i;
      }
    }
    return count - 1;
  }
}
