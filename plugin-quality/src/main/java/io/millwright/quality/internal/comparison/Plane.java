package io.millwright.quality.internal.comparison;

import io.millwright.api.data.Image;
import io.millwright.quality.internal.images.Shrinking;
import java.util.Arrays;

/**
 * A grey image as numbers. Immutable; the array is not to be changed.
 *
 * @param width the pixels of a row
 * @param height the rows
 * @param values fractions of white, row by row
 */
record Plane(int width, int height, float[] values) {

  static Plane of(Image image) {
    return new Plane(
        image.width(),
        image.height(),
        Shrinking.resized(image, image.width(), image.height(), false));
  }

  /** The value at a place, that of the border outside. */
  float at(int x, int y) {
    int column = Math.max(0, Math.min(width - 1, x));
    int row = Math.max(0, Math.min(height - 1, y));
    return values[row * width + column];
  }

  /** The mean of blocks; what does not fill one at the right and below is left out. */
  Plane reduced(int block) {
    if (block == 1) {
      return this;
    }
    int wide = width / block;
    int high = height / block;
    float[] means = new float[wide * high];
    for (int y = 0; y < high * block; y++) {
      for (int x = 0; x < wide * block; x++) {
        means[y / block * wide + x / block] += values[y * width + x] / (block * block);
      }
    }
    return new Plane(wide, high, means);
  }

  /** The value between pixels by bilinear interpolation, that of the border outside. */
  float between(double x, double y) {
    int left = (int) Math.floor(x);
    int top = (int) Math.floor(y);
    float a = (float) (x - left);
    float b = (float) (y - top);
    return (1 - b) * ((1 - a) * at(left, top) + a * at(left + 1, top))
        + b * ((1 - a) * at(left, top + 1) + a * at(left + 1, top + 1));
  }

  /** As it lies in an image. */
  Plane placed(Alignment alignment, int wide, int high) {
    float[] to = new float[wide * high];
    for (int y = 0; y < high; y++) {
      for (int x = 0; x < wide; x++) {
        to[y * wide + x] = between(alignment.x(x, y), alignment.y(x, y));
      }
    }
    return new Plane(wide, high, to);
  }

  /** Softened by the binomial weights 1, 4, 6, 4, 1 in both directions. */
  Plane blurred() {
    float[] lines = new float[values.length];
    float[] all = new float[values.length];
    Plane first = new Plane(width, height, lines);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        lines[y * width + x] =
            (at(x - 2, y) + at(x + 2, y) + 4 * (at(x - 1, y) + at(x + 1, y)) + 6 * at(x, y)) / 16;
      }
    }
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        all[y * width + x] =
            (first.at(x, y - 2)
                    + first.at(x, y + 2)
                    + 4 * (first.at(x, y - 1) + first.at(x, y + 1))
                    + 6 * first.at(x, y))
                / 16;
      }
    }
    return new Plane(width, height, all);
  }

  /** The least or the largest value of the square around each pixel. */
  Plane envelope(int radius, boolean largest) {
    float[] lines = new float[values.length];
    float[] all = new float[values.length];
    Plane first = new Plane(width, height, lines);
    for (int pass = 0; pass < 2; pass++) {
      Plane from = pass == 0 ? this : first;
      float[] to = pass == 0 ? lines : all;
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          float best = from.at(x, y);
          for (int k = -radius; k <= radius; k++) {
            float v = pass == 0 ? from.at(x + k, y) : from.at(x, y + k);
            best = largest ? Math.max(best, v) : Math.min(best, v);
          }
          to[y * width + x] = best;
        }
      }
    }
    return new Plane(width, height, all);
  }

  /** The value below which a part of the pixels lies. */
  double quantile(double part) {
    float[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[(int) Math.min(sorted.length - 1L, Math.round(part * sorted.length))];
  }
}
