package io.millwright.api.learn;

/**
 * Test-time augmentation: each network is asked for several views of an image, and the mean of its
 * outputs (logits where it tells classes apart) is its answer (Simonyan and Zisserman 2015, section
 * 3.2). Right where an image means the same from every side, as a surface does, and best where
 * training varied images alike. Every prediction costs as many times more as there are views;
 * training does not, but for the judging at its end, since early stopping looks at the image as it
 * is. Immutable and thread-safe.
 *
 * <p>The views are the image turned clockwise by 0, 90, 180 and 270 degrees, in this order, each
 * followed by its mirror image, left and right swapped. Pixels are moved, never interpolated.
 * Images that are not square once prepared are turned by 0 and 180 degrees only. So are those that
 * are mirrored but not turned, since mirroring both ways is half a turn. With both there are 8
 * views of a square image and 4 of others; mirrored alone 4; turned alone 4 and 2.
 *
 * @param mirrored whether images may be mirrored, left and right as well as up and down
 * @param turned whether images may be turned by right angles
 */
public record Views(boolean mirrored, boolean turned) {

  /**
   * One view: the image as it is, and all that is not an image.
   *
   * @return the views
   */
  public static Views one() {
    return new Views(false, false);
  }

  /**
   * Whether there is one view only.
   *
   * @return whether images are neither mirrored nor turned
   */
  public boolean single() {
    return !mirrored && !turned;
  }
}
