package io.millwright.personalization.internal.recommend;

import java.util.Arrays;

/**
 * What the customer had before, the latest first: for spare parts that wear and are bought again.
 */
final class Repeats implements Scorer {

  private static final double RECENCY = 0.9;

  @Override
  public String name() {
    return "own history";
  }

  @Override
  public void score(int[] history, float[] into) {
    Arrays.fill(into, 0);
    double weight = 1;
    for (int t = history.length - 1; t >= 0; t--) {
      into[history[t]] += (float) weight;
      weight *= RECENCY;
    }
  }
}
