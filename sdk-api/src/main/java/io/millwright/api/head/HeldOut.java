package io.millwright.api.head;

import java.util.ArrayList;
import java.util.List;

/**
 * What networks said of samples that they had not seen, beside the truth (out-of-fold predictions).
 * Made by the host, read by heads; the arrays must not be changed.
 */
public final class HeldOut {

  private final double[][] said;
  private final float[][] targets;
  private final List<String> groups;

  /**
   * Joins outputs and truths; takes the arrays over.
   *
   * @param said for each sample what {@link FittedHead#say} made of the outputs, averaged over the
   *     networks that judge it
   * @param targets for each sample its targets, as {@link FittedHead#target} laid them out
   * @param groups the group of each sample
   */
  public HeldOut(double[][] said, float[][] targets, List<String> groups) {
    this.said = said;
    this.targets = targets;
    this.groups = List.copyOf(groups);
    if (said.length != targets.length || groups.size() != said.length) {
      throw new IllegalArgumentException(
          said.length + " outputs, " + targets.length + " targets, " + groups.size() + " groups");
    }
  }

  /**
   * What was said.
   *
   * @return for each sample as many numbers as the head has outputs
   */
  public double[][] said() {
    return said;
  }

  /**
   * What is known of the truth.
   *
   * @return for each sample as many numbers as the head has targets
   */
  public float[][] targets() {
    return targets;
  }

  /**
   * What samples belong to.
   *
   * @return the group of each
   */
  public List<String> groups() {
    return groups;
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
