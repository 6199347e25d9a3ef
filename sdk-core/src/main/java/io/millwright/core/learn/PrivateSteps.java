package io.millwright.core.learn;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.learn.Learning;
import io.millwright.api.learn.Privacy;
import io.millwright.runtime.network.TrainingSession;
import io.millwright.runtime.network.TrainingSession.Batch;
import io.millwright.runtime.network.Weights;
import io.millwright.runtime.privacy.RenyiAccountant;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * The steps of differentially private training (Abadi et al. 2016, algorithm 1). Used by one thread
 * at a time.
 */
final class PrivateSteps {

  private static final SecureRandom SYSTEM = new SecureRandom();

  private final Privacy privacy;
  private final int frozen;
  private final double rate;
  private final double expected;
  private final SplittableRandom random = new SplittableRandom(SYSTEM.nextLong());

  /**
   * @param rows how many rows there are
   * @param batch how many of them a step samples on average
   * @param frozen how many of the first arrays do not change
   */
  PrivateSteps(Privacy privacy, int rows, int batch, int frozen) {
    if (privacy.delta() * rows >= 1) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "delta is "
              + privacy.delta()
              + ", but a promise that may fail for one of the "
              + rows
              + " rows that are learnt from is none\nMaybe take less than "
              + 0.1 / rows);
    }
    this.privacy = privacy;
    this.frozen = frozen;
    this.rate = (double) batch / rows;
    this.expected = batch;
  }

  /** Refuses options that look at rows without noise. */
  static void check(Learning learning) {
    if (learning.privacy().isEmpty()) {
      return;
    }
    if (learning.patience() > 0) {
      throw refused("early stopping looks at rows held out", "leave earlyStopping out");
    }
    if (learning.classWeights() != Learning.ClassWeights.NONE) {
      throw refused("weights of classes count rows", "use ClassWeights.NONE");
    }
  }

  /** Refuses a choice among models. */
  static void checkAlone(Learning learning) {
    if (learning.privacy().isPresent()) {
      throw refused(
          "a choice among models judges them by rows",
          "name one network: it is then trained alone");
    }
  }

  private static MillwrightException refused(String why, String way) {
    return new MillwrightException(
        ErrorCode.BAD_OPTION, "privacy is asked for, but " + why + " without noise\nMaybe " + way);
  }

  /**
   * What a training gives, in a sentence.
   *
   * @param networks how many networks learn from the same rows, at the most
   * @param rows the smallest number of rows that one learns from
   */
  static String promise(Learning learning, Privacy privacy, int networks, int rows) {
    int batch = Math.min(learning.batch(), rows);
    long steps = (long) learning.epochs() * ((rows + batch - 1) / batch) * networks;
    double rate = (double) batch / rows;
    return String.format(
        Locale.ROOT,
        "epsilon %.3g at delta %.3g for the weights (sampling rate %.4g, noise %.4g, %,d steps);"
            + " preparation, figures and intervals are not covered",
        RenyiAccountant.epsilon(rate, privacy.noise(), steps, privacy.delta()),
        privacy.delta(),
        rate,
        privacy.noise(),
        steps);
  }

  /** Lays one row out as a batch of one. */
  interface Row {
    Batch lay(int item);
  }

  /**
   * Samples rows, and computes their noisy mean gradient.
   *
   * @param items the rows
   * @param sum filled with the gradient
   * @param one room for the gradient of one row
   * @return the mean loss of the rows sampled; 0 when there are none
   */
  double gradient(
      int[] items,
      Row row,
      TrainingSession session,
      TrainingSession.Masks masks,
      Weights sum,
      Weights one) {
    for (int i = frozen; i < sum.count(); i++) {
      java.util.Arrays.fill(sum.get(i), 0);
    }
    double loss = 0;
    int sampled = 0;
    for (int item : items) {
      if (random.nextDouble() >= rate) {
        continue;
      }
      loss += session.gradients(row.lay(item), masks, one);
      sampled++;
      double squares = 0;
      for (int i = frozen; i < one.count(); i++) {
        for (float g : one.get(i)) {
          squares += (double) g * g;
        }
      }
      float factor = (float) Math.min(1, privacy.clip() / Math.sqrt(squares));
      for (int i = frozen; i < one.count() && squares > 0; i++) {
        float[] g = one.get(i);
        float[] s = sum.get(i);
        for (int k = 0; k < g.length; k++) {
          s[k] += factor * g[k];
        }
      }
    }
    double spread = privacy.noise() * privacy.clip();
    for (int i = frozen; i < sum.count(); i++) {
      float[] s = sum.get(i);
      for (int k = 0; k < s.length; k++) {
        s[k] = (float) ((s[k] + spread * random.nextGaussian()) / expected);
      }
    }
    return loss / Math.max(1, sampled);
  }
}
