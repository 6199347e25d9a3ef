package io.millwright.api.learn;

/**
 * Differentially private training (DP-SGD, Abadi et al. 2016): every step samples each row by lot,
 * limits the length of each row's own gradient, adds them up and adds Gaussian noise, so that no
 * single row can change the weights by more than the noise hides.
 *
 * <p>What the promise covers: the weights of the networks, as learnt from rows that are each one
 * person. What it does not cover: means, ranges and categories that the preparation learns, the
 * figures of the evaluation and the errors behind the intervals, which are computed from the rows
 * without noise. A person with several rows is protected less, by as many times epsilon as there
 * are rows. Lots and noise come from a generator seeded by the system's secure source: trainings
 * with the same key differ.
 *
 * @param noise the standard deviation of the noise over the largest length, above 0; 0.5 to 4 are
 *     usual
 * @param clip the largest length of one row's gradient over all weights, above 0
 * @param delta the probability that the promise does not hold, between 0 and 1; below one over the
 *     number of rows
 */
public record Privacy(double noise, double clip, double delta) {

  /**
   * Checks.
   *
   * @throws IllegalArgumentException for a number outside its range
   */
  public Privacy {
    Checks.positive("noise", noise);
    Checks.positive("clip", clip);
    Checks.positive("delta", delta);
    Checks.fraction("delta", delta);
  }
}
