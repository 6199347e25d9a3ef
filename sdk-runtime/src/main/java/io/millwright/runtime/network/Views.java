package io.millwright.runtime.network;

import java.util.ArrayList;
import java.util.List;

/**
 * The views of a picture that a network is asked for, and the mean of its outputs over them: the
 * arithmetic of {@link io.millwright.api.learn.Views}, the same wherever outputs are asked for.
 * Immutable and thread-safe.
 */
public final class Views {

  /** The input as it is, and nothing else. */
  public static final Views ONE = new Views(new Shape(0, 1), List.of(new View(0, false)));

  /** How many views, and values of them, a network gets at a time; one view at least. */
  private static final int MOST_VIEWS = 256;

  private static final int MOST_VALUES = 1 << 20;

  private final Shape shape;
  private final List<View> all;

  /**
   * One view.
   *
   * @param turns how many quarter turns clockwise, 0 to 3
   * @param mirrored whether left and right are swapped afterwards
   */
  public record View(int turns, boolean mirrored) {}

  /** Whatever computes the outputs of a batch. */
  @FunctionalInterface
  public interface Asked {
    /**
     * Computes.
     *
     * @param inputs {@code [count, input size]}; there may be room for more
     * @param count the number of inputs
     * @return {@code [count, outputs]}
     */
    float[] outputs(float[] inputs, int count);
  }

  private Views(Shape shape, List<View> all) {
    this.shape = shape;
    this.all = List.copyOf(all);
  }

  /** The views of pictures of a shape. */
  public static Views of(Shape picture, io.millwright.api.learn.Views step) {
    if (!picture.isImage()) {
      throw new IllegalArgumentException(picture + " has no views");
    }
    List<View> all = new ArrayList<>();
    int by = step.turned() && picture.height() == picture.steps() ? 1 : 2;
    for (int turns = 0; turns < 4; turns += by) {
      all.add(new View(turns, false));
      if (step.mirrored()) {
        all.add(new View(turns, true));
      }
    }
    return new Views(picture, all);
  }

  /** The views, in the order in which outputs are added up; the first is the input as it is. */
  public List<View> all() {
    return all;
  }

  /**
   * The mean outputs of a network over all views: summed in double precision in the order of the
   * views, then divided by their number.
   *
   * @param network asked for some hundred views at a time at most
   * @param inputs {@code [count, input size]}, row-major
   * @param count the number of inputs, at least 1
   * @return {@code [count, outputs]}, row-major
   */
  public float[] mean(Asked network, float[] inputs, int count) {
    if (all.size() == 1) {
      return network.outputs(inputs, count);
    }
    int each = all.size();
    int size = shape.size();
    int total = Math.multiplyExact(count, each);
    int most = Math.min(total, Math.max(1, Math.min(MOST_VIEWS, MOST_VALUES / size)));
    float[] batch = new float[most * size];
    double[] sums = new double[0];
    for (int from = 0; from < total; from += most) {
      int part = Math.min(most, total - from);
      for (int i = 0; i < part; i++) {
        int at = from + i;
        lay(all.get(at % each), inputs, at / each * size, batch, i * size);
      }
      float[] y = network.outputs(batch, part);
      int outputs = y.length / part;
      sums = from == 0 ? new double[count * outputs] : sums;
      for (int i = 0; i < part * outputs; i++) {
        sums[(from + i / outputs) / each * outputs + i % outputs] += y[i];
      }
    }
    float[] mean = new float[sums.length];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = (float) (sums[i] / each);
    }
    return mean;
  }

  /** Writes a view of a picture: pixel after pixel, from where it stands in the picture. */
  private void lay(View view, float[] from, int offset, float[] into, int at) {
    int width = shape.steps();
    int height = shape.height();
    int channels = shape.features();
    // The pixel at (x, y) of a view is the one at first + x right + y down of the picture.
    int first =
        switch (view.turns()) {
          case 0 -> 0;
          case 1 -> (height - 1) * width;
          case 2 -> height * width - 1;
          default -> width - 1;
        };
    int right =
        switch (view.turns()) {
          case 0 -> 1;
          case 1 -> -width;
          case 2 -> -1;
          default -> width;
        };
    int down =
        switch (view.turns()) {
          case 0 -> width;
          case 1 -> 1;
          case 2 -> -width;
          default -> -1;
        };
    if (view.mirrored()) {
      first += right * (width - 1);
      right = -right;
    }
    int to = at;
    for (int y = 0; y < height; y++) {
      int pixel = first + y * down;
      for (int x = 0; x < width; x++) {
        int start = offset + pixel * channels;
        for (int k = 0; k < channels; k++) {
          into[to++] = from[start + k];
        }
        pixel += right;
      }
    }
  }
}
