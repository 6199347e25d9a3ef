package io.millwright.quality;

import io.millwright.api.data.Image;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * An image with all its labelled defects.
 *
 * @param image the image; its name is what errors call it
 * @param marks the defects; none for an image of a good part
 * @param mask an image of the same size that is not black where a defect is, or empty when only
 *     boxes are known
 * @param group what the image belongs to: images of one group are never divided between training
 *     and judging. Empty when the image stands for itself
 */
public record MarkedImage(Image image, List<Mark> marks, Optional<Image> mask, String group) {

  /** Copies and checks. */
  public MarkedImage {
    marks = List.copyOf(marks);
    Objects.requireNonNull(group, "group");
    mask.ifPresent(
        m -> {
          if (m.width() != image.width() || m.height() != image.height()) {
            throw new IllegalArgumentException(
                "the mask " + m + " has another size than the image " + image);
          }
        });
    for (Mark mark : marks) {
      Box box = mark.box();
      if (box.right() <= 0
          || box.bottom() <= 0
          || box.left() >= image.width()
          || box.top() >= image.height()) {
        throw new IllegalArgumentException(mark + " lies outside " + image);
      }
    }
  }

  /**
   * An image that stands for itself, with boxes alone.
   *
   * @param image the image
   * @param marks the defects
   * @return the marked image
   */
  public static MarkedImage of(Image image, List<Mark> marks) {
    return new MarkedImage(image, marks, Optional.empty(), "");
  }
}
