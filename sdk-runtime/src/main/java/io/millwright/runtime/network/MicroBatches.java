package io.millwright.runtime.network;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A training session that divides a batch where the device's memory does not hold it, and adds the
 * gradients of the parts up to that of the whole: the same step but for rounding. The size that
 * went through is kept for the rest of the session. A batch whose samples are compared with each
 * other is never divided for a gradient: that would be another step. Used by one thread at a time.
 */
public final class MicroBatches implements TrainingSession {

  private static final Logger LOG = LoggerFactory.getLogger(MicroBatches.class);

  private final NetworkPlan plan;
  private final TrainingSession session;
  private final boolean separable;
  private int most = Integer.MAX_VALUE;

  /**
   * Takes the session over; closes it in the end.
   *
   * @param objective what the session was begun with
   */
  public MicroBatches(NetworkPlan plan, Objective objective, TrainingSession session) {
    this.plan = plan;
    this.separable = objective.isSeparable();
    this.session = session;
  }

  @Override
  public void load(Weights weights) {
    session.load(weights);
  }

  @Override
  public double gradients(Batch batch, Masks masks, Weights gradients) {
    while (true) {
      try {
        return batch.count() <= most || !separable
            ? session.gradients(batch, masks, gradients)
            : parts(batch, masks, gradients);
      } catch (RuntimeException e) {
        if (!separable && outOfMemory(e)) {
          throw new MillwrightException(
              ErrorCode.UNSUPPORTED,
              "the memory of the device does not hold a batch of "
                  + batch.count()
                  + ", and the loss compares its samples with each other, so that it cannot be"
                  + " divided\nMaybe use a smaller Learning.batch, or train on the CPU",
              e);
        }
        halve(Math.min(most, batch.count()), e);
      }
    }
  }

  @Override
  public float[] outputs(float[] inputs, int count) {
    while (true) {
      try {
        if (count <= most) {
          return session.outputs(inputs, count);
        }
        int size = plan.input().size();
        float[] all = new float[count * plan.outputs()];
        for (int from = 0; from < count; from += most) {
          int part = Math.min(most, count - from);
          float[] y =
              session.outputs(Arrays.copyOfRange(inputs, from * size, (from + part) * size), part);
          System.arraycopy(y, 0, all, from * plan.outputs(), y.length);
        }
        return all;
      } catch (RuntimeException e) {
        halve(Math.min(most, count), e);
      }
    }
  }

  private void halve(int tried, RuntimeException e) {
    if (tried <= 1 || !outOfMemory(e)) {
      throw e;
    }
    most = (tried + 1) / 2;
    LOG.warn(
        "The memory of the device does not hold a batch of {}; computing parts of {}, which gives"
            + " the same step. A batch of {} would be computed at once.",
        tried,
        most,
        most);
  }

  /** Whether an engine says that its device's memory is exhausted. */
  static boolean outOfMemory(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      String said = t.toString().toLowerCase(Locale.ROOT);
      if (said.contains("out of memory")
          || said.contains("oom when allocating")
          || said.contains("resourceexhausted")
          || said.contains("resource_exhausted")
          || said.contains("can't allocate memory")) {
        return true;
      }
    }
    return false;
  }

  private double parts(Batch batch, Masks masks, Weights gradients) {
    double total = 0;
    for (int i = 0; i < batch.count(); i++) {
      total += batch.weights()[i];
    }
    for (int i = 0; i < gradients.count(); i++) {
      Arrays.fill(gradients.get(i), 0);
    }
    Weights part = Weights.zero(plan.weights());
    Map<Integer, float[]> drawn = new HashMap<>();
    double loss = 0;
    int size = plan.input().size();
    // The arrays may have more room than is filled, but all have the same.
    int targets = batch.targets().length / batch.weights().length;
    for (int from = 0; from < batch.count(); from += most) {
      int first = from;
      int count = Math.min(most, batch.count() - from);
      int end = from + count;
      Batch some =
          new Batch(
              Arrays.copyOfRange(batch.inputs(), from * size, end * size),
              Arrays.copyOfRange(batch.targets(), from * targets, end * targets),
              Arrays.copyOfRange(batch.weights(), from, end),
              count);
      Masks cut =
          (layer, values, rate) -> {
            int each = values / count;
            float[] whole =
                drawn.computeIfAbsent(layer, k -> masks.mask(layer, each * batch.count(), rate));
            return Arrays.copyOfRange(whole, first * each, first * each + values);
          };
      double weight = 0;
      for (int i = 0; i < count; i++) {
        weight += some.weights()[i];
      }
      double share = total > 0 ? weight / total : 0;
      loss += share * session.gradients(some, cut, part);
      for (int i = 0; i < part.count(); i++) {
        float[] sum = gradients.get(i);
        float[] g = part.get(i);
        for (int k = 0; k < sum.length; k++) {
          sum[k] += (float) share * g[k];
        }
      }
    }
    return loss;
  }

  @Override
  public void close() {
    session.close();
  }
}
