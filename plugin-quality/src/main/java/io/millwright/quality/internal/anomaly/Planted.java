package io.millwright.quality.internal.anomaly;

import io.millwright.api.data.Image;
import io.millwright.runtime.support.KeyedRandom;

/**
 * Draws a defect on a good image, to compare what sees it: a line, a spot with soft edges, a piece
 * from elsewhere (Li et al. 2021, "CutPaste"), or a soft rectangle, each darker or brighter. Its
 * kind, place, size and strength are drawn by a key.
 */
final class Planted {

  private static final int KINDS = 4;

  private Planted() {}

  static Image on(Image image, KeyedRandom random) {
    int width = image.width();
    int height = image.height();
    int channels = image.format().channels();
    float[] values = image.fractions();
    double mean = 0;
    double squares = 0;
    for (float v : values) {
      mean += v / values.length;
      squares += (double) v * v / values.length;
    }
    double deviation = Math.sqrt(Math.max(1e-4, squares - mean * mean));
    double strength = (random.nextDouble() < 0.5 ? -1 : 1) * between(random, 0.5, 2) * deviation;
    double side = Math.sqrt((double) width * height);
    double x = between(random, 0.08, 0.92) * width;
    double y = between(random, 0.08, 0.92) * height;
    int kind = random.nextInt(KINDS);
    double turn = between(random, 0, Math.PI);
    double a = between(random, 0, 1);
    double b = between(random, 0, 1);
    int fromX = random.nextInt(width);
    int fromY = random.nextInt(height);
    byte[] bytes = image.bytes().clone();
    for (int v = 0; v < height; v++) {
      for (int u = 0; u < width; u++) {
        double along = ((u - x) * Math.cos(turn) + (v - y) * Math.sin(turn)) / side;
        double beside = (-(u - x) * Math.sin(turn) + (v - y) * Math.cos(turn)) / side;
        double upright = Math.abs(u - x) / side;
        double level = Math.abs(v - y) / side;
        double part =
            switch (kind) {
              case 0 ->
                  Math.abs(along) < 0.1 + 0.3 * a ? 1.5 * bell(beside / (0.006 + 0.01 * b)) : 0;
              case 1 -> bell(Math.hypot(along / (0.02 + 0.13 * a), beside / (0.02 + 0.13 * b)));
              case 2 -> upright < 0.03 + 0.12 * a && level < 0.03 + 0.12 * b ? 1 : 0;
              default ->
                  0.7
                      * soft((0.04 + 0.21 * a - upright) / 0.015)
                      * soft((0.04 + 0.21 * b - level) / 0.015);
            };
        if (part < 1e-3) {
          continue;
        }
        for (int c = 0; c < channels; c++) {
          int at = (v * width + u) * channels + c;
          double value = values[at] + part * strength;
          if (kind == 2) {
            int column = Math.floorMod(fromX + u - (int) x, width);
            int row = Math.floorMod(fromY + v - (int) y, height);
            value = values[(row * width + column) * channels + c];
          }
          put(bytes, at, Math.max(0, Math.min(1, value)), image.format());
        }
      }
    }
    return Image.ofBytes(image.name(), width, height, image.format(), bytes);
  }

  private static double between(KeyedRandom random, double low, double high) {
    return low + (high - low) * random.nextDouble();
  }

  private static double bell(double distance) {
    return Math.exp(-distance * distance);
  }

  private static double soft(double inside) {
    return 1 / (1 + Math.exp(-2 * inside));
  }

  private static void put(byte[] bytes, int at, double value, Image.Format format) {
    if (format == Image.Format.GREY16) {
      int whole = (int) Math.round(value * format.most());
      bytes[2 * at] = (byte) (whole >> 8);
      bytes[2 * at + 1] = (byte) whole;
    } else {
      bytes[at] = (byte) Math.round(value * format.most());
    }
  }
}
