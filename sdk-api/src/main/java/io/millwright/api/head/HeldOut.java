package io.millwright.api.head;

import java.util.ArrayList;
import java.util.List;

/**
 * What networks said of samples that they had not seen, beside the truth. The arrays must not be
 * changed.
 *
 * @param said for each sample what {@link FittedHead#say} made of the outputs, averaged over the
 *     networks that judge it
 * @param targets for each sample its targets, as {@link FittedHead#target} laid them out
 * @param groups the group of each sample
 */
public record HeldOut(double[][] said, float[][] targets, List<String> groups) {
  /** Checks and copies the groups. */
  public HeldOut {
    groups = List.copyOf(groups);
    if (said.length != targets.length || groups.size() != said.length) {
      throw new IllegalArgumentException(
          said.length + " outputs, " + targets.length + " targets, " + groups.size() + " groups");
    }
  }

  /**
   * How many samples there are.
   *
   * @return the number of samples
   */
  public int size() {
    return said.length;
  }

  /**
   * Some of the samples.
   *
   * @param chosen their places
   * @return these, in that order
   */
  public HeldOut some(int[] chosen) {
    double[][] some = new double[chosen.length][];
    float[][] truths = new float[chosen.length][];
    List<String> names = new ArrayList<>(chosen.length);
    for (int i = 0; i < chosen.length; i++) {
      some[i] = said[chosen[i]];
      truths[i] = targets[chosen[i]];
      names.add(groups.get(chosen[i]));
    }
    return new HeldOut(some, truths, names);
  }
}
