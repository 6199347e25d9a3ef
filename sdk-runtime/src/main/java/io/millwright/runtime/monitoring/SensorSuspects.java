package io.millwright.runtime.monitoring;

import java.util.Arrays;

/**
 * Who lies in a window of readings, by the squared distance of Mahalanobis: without the sensor that
 * lies, or with two exchanged sensors changed back, the readings are as far apart as ever. A sensor
 * that is left out takes its squared error over the conditional variance with it, so the one whose
 * leaving out explains most is the likeliest single one, whatever it shows.
 */
final class SensorSuspects {

  /** A single sensor must take away so many times what it usually would. */
  private static final double GAIN = 2;

  /** A line whose slope is so many of its standard errors from 0 is a drift. */
  private static final double SLOPE = 3;

  /** Scatter about a line with so many times the usual variance is noise. */
  private static final double NOISE = 6;

  private final SensorModel model;
  private final double[][] errors;
  private final int count;
  private int first = -1;
  private int second = -1;
  private boolean exchanged;
  private boolean single;
  private boolean machine;

  SensorSuspects(SensorModel model, double[][] window, int[] conditions, boolean[] out) {
    this.model = model;
    count = window.length;
    int p = model.sensors();
    errors = new double[count][p];
    double[][] g = new double[count][p];
    double[] apart = new double[count];
    double[] gain = new double[p];
    for (int t = 0; t < count; t++) {
      for (int j = 0; j < p; j++) {
        double[] row = model.precision[j];
        double sum = 0;
        for (int k = 0; k < p; k++) {
          sum += row[k] * window[t][k];
        }
        g[t][j] = sum;
        apart[t] += window[t][j] * sum;
        errors[t][j] = sum / row[j] / model.error[j];
        gain[j] += sum * sum / row[j] / count;
      }
    }
    double all = Arrays.stream(apart).average().orElse(0);
    double usual = 0;
    for (int j = 0; j < p; j++) {
      if (!out[j] && (first < 0 || gain[j] - own(j) > gain[first] - usual)) {
        first = j;
        usual = own(j);
      }
    }
    if (first < 0) {
      return;
    }
    single = all - gain[first] <= model.distance && gain[first] > GAIN * usual;
    machine = all > model.distance;
    pair(window, conditions, g, apart, out, all - gain[first] + usual);
  }

  /** Two sensors that explain more when they are changed back than any one left out. */
  private void pair(
      double[][] window,
      int[] conditions,
      double[][] g,
      double[] apart,
      boolean[] out,
      double beat) {
    double best = 0;
    double all = Arrays.stream(apart).average().orElse(0);
    for (int a = 0; a < out.length; a++) {
      for (int b = a + 1; b < out.length && !out[a]; b++) {
        // Of sensors alike some readings fit better changed back by chance.
        double least =
            exchanged
                ? best
                : Math.min(beat, Math.min(model.distance, all - GAIN * (own(a) + own(b))));
        double sum = out[b] ? Double.POSITIVE_INFINITY : 0;
        int changed = 0;
        for (int t = 0; t < count && sum < least * count; t++) {
          double da = standard(b, a, window[t][b], conditions[t]) - window[t][a];
          double db = standard(a, b, window[t][a], conditions[t]) - window[t][b];
          double back =
              apart[t]
                  + 2 * (da * g[t][a] + db * g[t][b])
                  + da * da * model.precision[a][a]
                  + db * db * model.precision[b][b]
                  + 2 * da * db * model.precision[a][b];
          changed += back < apart[t] ? 1 : 0;
          sum += Math.min(back, apart[t]);
        }
        // One that is right by chance now and then is no exchange.
        if (sum < least * count && 2 * changed >= Math.min(count, SensorWatch.WINDOW / 2)) {
          best = sum / count;
          exchanged = true;
          first = a;
          second = b;
        }
      }
    }
  }

  /** What leaving a sound sensor out usually takes away. */
  private double own(int j) {
    return model.error[j] * model.error[j] * model.precision[j][j];
  }

  /** A standard reading of one sensor in the standard units of another. */
  private double standard(int of, int as, double z, int condition) {
    Conditions c = model.conditions;
    return (c.reading(z, condition, of) - c.mean()[condition][as]) / c.scale()[condition][as];
  }

  boolean exchanged() {
    return exchanged;
  }

  boolean single() {
    return single;
  }

  boolean machine() {
    return machine;
  }

  int first() {
    return first;
  }

  int second() {
    return second;
  }

  /**
   * What is wrong with the single one: a line through its errors tells scatter, drift and bias.
   *
   * @param oldest the place of the oldest reading in a full window
   */
  SensorFault kind(int oldest) {
    double sum = 0;
    double product = 0;
    double squares = 0;
    for (int t = 0; t < count; t++) {
      double e = errors[count < SensorWatch.WINDOW ? t : (oldest + t) % count][first];
      sum += e;
      product += t * e;
      squares += e * e;
    }
    Line line = line(count, sum, product, squares);
    if (line.rest() > NOISE && line.rest() > 0.5 * line.mean() * line.mean()) {
      return SensorFault.NOISY;
    }
    return line.drifts() ? SensorFault.DRIFTING : SensorFault.BIASED;
  }

  /**
   * A line through errors at 0, 1, 2 and so on.
   *
   * @param mean of the errors
   * @param rest the variance about the line
   * @param drifts whether the slope is beyond chance, and moved the error by half its mean
   */
  record Line(double mean, double rest, boolean drifts) {}

  /**
   * A line from sums.
   *
   * @param n how many errors
   * @param sum of the errors
   * @param product of the errors with their places
   * @param squares of the errors
   */
  static Line line(double n, double sum, double product, double squares) {
    double mean = n > 0 ? sum / n : 0;
    if (n < SensorWatch.WINDOW / 2.0) {
      return new Line(mean, n > 1 ? squares / n - mean * mean : 0, false);
    }
    double spread = n * (n * n - 1) / 12;
    double slope = (product - (n - 1) / 2 * sum) / spread;
    double rest = Math.max(0, squares - n * mean * mean - slope * slope * spread) / (n - 2);
    boolean sloped = Math.abs(slope) > SLOPE * Math.sqrt(rest / spread);
    return new Line(mean, rest, sloped && Math.abs(slope) * n > 0.5 * Math.abs(mean));
  }
}
