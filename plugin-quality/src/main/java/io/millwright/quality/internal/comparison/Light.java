package io.millwright.quality.internal.comparison;

import io.millwright.quality.internal.backbone.Ridge;

/**
 * The template in the light of an image: a gain and a level, both of which may lean to a side, and
 * a level that may bend, by least squares; pixels that do not fit are left out twice.
 */
final class Light {

  private static final int UNKNOWNS = 9;
  private static final int ROUNDS = 3;
  private static final double LEAST_FIT = 0.02;
  private static final double PENALTY = 1e-6;
  private static final int MOST_PIXELS = 100_000;

  private Light() {}

  static Plane like(Plane template, Plane test) {
    int width = test.width();
    int height = test.height();
    int step = Math.max(1, (int) Math.sqrt((double) width * height / MOST_PIXELS));
    double[] light = new double[UNKNOWNS];
    light[1] = 1;
    double most = Double.POSITIVE_INFINITY;
    double[] row = new double[UNKNOWNS];
    for (int round = 0; round < ROUNDS; round++) {
      double[][] normal = new double[UNKNOWNS][UNKNOWNS];
      double[] side = new double[UNKNOWNS];
      double error = 0;
      long count = 0;
      for (int y = 0; y < height; y += step) {
        for (int x = 0; x < width; x += step) {
          row(template.at(x, y), x, y, width, height, row);
          double e = test.at(x, y) - Ridge.dot(row, light, UNKNOWNS);
          if (Math.abs(e) > most) {
            continue;
          }
          for (int i = 0; i < UNKNOWNS; i++) {
            side[i] += row[i] * test.at(x, y);
            for (int j = 0; j <= i; j++) {
              normal[i][j] += row[i] * row[j];
            }
          }
          count++;
        }
      }
      // Where the template says nothing of it, the light stays the same.
      for (int i = 0; i < UNKNOWNS; i++) {
        normal[i][i] += PENALTY * count;
        side[i] += i == 1 ? PENALTY * count : 0;
      }
      Ridge.factor(normal);
      Ridge.solve(normal, side);
      light = side;
      long all = 0;
      for (int y = 0; y < height; y += step) {
        for (int x = 0; x < width; x += step) {
          row(template.at(x, y), x, y, width, height, row);
          error += Math.abs(test.at(x, y) - Ridge.dot(row, light, UNKNOWNS));
          all++;
        }
      }
      most = Math.max(LEAST_FIT, 3 * error / all);
    }
    float[] lit = new float[width * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        row(template.at(x, y), x, y, width, height, row);
        lit[y * width + x] = (float) Ridge.dot(row, light, UNKNOWNS);
      }
    }
    return new Plane(width, height, lit);
  }

  private static void row(float value, int x, int y, int width, int height, double[] row) {
    double u = 2.0 * x / width - 1;
    double v = 2.0 * y / height - 1;
    row[0] = 1;
    row[1] = value;
    row[2] = u;
    row[3] = v;
    row[4] = u * value;
    row[5] = v * value;
    row[6] = u * u;
    row[7] = u * v;
    row[8] = v * v;
  }
}
