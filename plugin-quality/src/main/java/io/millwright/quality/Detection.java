package io.millwright.quality;

import java.util.Objects;

/**
 * A defect that was detected.
 *
 * @param label its class
 * @param box where it is, within the image
 * @param confidence the calibrated probability that a defect of this class is there, with a box
 *     that overlaps this one by half (IoU at least 0.5)
 */
public record Detection(String label, Box box, double confidence) {

  /** Checks. */
  public Detection {
    Objects.requireNonNull(label, "label");
    Objects.requireNonNull(box, "box");
    if (!(confidence >= 0 && confidence <= 1)) {
      throw new IllegalArgumentException("a confidence of " + confidence);
    }
  }
}
