package io.millwright.maintenance.internal.vibration;

import java.util.Arrays;

/**
 * Time synchronous averaging of samples at equal angles, with so many samples a tooth. Every other
 * turn goes into another average, so that only what both halves say counts.
 *
 * @param samples the samples
 * @param tooth samples a tooth
 * @param order teeth a turn of the measured shaft
 */
record Synchronous(double[] samples, int tooth, double order) {

  private static final int STEPS = 4;

  /** Harmonics of another gear on the same shaft that are taken out. */
  private static final int BESIDE = 5;

  /** A gear's own, without the mesh, its next sidebands, and another gear on its shaft. */
  GearSignal.Peak gear(int teeth, int beside) {
    double[][] halves = halves(teeth);
    for (double[] half : halves) {
      withoutMesh(half, teeth);
      if (beside > 0) {
        without(half, beside);
      }
    }
    return peak(halves, samples.length / (teeth * tooth));
  }

  /** What two teeth say when they meet, without what each gear says by itself. */
  GearSignal.Peak pair(int driver, int driven, int pairs) {
    int periods = samples.length / (pairs * tooth);
    if (periods < GearSignal.TURNS || pairs <= Math.max(driver, driven)) {
      return new GearSignal.Peak(0, 0, 0, periods);
    }
    double[][] halves = halves(pairs);
    int common = (int) ((long) driver * driven / pairs);
    for (double[] half : halves) {
      double[] first = folded(half, driver * tooth);
      double[] second = folded(half, driven * tooth);
      double[] both = folded(half, common * tooth);
      for (int i = 0; i < half.length; i++) {
        half[i] += both[i % both.length] - first[i % first.length] - second[i % second.length];
      }
    }
    return peak(halves, periods);
  }

  /** The averages of even and of odd turns. */
  private double[][] halves(int teeth) {
    int length = teeth * tooth;
    int turns = samples.length / length;
    double[][] halves = new double[2][length];
    for (int t = 0; t < turns; t++) {
      double weight = 1.0 / Math.max(1, (turns + 1 - t % 2) / 2);
      for (int i = 0; i < length; i++) {
        halves[t % 2][i] += weight * samples[t * length + i];
      }
    }
    return halves;
  }

  private static double[] folded(double[] values, int length) {
    double[] mean = new double[length];
    for (int i = 0; i < values.length; i++) {
      mean[i % length] += values[i] * length / values.length;
    }
    return mean;
  }

  /** Takes out what is the same on all teeth, and what changes once or twice a turn. */
  private void withoutMesh(double[] turn, int teeth) {
    for (int i = 0; i < tooth; i++) {
      for (int wave = 0; wave <= 2; wave++) {
        double re = 0;
        double im = 0;
        for (int k = 0; k < teeth; k++) {
          double angle = 2 * Math.PI * wave * k / teeth;
          re += turn[k * tooth + i] * Math.cos(angle) / teeth;
          im += turn[k * tooth + i] * Math.sin(angle) / teeth;
        }
        double twice = wave == 0 ? 1 : 2;
        for (int k = 0; k < teeth; k++) {
          double angle = 2 * Math.PI * wave * k / teeth;
          turn[k * tooth + i] -= twice * (re * Math.cos(angle) + im * Math.sin(angle));
        }
      }
    }
  }

  /** Takes out the mesh of another gear on the same shaft. */
  private static void without(double[] turn, int teeth) {
    int n = turn.length;
    for (int h = 1; h <= BESIDE && 2 * h * teeth < n; h++) {
      double re = 0;
      double im = 0;
      for (int i = 0; i < n; i++) {
        double angle = 2 * Math.PI * h * teeth * i / n;
        re += 2 * turn[i] * Math.cos(angle) / n;
        im += 2 * turn[i] * Math.sin(angle) / n;
      }
      for (int i = 0; i < n; i++) {
        double angle = 2 * Math.PI * h * teeth * i / n;
        turn[i] -= re * Math.cos(angle) + im * Math.sin(angle);
      }
    }
  }

  private GearSignal.Peak peak(double[][] halves, int turns) {
    int n = halves[0].length;
    double[] sums = new double[n + tooth + 1];
    double noise = 0;
    for (int i = 0; i < n + tooth; i++) {
      double a = halves[0][i % n];
      double b = halves[1][i % n];
      sums[i + 1] = sums[i] + a * b;
      noise += i < n ? (a - b) * (a - b) / 2 / n : 0;
    }
    int step = Math.max(1, tooth / STEPS);
    double[] sizes = new double[n / step];
    int most = 0;
    for (int k = 0; k < sizes.length; k++) {
      sizes[k] = Math.sqrt(Math.max(0, (sums[k * step + tooth] - sums[k * step]) / tooth));
      most = sizes[k] > sizes[most] ? k : most;
    }
    double middle = median(sizes);
    double spread = 1.4826 * median(Arrays.stream(sizes).map(v -> Math.abs(v - middle)).toArray());
    double floor = Math.sqrt(noise / Math.sqrt(tooth / 2.0));
    double score = (sizes[most] - middle) / (Math.hypot(spread, floor) + 1e-12 * (1 + middle));
    double size = (sizes[most] - middle) * Math.sqrt(1 / order);
    double place = ((most * step + tooth / 2.0) / n) % 1;
    return new GearSignal.Peak(score, size, place, turns);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
