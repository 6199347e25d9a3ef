package io.millwright.runtime.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;

/**
 * Runs a model several times with independent random numbers, in one figure or several. Replication
 * {@code r} of the same key always meets the same numbers, so that two variants can be compared
 * replication by replication.
 */
public final class Replications {

  /** A model that can be run. Users implement it; it must be pure. */
  @FunctionalInterface
  public interface Model {
    /**
     * Runs once.
     *
     * @param random the random numbers of this replication
     * @return the figures of the run, always as many
     */
    double[] run(CommonRandom random);
  }

  private Replications() {}

  /**
   * Runs a fixed number of replications.
   *
   * @param model the model
   * @param key the key of all randomness
   * @param count how many, at least 2
   * @param stopped asked before each replication after the second; true ends early
   * @return one sample for each figure
   */
  public static List<Sample> run(Model model, long key, int count, BooleanSupplier stopped) {
    Objects.requireNonNull(model, "model");
    if (count < 2) {
      throw new IllegalArgumentException(count + " replications, but an interval needs 2");
    }
    List<double[]> runs = new ArrayList<>();
    for (int r = 0; r < count && (r < 2 || !stopped.getAsBoolean()); r++) {
      runs.add(model.run(new CommonRandom(key, r)));
    }
    return samples(runs);
  }

  /**
   * Runs until the first figure is known well enough (sequential procedure of Law, chapter 9).
   *
   * @param model the model
   * @param key the key of all randomness
   * @param precision the half width of the 95 % interval as a share of the mean, above 0
   * @param most at most so many replications
   * @param stopped true ends early
   * @return one sample for each figure
   */
  public static List<Sample> until(
      Model model, long key, double precision, int most, BooleanSupplier stopped) {
    if (!(precision > 0) || most < 2) {
      throw new IllegalArgumentException("precision " + precision + ", at most " + most);
    }
    List<double[]> runs = new ArrayList<>();
    for (int r = 0; r < most && (r < 2 || !stopped.getAsBoolean()); r++) {
      runs.add(model.run(new CommonRandom(key, r)));
      if (r >= 4) {
        Sample first = samples(runs).get(0);
        if (first.halfWidth(0.95) <= precision * Math.abs(first.mean())) {
          break;
        }
      }
    }
    return samples(runs);
  }

  private static List<Sample> samples(List<double[]> runs) {
    int figures = runs.get(0).length;
    List<Sample> samples = new ArrayList<>();
    for (int f = 0; f < figures; f++) {
      int at = f;
      samples.add(new Sample(runs.stream().map(run -> run[at]).toList()));
    }
    return samples;
  }
}
