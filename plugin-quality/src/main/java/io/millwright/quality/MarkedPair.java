package io.millwright.quality;

import java.util.List;
import java.util.Objects;

/**
 * A pair of images with all labelled defects of the part in question.
 *
 * @param pair the images
 * @param marks the defects, boxes in pixels of the image in question; none for a good part
 * @param group what the pair belongs to, such as a board: pairs of a group judge together. Empty
 *     when it stands for itself
 */
public record MarkedPair(ImagePair pair, List<Mark> marks, String group) {

  /** Copies and checks. */
  public MarkedPair {
    Objects.requireNonNull(pair, "pair");
    marks = List.copyOf(marks);
    Objects.requireNonNull(group, "group");
  }
}
