package io.millwright.core.learn;

import io.millwright.api.learn.PictureVariation;
import io.millwright.runtime.network.Shape;
import io.millwright.runtime.support.KeyedRandom;

/**
 * Varies images: one affine map for mirror, turn and crop, so that pixels are interpolated once;
 * then brightness, contrast and noise; then a square is cut out. Always draws the same number of
 * values before the noise, so that options do not shift each other's randomness.
 */
final class PictureVarying implements SampleVariation {

  private final PictureVariation how;
  private final int height;
  private final int width;
  private final int channels;

  PictureVarying(PictureVariation how, Shape shape) {
    this.how = how;
    this.height = shape.height();
    this.width = shape.steps();
    this.channels = shape.features();
  }

  @Override
  public void vary(float[] values, int offset, KeyedRandom random) {
    double mirrorX = random.nextDouble() < 0.5 && how.flips() ? -1 : 1;
    double mirrorY = random.nextDouble() < 0.5 && how.flips() ? -1 : 1;
    int quarter = random.nextInt(4);
    if (!how.quarterTurns()) {
      quarter = 0;
    } else if (width != height) {
      quarter = quarter / 2 * 2;
    }
    double turn = Math.toRadians(how.angle() * (2 * random.nextDouble() - 1));
    double kept = 1 - how.crop() * random.nextDouble();
    double shiftX = (1 - kept) * (random.nextDouble() - 0.5) * width;
    double shiftY = (1 - kept) * (random.nextDouble() - 0.5) * height;
    float factor = (float) Math.exp(how.contrast() * (2 * random.nextDouble() - 1));
    float light = (float) (how.brightness() * (2 * random.nextDouble() - 1));
    double noise = how.noise() * random.nextDouble();
    boolean cut = random.nextDouble() < 0.5 && how.cutOut() > 0;
    double cutX = random.nextDouble();
    double cutY = random.nextDouble();

    boolean straight = quarter == 0 && turn == 0 && kept == 1 && mirrorX == 1 && mirrorY == 1;
    if (!straight) {
      // Right angles exactly, so that pixels fall on pixels where nothing else is asked for.
      double cos = quarter == 0 ? 1 : quarter == 2 ? -1 : 0;
      double sin = quarter == 1 ? 1 : quarter == 3 ? -1 : 0;
      double c = cos * Math.cos(turn) - sin * Math.sin(turn);
      double s = sin * Math.cos(turn) + cos * Math.sin(turn);
      map(
          values,
          offset,
          new double[] {
            mirrorX * kept * c,
            -mirrorX * kept * s,
            shiftX,
            mirrorY * kept * s,
            mirrorY * kept * c,
            shiftY
          });
    }
    int size = width * height * channels;
    for (int i = offset; i < offset + size; i++) {
      values[i] = values[i] * factor + light;
    }
    if (noise > 0) {
      for (int i = offset; i < offset + size; i++) {
        values[i] += (float) (noise * gaussian(random));
      }
    }
    if (cut) {
      cutOut(values, offset, cutX, cutY);
    }
  }

  /**
   * A sum of four uniform values of 16 bits each, of the same mean and variance as a normal value
   * and close to it within three deviations: an image needs thousands of them in every step.
   */
  private static double gaussian(KeyedRandom random) {
    long bits = random.nextLong();
    double sum = (bits & 0xFFFF) + (bits >>> 16 & 0xFFFF) + (bits >>> 32 & 0xFFFF) + (bits >>> 48);
    return (sum - 2 * 65535) * (Math.sqrt(3) / 65536);
  }

  /** Replaces the image by what stands at {@code A (x, y) + t} from its middle, interpolated. */
  private void map(float[] values, int offset, double[] a) {
    float[] old = new float[width * height * channels];
    System.arraycopy(values, offset, old, 0, old.length);
    double middleX = (width - 1) / 2.0;
    double middleY = (height - 1) / 2.0;
    int to = offset;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double fromX = a[0] * (x - middleX) + a[1] * (y - middleY) + a[2] + middleX;
        double fromY = a[3] * (x - middleX) + a[4] * (y - middleY) + a[5] + middleY;
        int x0 = (int) Math.floor(fromX);
        int y0 = (int) Math.floor(fromY);
        float wx = (float) (fromX - x0);
        float wy = (float) (fromY - y0);
        int left = mirrored(x0, width) * channels;
        int right = mirrored(x0 + 1, width) * channels;
        int top = mirrored(y0, height) * width * channels;
        int bottom = mirrored(y0 + 1, height) * width * channels;
        for (int k = 0; k < channels; k++) {
          float upper = old[top + left + k] * (1 - wx) + old[top + right + k] * wx;
          float lower = old[bottom + left + k] * (1 - wx) + old[bottom + right + k] * wx;
          values[to++] = upper * (1 - wy) + lower * wy;
        }
      }
    }
  }

  /** The place within the image that a place outside mirrors. */
  private static int mirrored(int at, int size) {
    if (at >= 0 && at < size) {
      return at;
    }
    int within = Math.floorMod(at, 2 * size);
    return within < size ? within : 2 * size - 1 - within;
  }

  private void cutOut(float[] values, int offset, double cutX, double cutY) {
    int side = Math.max(1, (int) Math.round(how.cutOut() * Math.min(width, height)));
    int left = (int) (cutX * (width - side + 1));
    int top = (int) (cutY * (height - side + 1));
    for (int y = top; y < top + side; y++) {
      int from = offset + (y * width + left) * channels;
      java.util.Arrays.fill(values, from, from + side * channels, 0f);
    }
  }
}
