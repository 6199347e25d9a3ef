package io.millwright.benchmarks.advice;

import java.util.List;
import java.util.Random;
import org.hipparchus.distribution.continuous.NormalDistribution;

/** Simulated processes whose optimum is known: an outcome to make large, another to keep low. */
enum KnownProcess {
  /** Four knobs, a quadratic with interactions; flash rises with pressure and heat. */
  MOULDING(4, 1.0, 0.4, 6.5) {
    @Override
    double outcome(double[] x) {
      return 60
          - 6 * sq(x[0] - 0.4)
          - 4 * sq(x[1] - 0.2)
          - 3 * sq(x[2] + 0.3)
          + 3 * x[0] * x[1]
          - 2 * x[1] * x[2]
          + 1.5 * x[3];
    }

    @Override
    double kept(double[] x) {
      return 4 + 1.6 * x[0] + 1.2 * x[1] + 0.8 * x[3] + 0.6 * x[0] * x[1];
    }
  },
  /** Two knobs, a curved ridge with a local optimum beside the global one. */
  ETCHING(2, 0.8, 0.3, 3.0) {
    @Override
    double outcome(double[] x) {
      double ridge = x[1] - 0.8 * x[0] * x[0] + 0.3;
      return 20
          + 12 * Math.exp(-4 * ridge * ridge) * (0.6 + 0.4 * x[0])
          + 4 * Math.exp(-8 * (sq(x[0] + 0.7) + sq(x[1] + 0.6)));
    }

    @Override
    double kept(double[] x) {
      return 2 + 0.9 * x[0] + 0.4 * x[1] + 0.5 * x[0] * x[0];
    }
  },
  /** Six knobs, of which two do nothing: saturation, a threshold and an interaction. */
  CURING(6, 1.2, 0.5, 8.0) {
    @Override
    double outcome(double[] x) {
      double heat = 1 / (1 + Math.exp(-4 * (x[0] + 0.2 * x[1])));
      double burnt = 6 / (1 + Math.exp(-8 * (x[0] - 0.75)));
      return 40 + 14 * heat - burnt + 5 * x[1] * x[2] + 2 * x[2] - 3 * sq(x[3] - 0.5);
    }

    @Override
    double kept(double[] x) {
      return 6 + 1.5 * x[1] + 1.2 * x[2] + 0.8 * x[0];
    }
  };

  private static final NormalDistribution NORMAL = new NormalDistribution();

  final int knobs;
  final double noise;
  final double keptNoise;
  final double limit;

  KnownProcess(int knobs, double noise, double keptNoise, double limit) {
    this.knobs = knobs;
    this.noise = noise;
    this.keptNoise = keptNoise;
    this.limit = limit;
  }

  /** The mean to make large, of settings within -1 and 1. */
  abstract double outcome(double[] x);

  /** The mean to keep low. */
  abstract double kept(double[] x);

  private static double sq(double v) {
    return v * v;
  }

  /** The share of parts above the limit. */
  double outside(double[] x) {
    return NORMAL.cumulativeProbability((kept(x) - limit) / keptNoise);
  }

  /** The best mean where no more parts than this leave the limit. */
  double best(double risk) {
    Random random = new Random(1);
    double[] best = new double[knobs];
    double most = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < 400_000; k++) {
      double[] x = new double[knobs];
      double width = k < 100_000 ? 2 : Math.pow(0.5, (k - 100_000) / 30_000.0);
      for (int c = 0; c < knobs; c++) {
        double at = k < 100_000 ? 0 : best[c];
        x[c] = Math.max(-1, Math.min(1, at + width * (random.nextDouble() - 0.5)));
      }
      double value = outcome(x);
      if (value > most && outside(x) <= risk) {
        most = value;
        best = x;
      }
    }
    return most;
  }

  List<String> names() {
    return java.util.stream.IntStream.range(0, knobs).mapToObj(c -> "knob" + (c + 1)).toList();
  }

  double[] run(double[] x, Random random) {
    double[] row = java.util.Arrays.copyOf(x, knobs + 2);
    row[knobs] = outcome(x) + noise * random.nextGaussian();
    row[knobs + 1] = kept(x) + keptNoise * random.nextGaussian();
    return row;
  }
}
