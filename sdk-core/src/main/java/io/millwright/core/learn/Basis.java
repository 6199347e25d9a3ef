package io.millwright.core.learn;

import io.millwright.api.learn.Activation;
import io.millwright.api.learn.Network;
import io.millwright.api.learn.Networks;
import io.millwright.runtime.network.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a linear model weighs: columns as they are, or also their truncated lines, which make it an
 * additive model (Hastie and Tibshirani 1986; linear splines). A truncated line is a unit of a ReLU
 * layer, so that the model is a small perceptron, and every runtime can answer with it.
 *
 * @param columns the features that are looked at
 * @param hinges the truncated lines; empty for columns as they are
 */
record Basis(int[] columns, List<Hinge> hinges) {

  /**
   * A truncated line: {@code scale * max(0, sign * (x - knot))}.
   *
   * @param column its place among the columns
   * @param sign 1 for what lies above the knot, -1 for what lies below
   */
  record Hinge(int column, double knot, int sign, double scale) {}

  static Basis plain(int[] columns) {
    return new Basis(columns, List.of());
  }

  /**
   * Columns whose lines may bend.
   *
   * @param bent how many of the first columns may; the others stay straight
   * @param rows {@code [items, columns]}, by which knots are laid
   * @param shares where the knots lie, as shares of the items, rising
   */
  static Basis bent(int[] columns, int bent, float[] rows, double[] shares) {
    List<Hinge> hinges = new ArrayList<>();
    int items = rows.length / Math.max(1, columns.length);
    for (int c = 0; c < columns.length; c++) {
      float[] sorted = new float[items];
      for (int i = 0; i < items; i++) {
        sorted[i] = rows[i * columns.length + c];
      }
      float[] values = sorted.clone();
      Arrays.sort(sorted);
      double middle = sorted[items / 2];
      // Two lines that meet at the middle can make one straight line.
      add(hinges, c, middle, 1, values);
      add(hinges, c, middle, -1, values);
      double last = Double.NaN;
      for (double share : shares) {
        double knot = sorted[(int) (share * (items - 1))];
        if (c < bent && knot != middle && knot != last) {
          add(hinges, c, knot, knot > middle ? 1 : -1, values);
        }
        last = knot;
      }
    }
    return new Basis(columns, hinges);
  }

  /** A hinge that never bends, or hardly ever, is none. */
  private static void add(List<Hinge> hinges, int column, double knot, int sign, float[] values) {
    double sum = 0;
    double squares = 0;
    for (float v : values) {
      double h = Math.max(0, sign * (v - knot));
      sum += h / values.length;
      squares += h * h / values.length;
    }
    double variance = squares - sum * sum;
    if (variance > 1e-6) {
      hinges.add(new Hinge(column, knot, sign, 1 / Math.sqrt(variance)));
    }
  }

  int width() {
    return hinges.isEmpty() ? columns.length : hinges.size();
  }

  /** What is weighed of rows of columns: {@code [items, width]}. */
  float[] of(float[] rows, int items) {
    if (hinges.isEmpty()) {
      return rows;
    }
    float[] all = new float[Math.multiplyExact(items, hinges.size())];
    for (int i = 0; i < items; i++) {
      for (int h = 0; h < hinges.size(); h++) {
        Hinge hinge = hinges.get(h);
        double x = rows[i * columns.length + hinge.column];
        all[i * hinges.size() + h] =
            (float) (hinge.scale * Math.max(0, hinge.sign * (x - hinge.knot)));
      }
    }
    return all;
  }

  Network network() {
    return hinges.isEmpty() ? Networks.linear() : Networks.mlp(Activation.RELU, hinges.size());
  }

  /**
   * Writes a fit as the weights of {@link #network}.
   *
   * @param w {@code [outputs, width + 1]}
   * @param features how many features the network sees
   * @param into all 0
   */
  void lay(double[] w, int outputs, int features, Weights into) {
    int last = hinges.isEmpty() ? 0 : 2;
    for (int h = 0; h < hinges.size(); h++) {
      Hinge hinge = hinges.get(h);
      into.get(0)[h * features + columns[hinge.column]] = (float) (hinge.sign * hinge.scale);
      into.get(1)[h] = (float) (-hinge.sign * hinge.scale * hinge.knot);
    }
    int width = width();
    int stride = hinges.isEmpty() ? features : width;
    for (int k = 0; k < outputs; k++) {
      int from = k * (width + 1);
      for (int j = 0; j < width; j++) {
        int at = hinges.isEmpty() ? columns[j] : j;
        into.get(last)[k * stride + at] = (float) w[from + j];
      }
      into.get(last + 1)[k] = (float) w[from + width];
    }
  }
}
