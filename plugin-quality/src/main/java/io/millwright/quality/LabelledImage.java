package io.millwright.quality;

import io.millwright.api.data.Image;
import java.util.Objects;

/**
 * An image of a part, and what is to be seen on it.
 *
 * @param image the image; its name is what errors call it
 * @param label the class, such as {@code scratch} or {@code good}
 * @param group what the image belongs to, such as a coil or a lot: images of one group are never
 *     divided between training and judging. Empty when the image stands for itself
 */
public record LabelledImage(Image image, String label, String group) {

  /** Checks. */
  public LabelledImage {
    Objects.requireNonNull(image, "image");
    Objects.requireNonNull(group, "group");
    if (label.isBlank()) {
      throw new IllegalArgumentException(image + " has a blank label");
    }
  }

  /**
   * An image that stands for itself.
   *
   * @param image the image
   * @param label the class
   * @return the labelled image
   */
  public static LabelledImage of(Image image, String label) {
    return new LabelledImage(image, label, "");
  }
}
