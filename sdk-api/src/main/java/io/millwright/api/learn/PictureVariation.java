package io.millwright.api.learn;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Image augmentation: which changes of an image a network learns not to mind. Sizes are in units of
 * the prepared image; what comes in from outside the image is its mirror image. Each method gives a
 * new variation. Immutable and thread-safe.
 */
public final class PictureVariation implements Variation {

  private final boolean flips;
  private final boolean quarterTurns;
  private final double angle;
  private final double crop;
  private final double brightness;
  private final double contrast;
  private final double noise;
  private final double cutOut;

  private PictureVariation(
      boolean flips,
      boolean quarterTurns,
      double angle,
      double crop,
      double brightness,
      double contrast,
      double noise,
      double cutOut) {
    Checks.notNegative("angle", angle);
    Checks.notNegative("crop", crop);
    Checks.notNegative("brightness", brightness);
    Checks.notNegative("contrast", contrast);
    Checks.notNegative("noise", noise);
    Checks.notNegative("cutOut", cutOut);
    if (angle > 180 || crop > 0.9 || cutOut > 0.9) {
      throw new IllegalArgumentException(
          "angle is "
              + angle
              + ", crop "
              + crop
              + ", cutOut "
              + cutOut
              + ", but at most 180, 0.9 and 0.9 are possible");
    }
    this.flips = flips;
    this.quarterTurns = quarterTurns;
    this.angle = angle;
    this.crop = crop;
    this.brightness = brightness;
    this.contrast = contrast;
    this.noise = noise;
    this.cutOut = cutOut;
  }

  static PictureVariation none() {
    return new PictureVariation(false, false, 0, 0, 0, 0, 0, 0);
  }

  /**
   * The same with mirror images.
   *
   * @param value whether to mirror left and right, and up and down, each with probability 1/2
   * @return the new variation
   */
  public PictureVariation flips(boolean value) {
    return new PictureVariation(
        value, quarterTurns, angle, crop, brightness, contrast, noise, cutOut);
  }

  /**
   * The same with turns by right angles.
   *
   * @param value whether to turn by 0, 90, 180 or 270 degrees (images that are not square: by 0 or
   *     180)
   * @return the new variation
   */
  public PictureVariation quarterTurns(boolean value) {
    return new PictureVariation(flips, value, angle, crop, brightness, contrast, noise, cutOut);
  }

  /**
   * The same with turns by any angle.
   *
   * @param value the largest further turn either way, in degrees, at most 180; 0 for none
   * @return the new variation
   */
  public PictureVariation angle(double value) {
    return new PictureVariation(
        flips, quarterTurns, value, crop, brightness, contrast, noise, cutOut);
  }

  /**
   * The same with crops.
   *
   * @param value the largest part of each side that is cut away before the rest is stretched to
   *     full size, 0 to 0.9; the place is drawn too
   * @return the new variation
   */
  public PictureVariation crop(double value) {
    return new PictureVariation(
        flips, quarterTurns, angle, value, brightness, contrast, noise, cutOut);
  }

  /**
   * The same with shifts of brightness.
   *
   * @param value the largest shift up or down, in standard deviations of the prepared image; 0 for
   *     none
   * @return the new variation
   */
  public PictureVariation brightness(double value) {
    return new PictureVariation(flips, quarterTurns, angle, crop, value, contrast, noise, cutOut);
  }

  /**
   * The same with changes of contrast.
   *
   * @param value the largest natural logarithm, up or down, of a factor on all values; 0 for none
   * @return the new variation
   */
  public PictureVariation contrast(double value) {
    return new PictureVariation(flips, quarterTurns, angle, crop, brightness, value, noise, cutOut);
  }

  /**
   * The same with noise.
   *
   * @param value the largest standard deviation of normal noise, drawn between 0 and this for each
   *     image; 0 for none
   * @return the new variation
   */
  public PictureVariation noise(double value) {
    return new PictureVariation(
        flips, quarterTurns, angle, crop, brightness, contrast, value, cutOut);
  }

  /**
   * The same with cut-out squares.
   *
   * @param value the side of a square that is set to the mean with probability 1/2, as part of the
   *     shorter side, 0 to 0.9 (DeVries and Taylor 2017)
   * @return the new variation
   */
  public PictureVariation cutOut(double value) {
    return new PictureVariation(
        flips, quarterTurns, angle, crop, brightness, contrast, noise, value);
  }

  /** {@return whether to mirror left and right, and up and down, each with probability 1/2} */
  public boolean flips() {
    return flips;
  }

  /**
   * {@return whether to turn by 0, 90, 180 or 270 degrees (images that are not square: by 0 or
   * 180)}
   */
  public boolean quarterTurns() {
    return quarterTurns;
  }

  /** {@return the largest further turn either way, in degrees, at most 180; 0 for none} */
  public double angle() {
    return angle;
  }

  /**
   * {@return the largest part of each side that is cut away before the rest is stretched to full
   * size, 0 to 0.9; the place is drawn too}
   */
  public double crop() {
    return crop;
  }

  /**
   * {@return the largest shift up or down, in standard deviations of the prepared image; 0 for
   * none}
   */
  public double brightness() {
    return brightness;
  }

  /** {@return the largest natural logarithm, up or down, of a factor on all values; 0 for none} */
  public double contrast() {
    return contrast;
  }

  /**
   * {@return the largest standard deviation of normal noise, drawn between 0 and this for each
   * image; 0 for none}
   */
  public double noise() {
    return noise;
  }

  /**
   * {@return the side of a square that is set to the mean with probability 1/2, as part of the
   * shorter side, 0 to 0.9 (DeVries and Taylor 2017)}
   */
  public double cutOut() {
    return cutOut;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PictureVariation that && parts().equals(that.parts());
  }

  @Override
  public int hashCode() {
    return parts().hashCode();
  }

  @Override
  public String toString() {
    return "PictureVariation[flips="
        + flips
        + ", quarterTurns="
        + quarterTurns
        + ", angle="
        + angle
        + ", crop="
        + crop
        + ", brightness="
        + brightness
        + ", contrast="
        + contrast
        + ", noise="
        + noise
        + ", cutOut="
        + cutOut
        + "]";
  }

  private List<Object> parts() {
    return List.of(flips, quarterTurns, angle, crop, brightness, contrast, noise, cutOut);
  }
}
