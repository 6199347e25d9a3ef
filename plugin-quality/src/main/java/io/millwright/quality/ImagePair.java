package io.millwright.quality;

import io.millwright.api.data.Image;

/**
 * An image of a part beside that of a golden template, taken from the same place.
 *
 * @param template the image of a part that is as it should be
 * @param test the image of the part in question, of the same size
 */
public record ImagePair(Image template, Image test) {

  /** Checks. */
  public ImagePair {
    if (template.width() != test.width() || template.height() != test.height()) {
      throw new IllegalArgumentException(
          "the template, " + template + ", has another size than the part, " + test);
    }
  }
}
