package io.millwright.quality;

import java.util.Objects;

/**
 * A labelled defect on an image (ground truth box).
 *
 * @param label its class
 * @param box where it is
 */
public record Mark(String label, Box box) {

  /** Checks. */
  public Mark {
    Objects.requireNonNull(box, "box");
    if (label.isBlank()) {
      throw new IllegalArgumentException("a defect at " + box + " has a blank label");
    }
  }
}
