package io.millwright.quality.internal.spc;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.Monitor;
import io.millwright.api.spi.Problems;
import io.millwright.quality.ChartPoint;
import io.millwright.quality.MultivariateChart;
import io.millwright.quality.MultivariatePlan;
import io.millwright.quality.MultivariateSpc;
import io.millwright.quality.PhaseOne;
import io.millwright.quality.Reading;
import io.millwright.quality.internal.fit.LinearFit;
import java.time.Clock;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Draws limits of several variables. */
final class DefaultMultivariateSpc implements MultivariateSpc {

  private static final int FEWEST = 10;
  private static final int MOST_PROBLEMS = 20;

  private final Clock clock;

  DefaultMultivariateSpc(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Monitor<Reading, ChartPoint> monitor(MultivariateChart chart) {
    return ChartMonitor.of(chart);
  }

  @Override
  public double mewmaLimit(int variables, double weight, double runLength) {
    return MewmaLimit.of(variables, weight, runLength);
  }

  @Override
  public PhaseOne<MultivariateChart> phaseOne(
      MultivariatePlan plan, List<String> variables, List<Reading> baseline, int rounds) {
    List<String> names = names(plan, variables);
    check(plan, names, baseline);
    return Rounds.of(
        baseline,
        rounds,
        Math.max(FEWEST, names.size() + 5),
        out -> estimate(plan, names, baseline, out),
        c -> new MultivariateKernel(c, true));
  }

  private static List<String> names(MultivariatePlan plan, List<String> variables) {
    if (!(plan instanceof MultivariatePlan.Profile p)) {
      if (variables.isEmpty() || variables.stream().distinct().count() < variables.size()) {
        throw new MillwrightException(
            ErrorCode.BAD_OPTION,
            "the variables are " + variables + "\nMaybe give each a name of its own");
      }
      return variables;
    }
    List<String> names = new ArrayList<>(List.of("level", "slope"));
    for (int d = 2; d <= p.degree(); d++) {
      names.add("degree " + d);
    }
    return names;
  }

  private static void check(MultivariatePlan plan, List<String> names, List<Reading> baseline) {
    Problems problems = new Problems("the readings for the limits");
    int fewest = Math.max(FEWEST, names.size() + 5);
    if (baseline.size() < fewest) {
      problems.add(
          ErrorCode.TOO_FEW_DATA,
          "readings",
          "there are " + baseline.size() + ", but " + names.size() + " variables need " + fewest,
          "give some 50 to 200 of a time when the process ran well.");
    }
    for (int i = 0; i < baseline.size() && problems.findings().size() < MOST_PROBLEMS; i++) {
      String wrong = MultivariateKernel.wrong(plan, names.size(), baseline.get(i));
      if (!wrong.isEmpty()) {
        problems.add(
            ErrorCode.BAD_VALUE, "reading " + (i + 1), wrong, "leave it out of the baseline.");
      }
    }
    problems.throwIfAny();
  }

  private MultivariateChart estimate(
      MultivariatePlan plan, List<String> names, List<Reading> baseline, BitSet out) {
    int p = names.size();
    int n = plan instanceof MultivariatePlan.Hotelling h ? h.size() : 1;
    List<double[]> means = new ArrayList<>();
    double[][] within = new double[p][p];
    double residual = 0;
    LinearFit curve =
        plan instanceof MultivariatePlan.Profile f ? MultivariateKernel.curve(f) : null;
    for (int i = 0; i < baseline.size(); i++) {
      if (out.get(i)) {
        continue;
      }
      double[] values =
          ((Reading.Values) baseline.get(i))
              .values().stream().mapToDouble(Double::doubleValue).toArray();
      double[] mean = new double[p];
      if (curve != null) {
        LinearFit.Result fit = curve.solve(values);
        mean = fit.coefficients();
        residual += fit.residualDeviation() * fit.residualDeviation();
      } else {
        for (int k = 0; k < values.length; k++) {
          mean[k % p] += values[k] / n;
        }
      }
      means.add(mean);
      for (int k = 0; n > 1 && k < n; k++) {
        for (int a = 0; a < p; a++) {
          for (int b = 0; b < p; b++) {
            within[a][b] += (values[k * p + a] - mean[a]) * (values[k * p + b] - mean[b]) / (n - 1);
          }
        }
      }
    }
    int m = means.size();
    double[] centre = new double[p];
    for (double[] mean : means) {
      for (int a = 0; a < p; a++) {
        centre[a] += mean[a] / m;
      }
    }
    if (n == 1) {
      for (double[] mean : means) {
        for (int a = 0; a < p; a++) {
          for (int b = 0; b < p; b++) {
            within[a][b] += (mean[a] - centre[a]) * (mean[b] - centre[b]) * m / (m - 1.0);
          }
        }
      }
    }
    List<List<Double>> covariance = new ArrayList<>();
    List<Double> middle = new ArrayList<>();
    for (int a = 0; a < p; a++) {
      List<Double> row = new ArrayList<>();
      for (int b = 0; b < p; b++) {
        row.add(within[a][b] / m);
      }
      covariance.add(row);
      middle.add(centre[a]);
    }
    return new MultivariateChart(
        plan, names, middle, covariance, Math.sqrt(residual / m), m, clock.instant());
  }
}
