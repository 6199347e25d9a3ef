package io.millwright.runtime.prepare;

import io.millwright.api.ErrorCode;
import io.millwright.api.Flag;
import io.millwright.api.data.Image;
import io.millwright.api.learn.Step.Picture.Exposure;
import io.millwright.runtime.network.Shape;
import org.jspecify.annotations.Nullable;

/**
 * Turns an image into the network's input: colour, size, scale. Works on whole arrays, since an
 * image is one value of its row. Immutable.
 */
final class PictureOp {

  /** How far two ratios of sides may be apart: beyond it an image would be distorted. */
  private static final double DISTORTION = 1.05;

  /** A standard deviation below this, as a fraction of white, is no contrast at all. */
  static final double LEAST_CONTRAST = 1e-4;

  private static final double WHITE_OFFSET = 0.5;
  private static final double WHITE_FACTOR = 4;

  private final FittedStep.Picture step;

  PictureOp(FittedStep.Picture step) {
    this.step = step;
  }

  FittedStep.Picture step() {
    return step;
  }

  private int channels() {
    int seen = step.colour() ? 3 : 1;
    return step.exposure() == Exposure.BOTH ? 2 * seen : seen;
  }

  Shape shape() {
    return new Shape(step.height(), step.width(), channels());
  }

  int size() {
    return step.width() * step.height() * channels();
  }

  /**
   * Prepares an image.
   *
   * @param into filled from {@code offset} on, {@code [height, width, channels]}; left alone when
   *     the notes say that there is no answer
   */
  void apply(@Nullable Image image, float[] into, int offset, Notes notes) {
    if (image == null) {
      notes.giveUp();
      notes.find(
          ErrorCode.MISSING_VALUE,
          notes.place(step.column()),
          "there is no image",
          "check the camera.");
      return;
    }
    if (!sameRatio(image.width(), image.height(), step.seenWidth(), step.seenHeight())) {
      notes.giveUp();
      notes.find(
          ErrorCode.WRONG_SHAPE,
          notes.place(step.column()),
          image
              + " has sides of another ratio than the training images of "
              + step.seenWidth()
              + " x "
              + step.seenHeight(),
          "crop it as the training images were cropped.");
      return;
    }
    float[] values = resized(image, step.width(), step.height(), step.colour());
    double[] moments = moments(values);
    if (!(moments[1] >= LEAST_CONTRAST)) {
      notes.giveUp();
      notes.find(
          ErrorCode.BAD_VALUE,
          notes.place(step.column()),
          image + " has no contrast: all pixels are about " + Math.round(100 * moments[0]) + " %",
          "check lamp, lens and camera.");
      return;
    }
    if (outside(moments[0], step.darkest(), step.brightest())
        || outside(moments[1], step.flattest(), step.sharpest())) {
      notes.flag(Flag.OUTSIDE_TRAINING_RANGE);
    }
    int seen = step.colour() ? 3 : 1;
    int all = channels();
    if (step.exposure() != Exposure.KEPT) {
      scale(values, moments[0], 1 / moments[1], seen, into, offset, all);
    }
    if (step.exposure() != Exposure.REMOVED) {
      scale(values, WHITE_OFFSET, WHITE_FACTOR, seen, into, offset + all - seen, all);
    }
  }

  /** Lays values out, of each pixel {@code seen} channels of {@code all}. */
  private static void scale(
      float[] values, double offset, double factor, int seen, float[] into, int from, int all) {
    for (int i = 0, to = from; i < values.length; to += all) {
      for (int c = 0; c < seen; c++) {
        into[to + c] = (float) ((values[i++] - offset) * factor);
      }
    }
  }

  private static boolean outside(double value, double low, double high) {
    double margin = 0.1 * (high - low) + 0.01;
    return value < low - margin || value > high + margin;
  }

  static boolean sameRatio(double width, double height, double otherWidth, double otherHeight) {
    double ratio = width / height * otherHeight / otherWidth;
    return ratio <= DISTORTION && ratio >= 1 / DISTORTION;
  }

  /** Mean and standard deviation. */
  static double[] moments(float[] values) {
    double sum = 0;
    for (float v : values) {
      sum += v;
    }
    double mean = sum / values.length;
    double squares = 0;
    for (float v : values) {
      double d = v - mean;
      squares += d * d;
    }
    return new double[] {mean, Math.sqrt(squares / values.length)};
  }

  /** The image in grey or colour at another size, {@code [height, width, channels]}. */
  static float[] resized(Image image, int width, int height, boolean colour) {
    float[] pixels = coloured(image, colour);
    int channels = colour ? 3 : 1;
    if (image.width() == width && image.height() == height) {
      return pixels;
    }
    Reach across = Reach.of(image.width(), width);
    Reach down = Reach.of(image.height(), height);
    // First every line to its new width, then every column to its new height.
    float[] narrow = new float[image.height() * width * channels];
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < channels; c++) {
          double sum = 0;
          for (int k = 0; k < across.shares[x].length; k++) {
            int from = across.first[x] + k;
            sum += across.shares[x][k] * pixels[(y * image.width() + from) * channels + c];
          }
          narrow[(y * width + x) * channels + c] = (float) sum;
        }
      }
    }
    float[] all = new float[height * width * channels];
    int line = width * channels;
    for (int y = 0; y < height; y++) {
      for (int i = 0; i < line; i++) {
        double sum = 0;
        for (int k = 0; k < down.shares[y].length; k++) {
          sum += down.shares[y][k] * narrow[(down.first[y] + k) * line + i];
        }
        all[y * line + i] = (float) sum;
      }
    }
    return all;
  }

  private static float[] coloured(Image image, boolean colour) {
    float[] values = image.fractions();
    boolean has = image.format().channels() == 3;
    if (has == colour) {
      return values;
    }
    int n = image.width() * image.height();
    float[] changed = new float[colour ? 3 * n : n];
    for (int i = 0; i < n; i++) {
      if (colour) {
        changed[3 * i] = values[i];
        changed[3 * i + 1] = values[i];
        changed[3 * i + 2] = values[i];
      } else {
        changed[i] =
            0.299f * values[3 * i] + 0.587f * values[3 * i + 1] + 0.114f * values[3 * i + 2];
      }
    }
    return changed;
  }

  /**
   * Which old pixels make up each new one, along one side, and with what shares.
   *
   * @param first the first old pixel of each new one
   * @param shares the shares of it and those after it, summing to 1
   */
  private record Reach(int[] first, double[][] shares) {

    static Reach of(int from, int to) {
      int[] first = new int[to];
      double[][] shares = new double[to][];
      double scale = (double) from / to;
      for (int i = 0; i < to; i++) {
        double centre = (i + 0.5) * scale;
        double half = Math.max(scale, 1) / 2;
        int low = (int) Math.floor(centre - half);
        int high = (int) Math.ceil(centre + half);
        double[] own = new double[Math.min(from, high) - Math.max(0, low)];
        double sum = 0;
        for (int p = Math.max(0, low); p < Math.min(from, high); p++) {
          double covered = Math.min(p + 1, centre + half) - Math.max(p, centre - half);
          own[p - Math.max(0, low)] = Math.max(0, covered);
          sum += Math.max(0, covered);
        }
        for (int k = 0; k < own.length; k++) {
          own[k] /= sum;
        }
        first[i] = Math.max(0, low);
        shares[i] = own;
      }
      return new Reach(first, shares);
    }
  }
}
