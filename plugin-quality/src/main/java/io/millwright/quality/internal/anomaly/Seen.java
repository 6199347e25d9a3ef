package io.millwright.quality.internal.anomaly;

import io.millwright.api.data.Image;
import io.millwright.quality.internal.images.Light;
import java.util.Arrays;
import java.util.List;

/**
 * How images were taken from which a model learnt: what cells do not tell, since they see an image
 * squared, in mean light.
 *
 * @param low the least ratio of sides, mean and deviation of the light
 * @param high the largest of each
 */
record Seen(double[] low, double[] high) {

  private static final int TRAITS = 3;

  /** How far beyond what was seen still counts as alike, as a part of the values... */
  private static final double MARGIN = 0.1;

  /** ... and of their range. */
  private static final double RANGE = 0.5;

  static Seen of(List<Image> images) {
    double[] low = new double[TRAITS];
    double[] high = new double[TRAITS];
    Arrays.fill(low, Double.POSITIVE_INFINITY);
    Arrays.fill(high, Double.NEGATIVE_INFINITY);
    for (Image image : images) {
      double[] traits = traits(image);
      for (int k = 0; k < TRAITS; k++) {
        low[k] = Math.min(low[k], traits[k]);
        high[k] = Math.max(high[k], traits[k]);
      }
    }
    return new Seen(low, high);
  }

  /** From the numbers of a bundle. */
  static Seen of(double[] numbers) {
    return new Seen(
        Arrays.copyOf(numbers, TRAITS), Arrays.copyOfRange(numbers, TRAITS, 2 * TRAITS));
  }

  double[] numbers() {
    double[] all = Arrays.copyOf(low, 2 * TRAITS);
    System.arraycopy(high, 0, all, TRAITS, TRAITS);
    return all;
  }

  /** Whether an image has other sides or another light than all of training. */
  boolean beyond(Image image) {
    double[] traits = traits(image);
    for (int k = 0; k < TRAITS; k++) {
      double range = RANGE * (high[k] - low[k]);
      if (traits[k] < low[k] - Math.max(MARGIN * low[k], range)
          || traits[k] > high[k] + Math.max(MARGIN * high[k], range)) {
        return true;
      }
    }
    return false;
  }

  private static double[] traits(Image image) {
    Light light = Light.of(image);
    return new double[] {(double) image.width() / image.height(), light.mean(), light.deviation()};
  }
}
