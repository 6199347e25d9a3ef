package io.millwright.api.learn;

/**
 * The outputs of a network beside what they should have been. The arrays may have room for more
 * samples than are filled.
 */
public final class LossBatch {
  private final float[] outputs;
  private final int width;
  private final float[] targets;
  private final int targetWidth;
  private final float[] weights;
  private final int count;

  /**
   * Joins outputs and targets; takes the arrays over.
   *
   * @param outputs {@code [count, width]}, row-major
   * @param width the number of outputs of a sample
   * @param targets {@code [count, targetWidth]}, row-major; NaN where a target is not known
   * @param targetWidth the number of targets of a sample
   * @param weights {@code [count]}, how much each sample counts, not negative
   * @param count the number of samples
   */
  public LossBatch(
      float[] outputs, int width, float[] targets, int targetWidth, float[] weights, int count) {
    this.outputs = outputs;
    this.width = width;
    this.targets = targets;
    this.targetWidth = targetWidth;
    this.weights = weights;
    this.count = count;
  }

  /**
   * The outputs.
   *
   * @return {@code [count, width]}
   */
  public float[] outputs() {
    return outputs;
  }

  /**
   * The outputs of a sample.
   *
   * @return their number
   */
  public int width() {
    return width;
  }

  /**
   * The targets.
   *
   * @return {@code [count, targetWidth]}
   */
  public float[] targets() {
    return targets;
  }

  /**
   * The targets of a sample.
   *
   * @return their number
   */
  public int targetWidth() {
    return targetWidth;
  }

  /**
   * How much each sample counts.
   *
   * @return {@code [count]}
   */
  public float[] weights() {
    return weights;
  }

  /**
   * The samples.
   *
   * @return their number
   */
  public int count() {
    return count;
  }
}
