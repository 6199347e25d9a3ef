package io.millwright.runtime.network;

/**
 * What flows between layers, without the batch: a vector when {@code steps} is 0, an image when
 * {@code height} is not, otherwise a sequence. Batches are laid out row-major as {@code [count,
 * features]}, {@code [count, steps, features]} or {@code [count, height, steps, features]}.
 *
 * @param height the number of rows of an image, 0 for a vector or a sequence
 * @param steps the number of steps, or the width of an image; 0 for a vector
 * @param features the number of features, or of an image's channels
 */
public record Shape(int height, int steps, int features) {

  /** Checks. */
  public Shape {
    if (height < 0 || steps < 0 || features < 1 || (height > 0 && steps < 1)) {
      throw new IllegalArgumentException(
          "shape of height " + height + ", " + steps + " steps and " + features + " features");
    }
  }

  /** A vector or a sequence. */
  public Shape(int steps, int features) {
    this(0, steps, features);
  }

  /** Whether this is a sequence. */
  public boolean isSequence() {
    return height == 0 && steps > 0;
  }

  /** Whether this is an image. */
  public boolean isImage() {
    return height > 0;
  }

  /** The number of steps of a sequence, of pixels of an image; 1 for a vector. */
  public int positions() {
    return Math.multiplyExact(Math.max(1, height), Math.max(1, steps));
  }

  /** The number of values. */
  public int size() {
    return Math.multiplyExact(positions(), features);
  }

  @Override
  public String toString() {
    if (isImage()) {
      return "an image of " + steps + " x " + height + " pixels with " + features + " channels";
    }
    return isSequence()
        ? "a sequence of " + steps + " steps with " + features + " features"
        : "a vector of " + features + " features";
  }
}
