package io.millwright.runtime.watch;

import io.millwright.runtime.support.KeyedRandom;
import java.util.Arrays;

/**
 * A conformal test martingale (Vovk et al. 2021, "composite jumper"): bets against the claim that
 * scores come as they used to, high and low, on strong and weak changes, that stay or soon turn.
 * Linear bets see a change of all scores; power bets, which multiply the capital by {@code k
 * p^(k-1)} for a score of rank p, one that shows in the few highest or lowest, as errors of a
 * classifier do. By Ville's inequality the probability that its capital ever reaches {@code 1 /
 * alpha} is at most {@code alpha} while nothing changes, over a stream of any length. Watches
 * scores that need no truth (such as the distance to training data) or that do (errors). Not
 * thread-safe; the same key and stream give the same.
 */
public final class TestMartingale {

  /** Linear bets, among them none: the capital grows by {@code 1 + b (p - 1/2)}. */
  private static final double[] LINEAR = {-1, -0.5, -0.25, 0, 0.25, 0.5, 1};

  /** Powers k of bets on p, for high scores, and on 1 - p, for low ones. */
  private static final double[] POWERS = {0.9, 0.8, 0.6};

  private static final int BETS = LINEAR.length + 2 * POWERS.length;

  /** Ranks below count as this, so that no bet is ever infinite. */
  private static final double LEAST_RANK = 1e-12;

  /** How often each of the mixed bettors changes its bet. */
  private static final double[] JUMPS = {0.0001, 0.001, 0.01};

  private static final int MOST = 200_000;

  private final double alpha;
  private final KeyedRandom random;
  private final double[][] capital = new double[JUMPS.length][BETS];
  private double[] sorted;
  private int count;
  private double scale = 0;
  private double highest = 0;

  private TestMartingale(double alpha, double[] reference, long key) {
    this.alpha = alpha;
    this.random = KeyedRandom.of(key, KeyedRandom.Purpose.OTHER, 83);
    sorted = reference.clone();
    Arrays.sort(sorted);
    count = sorted.length;
    for (double[] one : capital) {
      Arrays.fill(one, 1.0 / (JUMPS.length * BETS));
    }
  }

  /**
   * A martingale.
   *
   * @param alpha the probability of ever raising a false alarm, such as 0.0001
   * @param key the key by which ties are broken
   * @param reference scores as they used to be; may be empty, for beginning from nothing
   * @return the martingale
   */
  public static TestMartingale of(double alpha, long key, double... reference) {
    if (!(alpha > 0 && alpha < 1)) {
      throw new IllegalArgumentException("alpha is " + alpha);
    }
    return new TestMartingale(alpha, reference, key);
  }

  /**
   * Takes the next score.
   *
   * @param score the score; NaN is passed over
   * @return whether there is an alarm, now or before
   */
  public boolean add(double score) {
    if (Double.isNaN(score)) {
      return alarm();
    }
    int less = below(score, false);
    int equal = below(score, true) - less;
    // The p-value of the new score among all so far, itself included; ties are broken by lot.
    double p = (count - less - equal + random.nextDouble() * (equal + 1)) / (count + 1);
    insert(score, less);
    double[] gain = gains(p);
    double sum = 0;
    for (int j = 0; j < JUMPS.length; j++) {
      double whole = Arrays.stream(capital[j]).sum();
      for (int i = 0; i < BETS; i++) {
        double mixed = (1 - JUMPS[j]) * capital[j][i] + JUMPS[j] * whole / BETS;
        capital[j][i] = mixed * gain[i];
        sum += capital[j][i];
      }
    }
    if (sum < 1e-100 || sum > 1e100) {
      for (double[] one : capital) {
        for (int i = 0; i < BETS; i++) {
          one[i] /= sum;
        }
      }
      scale = Math.log(sum) + scale;
      sum = 1;
    }
    highest = Math.max(highest, log(sum));
    return alarm();
  }

  /** By what each bet multiplies its capital; each is 1 on average over ranks. */
  private static double[] gains(double p) {
    double[] gains = new double[BETS];
    for (int i = 0; i < LINEAR.length; i++) {
      gains[i] = 1 + LINEAR[i] * (p - 0.5);
    }
    double high = Math.log(Math.max(LEAST_RANK, p));
    double low = Math.log(Math.max(LEAST_RANK, 1 - p));
    for (int i = 0; i < POWERS.length; i++) {
      double k = POWERS[i];
      gains[LINEAR.length + i] = k * Math.exp((k - 1) * high);
      gains[LINEAR.length + POWERS.length + i] = k * Math.exp((k - 1) * low);
    }
    return gains;
  }

  private double log(double sum) {
    return Math.log(sum) + scale;
  }

  private int below(double v, boolean equalToo) {
    int low = 0;
    int high = count;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < v || (equalToo && sorted[middle] == v)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private void insert(double score, int at) {
    if (count >= MOST) {
      return; // from here on ranks are taken among the first scores alone
    }
    if (count == sorted.length) {
      sorted = Arrays.copyOf(sorted, Math.max(64, count + count / 2));
    }
    System.arraycopy(sorted, at, sorted, at + 1, count - at);
    sorted[at] = score;
    count++;
  }

  /**
   * The evidence against "nothing has changed": the logarithm of the highest capital so far.
   *
   * @return the natural logarithm; an alarm is at {@code -ln(alpha)}
   */
  public double evidence() {
    return highest;
  }

  /**
   * Whether there was an alarm.
   *
   * @return true from the first alarm on
   */
  public boolean alarm() {
    return highest >= -Math.log(alpha);
  }
}
