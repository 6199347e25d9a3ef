package io.millwright.runtime.prepare;

import io.millwright.api.data.Image;

/** Images as arrays of numbers, for what is no preparation of our own networks. */
public final class Pixels {

  private Pixels() {}

  /**
   * An image in grey or colour at another size, by the mean of what each new pixel covers (bilinear
   * where it covers less than a pixel).
   *
   * @return fractions of white, {@code [height, width, channels]}
   */
  public static float[] resized(Image image, int width, int height, boolean colour) {
    return PictureOp.resized(image, width, height, colour);
  }
}
