package io.millwright.quality.internal.advice;

import io.millwright.quality.AdviceProblem;
import io.millwright.quality.Goal;
import io.millwright.quality.Knob;
import io.millwright.quality.SafeRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.hipparchus.distribution.continuous.NormalDistribution;

/** What settings promise: how good parts are, how sure that is, and how many leave safe ranges. */
final class Outlook {

  static final NormalDistribution NORMAL = new NormalDistribution();

  /** How much of its standard error a mean is taken down by. */
  private static final double CAUTION = 0.5;

  private static final int SPREADS = 6;

  private final AdviceProblem problem;
  final Inputs inputs;
  final Surface goal;
  private final List<Surface> limits;
  private final double[][] spread;
  final double[] current;

  private Outlook(AdviceProblem problem, Inputs inputs, Surface goal, List<Surface> limits) {
    this.problem = problem;
    this.inputs = inputs;
    this.goal = goal;
    this.limits = limits;
    current = inputs.current();
    spread = spread(problem);
  }

  static Outlook of(AdviceProblem problem) {
    Inputs inputs = Inputs.of(problem);
    Surface goal = Surface.of(problem, inputs, problem.goal().column());
    List<Surface> limits = new ArrayList<>();
    for (SafeRange range : problem.safe()) {
      boolean same = range.column().equals(problem.goal().column());
      limits.add(same ? goal : Surface.of(problem, inputs, range.column()));
    }
    return new Outlook(problem, inputs, goal, limits);
  }

  /** The same, as if the means at a place had been measured as predicted. */
  Outlook believing(double[] settings) {
    return new Outlook(
        problem,
        inputs,
        goal.believing(settings),
        limits.stream().map(s -> s.believing(settings)).toList());
  }

  /** Pairs of draws about the setting, of mean 0; one of zeros where knobs are kept exactly. */
  private static double[][] spread(AdviceProblem problem) {
    double[] sigma = problem.knobs().stream().mapToDouble(Knob::spread).toArray();
    if (Arrays.stream(sigma).allMatch(s -> s == 0)) {
      return new double[1][sigma.length];
    }
    SplittableRandom random = new SplittableRandom(problem.key());
    double[][] out = new double[2 * SPREADS][sigma.length];
    for (int k = 0; k < SPREADS; k++) {
      for (int c = 0; c < sigma.length; c++) {
        out[2 * k][c] = sigma[c] * random.nextGaussian();
        out[2 * k + 1][c] = -out[2 * k][c];
      }
    }
    return out;
  }

  private double[] moved(double[] settings, int k) {
    double[] out = settings.clone();
    for (int c = 0; c < out.length; c++) {
      out[c] += spread[k][c];
    }
    return out;
  }

  /** The mean over the spread, the variance of that mean, and the variance of parts about it. */
  private double[] moments(Surface surface, double[] settings) {
    double mean = 0;
    double square = 0;
    double variance = 0;
    for (int k = 0; k < spread.length; k++) {
      double[] at = moved(settings, k);
      double[] m = surface.at(at);
      mean += m[0] / spread.length;
      square += m[0] * m[0] / spread.length;
      variance += m[1] / spread.length;
    }
    return new double[] {
      mean, variance, surface.partVariance() + Math.max(0, square - mean * mean)
    };
  }

  double mean(double[] settings) {
    return moments(goal, settings)[0];
  }

  double deviation(double[] settings) {
    return Math.sqrt(moments(goal, settings)[1]);
  }

  /** How good a mean is, the more the better, in units of the characteristic. */
  double good(double mean, double about) {
    return switch (problem.goal().aim()) {
      case LARGEST -> mean;
      case SMALLEST -> -mean;
      case TARGET -> -Math.sqrt(square(mean - problem.goal().target()) + about);
    };
  }

  private static double square(double v) {
    return v * v;
  }

  double good(double[] settings) {
    double[] m = moments(goal, settings);
    return good(m[0], m[2]);
  }

  /** What of a part's distance from the target no mean can take away. */
  double about(double[] settings) {
    return moments(goal, settings)[2];
  }

  /** How good, taken down by how unsure, less the cost of moving. */
  double worth(double[] settings) {
    double[] m = moments(goal, settings);
    double sure =
        problem.goal().aim() == Goal.Aim.TARGET
            ? good(m[0], m[1] + m[2])
            : good(m[0], m[2]) - CAUTION * Math.sqrt(m[1]);
    return sure - cost(settings);
  }

  double cost(double[] settings) {
    double sum = 0;
    for (int c = 0; c < settings.length; c++) {
      sum += problem.knobs().get(c).cost() * Math.abs(settings[c] - current[c]);
    }
    return sum;
  }

  /** The share of parts outside safe ranges, at the most with the problem's confidence. */
  double risk(double[] settings) {
    return risk(settings, problem.confidence());
  }

  /** Whether no more parts than allowed are expected to leave safe ranges, as likely as not. */
  boolean hopeful(double[] settings) {
    return risk(settings, 0.5) <= problem.risk();
  }

  private double risk(double[] settings, double confidence) {
    double z = NORMAL.inverseCumulativeProbability(confidence);
    double sum = 0;
    for (int k = 0; k < limits.size(); k++) {
      SafeRange range = problem.safe().get(k);
      double[] m = moments(limits.get(k), settings);
      double part = Math.sqrt(m[2]);
      double unsure = m[1] / m[2];
      double freedom = limits.get(k).freedom();
      sum += beyond((range.high() - m[0]) / part, unsure, freedom, z);
      sum += beyond((m[0] - range.low()) / part, unsure, freedom, z);
    }
    return Math.min(1, sum);
  }

  /**
   * The share beyond a limit so many deviations away, at the most: the one-sided tolerance bound, k
   * = q + z (u + q2/2f)^1/2, solved for q.
   */
  private static double beyond(double away, double unsure, double freedom, double z) {
    if (away == Double.POSITIVE_INFINITY) {
      return 0;
    }
    double a = 1 - z * z / (2 * freedom);
    if (a <= 0.05) {
      return 1;
    }
    double root = Math.sqrt(Math.max(0, away * away - a * (away * away - z * z * unsure)));
    return NORMAL.cumulativeProbability(-(away - root) / a);
  }

  /** How probable it is that a part keeps all safe ranges, neither worst nor best. */
  double safety(double[] settings) {
    double product = 1;
    for (int k = 0; k < limits.size(); k++) {
      SafeRange range = problem.safe().get(k);
      double[] m = moments(limits.get(k), settings);
      double deviation = Math.sqrt(m[1] + m[2]);
      product *=
          NORMAL.cumulativeProbability((range.high() - m[0]) / deviation)
              - NORMAL.cumulativeProbability((range.low() - m[0]) / deviation);
    }
    return product;
  }

  /** The standard error of the difference of the means of two settings. */
  double doubt(double[] one, double[] other) {
    double a = goal.at(one)[1];
    double b = goal.at(other)[1];
    return Math.sqrt(Math.max(0, a + b - 2 * goal.covariance(one, other)));
  }

  /** The covariance of the means of two settings. */
  double covariance(double[] one, double[] other) {
    return goal.covariance(one, other);
  }
}
