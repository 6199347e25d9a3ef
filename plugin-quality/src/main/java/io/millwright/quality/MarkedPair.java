package io.millwright.quality;

import java.util.List;
import java.util.Objects;

/**
 * A pair of images with all labelled defects of the part in question, or one that nobody labelled.
 *
 * @param pair the images
 * @param marks the defects, boxes in pixels of the image in question; none for a good part
 * @param group what the pair belongs to, such as a board: pairs of a group judge together. Empty
 *     when it stands for itself
 * @param labelled whether somebody looked: no defect of a labelled pair means a good part, of one
 *     that is not labelled nothing, and it is neither learnt from nor judged by
 */
public record MarkedPair(ImagePair pair, List<Mark> marks, String group, boolean labelled) {

  /** Copies and checks. */
  public MarkedPair {
    Objects.requireNonNull(pair, "pair");
    marks = List.copyOf(marks);
    Objects.requireNonNull(group, "group");
    if (!labelled && !marks.isEmpty()) {
      throw new IllegalArgumentException(
          "a pair with " + marks.size() + " defects is said not to be labelled");
    }
  }

  /**
   * A labelled pair.
   *
   * @param pair the images
   * @param marks all defects; none for a good part
   * @param group what the pair belongs to, or empty
   */
  public MarkedPair(ImagePair pair, List<Mark> marks, String group) {
    this(pair, marks, group, true);
  }

  /**
   * A pair of which nobody said whether it has defects.
   *
   * @param pair the images
   * @return the pair
   */
  public static MarkedPair unlabelled(ImagePair pair) {
    return new MarkedPair(pair, List.of(), "", false);
  }
}
