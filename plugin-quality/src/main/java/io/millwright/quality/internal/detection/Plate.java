package io.millwright.quality.internal.detection;

import io.millwright.api.data.Image;
import io.millwright.quality.Box;
import io.millwright.quality.Mark;
import io.millwright.quality.MarkedImage;
import io.millwright.quality.internal.images.Shrinking;
import java.util.ArrayList;
import java.util.List;

/**
 * An image as the network sees it: one byte for each pixel and channel, with its mean and spread.
 * Immutable; the array is not to be changed.
 *
 * @param grid its size
 * @param channels 1 for grey, 3 for colour
 * @param bytes row by row, channels of a pixel together
 * @param mean of grey, as a fraction of white
 * @param deviation of grey, above 0
 */
record Plate(Grid grid, int channels, byte[] bytes, double mean, double deviation) {

  private static final double LEAST_DEVIATION = 1e-3;

  static Plate of(Image image, Grid grid, boolean colour) {
    float[] values = Shrinking.resized(image, grid.width(), grid.height(), colour);
    byte[] bytes = new byte[values.length];
    int channels = colour ? 3 : 1;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) Math.round(255 * Math.max(0, Math.min(1, values[i])));
      double v = (bytes[i] & 255) / 255.0;
      sum += v;
      squares += v * v;
    }
    double mean = sum / values.length;
    double deviation = Math.sqrt(Math.max(0, squares / values.length - mean * mean));
    return new Plate(grid, channels, bytes, mean, Math.max(LEAST_DEVIATION, deviation));
  }

  /** How many numbers the network sees of each pixel. */
  static int planes(boolean colour) {
    return colour ? 4 : 2;
  }

  /** Lays it out as it looks after a change: light taken out, and as it is. */
  void lay(Change change, float[] into, int at) {
    int planes = planes(channels == 3);
    int width = grid.width();
    int height = grid.height();
    double[] value = new double[channels];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double u = change.fromX(x + 0.5, y + 0.5, grid) - 0.5;
        double v = change.fromY(x + 0.5, y + 0.5, grid) - 0.5;
        sample(u, v, value);
        double grey = 0;
        for (double part : value) {
          grey += part / channels;
        }
        int to = at + (y * width + x) * planes;
        into[to] = (float) ((grey - mean) / deviation * change.contrast() + change.brightness());
        for (int c = 0; c < channels; c++) {
          into[to + 1 + c] = (float) (2 * (value[c] - 0.5) + 0.2 * change.brightness());
        }
      }
    }
  }

  private void sample(double u, double v, double[] value) {
    int left = (int) Math.floor(u);
    int top = (int) Math.floor(v);
    double a = u - left;
    double b = v - top;
    for (int c = 0; c < channels; c++) {
      value[c] =
          (1 - b) * ((1 - a) * pixel(left, top, c) + (a == 0 ? 0 : a * pixel(left + 1, top, c)))
              + (b == 0
                  ? 0
                  : b
                      * ((1 - a) * pixel(left, top + 1, c)
                          + (a == 0 ? 0 : a * pixel(left + 1, top + 1, c))));
    }
  }

  private double pixel(int x, int y, int channel) {
    int column = mirrored(x, grid.width());
    int row = mirrored(y, grid.height());
    return (bytes[(row * grid.width() + column) * channels + channel] & 255) / 255.0;
  }

  private static int mirrored(int at, int size) {
    int inside = at < 0 ? -at - 1 : at >= size ? 2 * size - 1 - at : at;
    return Math.max(0, Math.min(size - 1, inside));
  }

  /** The marks of an image in pixels of the network, with their classes. */
  static List<Placed> placed(MarkedImage image, Grid grid, List<String> classes) {
    double across = (double) grid.width() / image.image().width();
    double down = (double) grid.height() / image.image().height();
    List<Placed> placed = new ArrayList<>();
    for (Mark mark : image.marks()) {
      Box box = mark.box();
      placed.add(
          new Placed(
              classes.indexOf(mark.label()),
              new Box(
                  box.left() * across,
                  box.top() * down,
                  box.right() * across,
                  box.bottom() * down)));
    }
    return placed;
  }

  /** A box in pixels of the network, and the number of its class. */
  record Placed(int kind, Box box) {}
}
