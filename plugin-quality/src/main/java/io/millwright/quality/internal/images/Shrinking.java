package io.millwright.quality.internal.images;

import io.millwright.api.data.Image;

/** Images at another size: the mean of what each new pixel covers, first along rows. */
public final class Shrinking {

  private Shrinking() {}

  /** Fractions of white, {@code [height, width, channels]}, of one channel or three. */
  public static float[] resized(Image image, int width, int height, boolean colour) {
    int channels = colour ? 3 : 1;
    float[] from = channels(image, channels);
    int w = image.width();
    int h = image.height();
    float[] rows = new float[width * h * channels];
    for (int y = 0; y < h; y++) {
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < channels; c++) {
          rows[(y * width + x) * channels + c] =
              mean(
                  from,
                  y * w * channels + c,
                  channels,
                  w,
                  (double) x * w / width,
                  (double) w / width);
        }
      }
    }
    float[] all = new float[width * height * channels];
    for (int y = 0; y < height; y++) {
      for (int i = 0; i < width * channels; i++) {
        all[y * width * channels + i] =
            mean(rows, i, width * channels, h, (double) y * h / height, (double) h / height);
      }
    }
    return all;
  }

  /** The mean of a run that may begin and end within values. */
  private static float mean(float[] values, int at, int step, int count, double from, double size) {
    double sum = 0;
    double end = Math.min(count, from + size);
    for (int i = (int) from; i < end; i++) {
      sum += (Math.min(end, i + 1) - Math.max(from, i)) * values[at + i * step];
    }
    return (float) (sum / (end - from));
  }

  private static float[] channels(Image image, int wanted) {
    float[] from = image.fractions();
    int own = image.format().channels();
    if (own == wanted) {
      return from;
    }
    float[] to = new float[image.width() * image.height() * wanted];
    for (int p = 0; p < image.width() * image.height(); p++) {
      if (own == 1) {
        java.util.Arrays.fill(to, p * wanted, (p + 1) * wanted, from[p]);
      } else {
        to[p] = (from[p * own] + from[p * own + 1] + from[p * own + 2]) / 3;
      }
    }
    return to;
  }
}
