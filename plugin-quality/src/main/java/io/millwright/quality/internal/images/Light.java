package io.millwright.quality.internal.images;

import io.millwright.api.data.Image;

/**
 * The light of an image over all its numbers, as fractions of full light.
 *
 * @param mean how bright it is
 * @param deviation its contrast
 */
public record Light(double mean, double deviation) {

  /** Looks. */
  public static Light of(Image image) {
    float[] all = image.fractions();
    double sum = 0;
    double squares = 0;
    for (float v : all) {
      sum += v;
      squares += (double) v * v;
    }
    double mean = sum / all.length;
    return new Light(mean, Math.sqrt(Math.max(0, squares / all.length - mean * mean)));
  }
}
