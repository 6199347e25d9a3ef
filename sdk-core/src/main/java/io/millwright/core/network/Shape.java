package io.millwright.core.network;

/**
 * What flows between layers, without the batch: a vector when {@code steps} is 0, otherwise a
 * sequence. Batches are laid out row-major as {@code [count, features]} or {@code [count, steps,
 * features]}.
 *
 * @param steps the number of steps, 0 for a vector
 * @param features the number of features
 */
public record Shape(int steps, int features) {

  /** Checks. */
  public Shape {
    if (steps < 0 || features < 1) {
      throw new IllegalArgumentException(
          "shape of " + steps + " steps and " + features + " features");
    }
  }

  /** Whether this is a sequence. */
  public boolean isSequence() {
    return steps > 0;
  }

  /** The number of values. */
  public int size() {
    return Math.max(1, steps) * features;
  }

  @Override
  public String toString() {
    return isSequence()
        ? "a sequence of " + steps + " steps with " + features + " features"
        : "a vector of " + features + " features";
  }
}
