package io.millwright.benchmarks.quality;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What anyone would try first, written without any of the library: logistic regression (Newton, a
 * ridge of 1) and boosted trees (Friedman 2001: 100 trees of depth 3, a rate of 0.1, 32 bins,
 * leaves of 20 rows).
 */
final class Baselines {

  private static final int TREES = 100;
  private static final int DEPTH = 3;
  private static final double RATE = 0.1;
  private static final int BINS = 32;
  private static final int LEAF = 20;

  private final double[][] rows;
  private final boolean[] failed;
  private final int width;
  private final double[] mean;
  private final double[] deviation;

  Baselines(double[][] rows, boolean[] failed) {
    this.rows = rows;
    this.failed = failed;
    this.width = rows[0].length;
    mean = new double[width];
    deviation = new double[width];
    for (int j = 0; j < width; j++) {
      int column = j;
      mean[j] = Arrays.stream(rows).mapToDouble(r -> r[column]).average().orElseThrow();
      double variance =
          Arrays.stream(rows)
              .mapToDouble(r -> (r[column] - mean[column]) * (r[column] - mean[column]))
              .average()
              .orElseThrow();
      deviation[j] = variance > 0 ? Math.sqrt(variance) : 1;
    }
  }

  private double[] scaled(double[] row) {
    double[] z = new double[width + 1];
    for (int j = 0; j < width; j++) {
      z[j] = (row[j] - mean[j]) / deviation[j];
    }
    z[width] = 1;
    return z;
  }

  private static double sigmoid(double z) {
    return 1 / (1 + Math.exp(-z));
  }

  ToDoubleFunction<double[]> logistic() {
    int n = width + 1;
    double[] w = new double[n];
    for (int round = 0; round < 25; round++) {
      double[][] h = new double[n][n];
      double[] g = new double[n];
      for (int i = 0; i < n; i++) {
        double ridge = i < width ? 1 : 1e-9;
        h[i][i] = ridge;
        g[i] = -ridge * w[i];
      }
      for (int r = 0; r < rows.length; r++) {
        double[] z = scaled(rows[r]);
        double p = sigmoid(dot(w, z));
        double error = (failed[r] ? 1 : 0) - p;
        double weight = Math.max(1e-9, p * (1 - p));
        for (int i = 0; i < n; i++) {
          g[i] += error * z[i];
          for (int j = 0; j < n; j++) {
            h[i][j] += weight * z[i] * z[j];
          }
        }
      }
      double[] step = solve(h, g);
      for (int i = 0; i < n; i++) {
        w[i] += step[i];
      }
    }
    return row -> sigmoid(dot(w, scaled(row)));
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /** Gauss's elimination with the largest pivot. */
  private static double[] solve(double[][] a, double[] b) {
    int n = b.length;
    for (int c = 0; c < n; c++) {
      int pivot = c;
      for (int r = c + 1; r < n; r++) {
        pivot = Math.abs(a[r][c]) > Math.abs(a[pivot][c]) ? r : pivot;
      }
      double[] row = a[c];
      a[c] = a[pivot];
      a[pivot] = row;
      double value = b[c];
      b[c] = b[pivot];
      b[pivot] = value;
      for (int r = 0; r < n; r++) {
        if (r != c) {
          double f = a[r][c] / a[c][c];
          for (int k = c; k < n; k++) {
            a[r][k] -= f * a[c][k];
          }
          b[r] -= f * b[c];
        }
      }
    }
    double[] x = new double[n];
    for (int i = 0; i < n; i++) {
      x[i] = b[i] / a[i][i];
    }
    return x;
  }

  private record Node(int column, double limit, Node[] sides, double value) {
    double of(double[] row) {
      return sides.length == 0 ? value : sides[row[column] <= limit ? 0 : 1].of(row);
    }
  }

  ToDoubleFunction<double[]> trees() {
    double[][] limits = new double[width][];
    for (int j = 0; j < width; j++) {
      int column = j;
      double[] sorted = Arrays.stream(rows).mapToDouble(r -> r[column]).sorted().toArray();
      double[] own = new double[BINS - 1];
      for (int b = 1; b < BINS; b++) {
        own[b - 1] = sorted[(int) ((long) b * (sorted.length - 1) / BINS)];
      }
      limits[j] = Arrays.stream(own).distinct().toArray();
    }
    double share = 0;
    for (boolean f : failed) {
      share += f ? 1.0 / failed.length : 0;
    }
    double begin = Math.log(share / (1 - share));
    double[] score = new double[rows.length];
    Arrays.fill(score, begin);
    List<Node> trees = new ArrayList<>();
    int[] all = new int[rows.length];
    Arrays.setAll(all, i -> i);
    for (int t = 0; t < TREES; t++) {
      double[] g = new double[rows.length];
      double[] h = new double[rows.length];
      for (int r = 0; r < g.length; r++) {
        double p = sigmoid(score[r]);
        g[r] = (failed[r] ? 1 : 0) - p;
        h[r] = p * (1 - p);
      }
      Node tree = grow(all, g, h, limits, DEPTH);
      trees.add(tree);
      for (int r = 0; r < score.length; r++) {
        score[r] += RATE * tree.of(rows[r]);
      }
    }
    return row -> sigmoid(begin + RATE * trees.stream().mapToDouble(n -> n.of(row)).sum());
  }

  private Node grow(int[] some, double[] g, double[] h, double[][] limits, int depth) {
    double sumG = Arrays.stream(some).mapToDouble(r -> g[r]).sum();
    double sumH = Arrays.stream(some).mapToDouble(r -> h[r]).sum();
    double best = 1e-6;
    int column = -1;
    double limit = 0;
    for (int j = 0; depth > 0 && j < width; j++) {
      for (double l : limits[j]) {
        double leftG = 0;
        double leftH = 0;
        int left = 0;
        for (int r : some) {
          if (rows[r][j] <= l) {
            leftG += g[r];
            leftH += h[r];
            left++;
          }
        }
        double gain =
            leftG * leftG / (leftH + 1e-6)
                + (sumG - leftG) * (sumG - leftG) / (sumH - leftH + 1e-6)
                - sumG * sumG / (sumH + 1e-6);
        if (left >= LEAF && some.length - left >= LEAF && gain > best) {
          best = gain;
          column = j;
          limit = l;
        }
      }
    }
    if (column < 0) {
      return new Node(0, 0, new Node[0], sumG / (sumH + 1e-6));
    }
    int c = column;
    double at = limit;
    int[] low = Arrays.stream(some).filter(r -> rows[r][c] <= at).toArray();
    int[] high = Arrays.stream(some).filter(r -> rows[r][c] > at).toArray();
    Node[] sides = {grow(low, g, h, limits, depth - 1), grow(high, g, h, limits, depth - 1)};
    return new Node(column, limit, sides, 0);
  }
}
