package io.millwright.quality.internal.spc;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.quality.ChartPoint;
import io.millwright.quality.ChartPoint.Signal;
import io.millwright.quality.ChartPoint.Track;
import io.millwright.quality.MultivariateChart;
import io.millwright.quality.MultivariatePlan;
import io.millwright.quality.Reading;
import io.millwright.quality.internal.fit.LinearFit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hipparchus.distribution.continuous.BetaDistribution;
import org.hipparchus.distribution.continuous.ChiSquaredDistribution;
import org.hipparchus.distribution.continuous.FDistribution;
import org.hipparchus.exception.MathRuntimeException;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;

/** Hotelling's T2, MEWMA and profiles. */
final class MultivariateKernel implements Kernel {

  private final MultivariateChart chart;
  private final int size;
  private final double[] mean;
  private final RealMatrix inverse;
  private final double limit;
  private final Optional<LinearFit> curve;
  private final double lowDeviation;
  private final double highDeviation;

  /** The limits of phase II. */
  MultivariateKernel(MultivariateChart chart) {
    this(chart, false);
  }

  MultivariateKernel(MultivariateChart chart, boolean phaseOne) {
    this.chart = chart;
    MultivariatePlan plan = chart.plan();
    size = plan instanceof MultivariatePlan.Hotelling h ? h.size() : 1;
    mean = chart.mean().stream().mapToDouble(Double::doubleValue).toArray();
    inverse = inverse(chart);
    limit = limit(chart, phaseOne);
    if (plan instanceof MultivariatePlan.Profile p) {
      LinearFit fit = curve(p);
      curve = Optional.of(fit);
      double free = p.positions().size() - p.degree() - 1.0;
      ChiSquaredDistribution chi = new ChiSquaredDistribution(free);
      double tail = p.falseAlarm() / 2;
      lowDeviation = chart.residual() * Math.sqrt(chi.inverseCumulativeProbability(tail) / free);
      highDeviation =
          chart.residual() * Math.sqrt(chi.inverseCumulativeProbability(1 - tail) / free);
    } else {
      curve = Optional.empty();
      lowDeviation = 0;
      highDeviation = Double.POSITIVE_INFINITY;
    }
  }

  static LinearFit curve(MultivariatePlan.Profile p) {
    double middle = p.positions().stream().mapToDouble(Double::doubleValue).average().orElse(0);
    double[][] x = new double[p.positions().size()][p.degree() + 1];
    for (int i = 0; i < x.length; i++) {
      for (int d = 0; d <= p.degree(); d++) {
        x[i][d] = Math.pow(p.positions().get(i) - middle, d);
      }
    }
    return LinearFit.design(x);
  }

  private static RealMatrix inverse(MultivariateChart chart) {
    int p = chart.mean().size();
    double[][] s = new double[p][p];
    double[] scale = new double[p];
    for (int i = 0; i < p; i++) {
      scale[i] = Math.sqrt(chart.covariance().get(i).get(i));
    }
    for (int i = 0; i < p; i++) {
      for (int j = 0; j < p; j++) {
        s[i][j] = chart.covariance().get(i).get(j) / (scale[i] * scale[j]);
      }
    }
    try {
      RealMatrix c =
          new CholeskyDecomposition(new Array2DRowRealMatrix(s, false), 1e-9, 1e-10)
              .getSolver()
              .getInverse();
      RealMatrix d = MatrixUtils.createRealDiagonalMatrix(scale);
      for (int i = 0; i < p; i++) {
        d.setEntry(i, i, 1 / scale[i]);
      }
      return d.multiply(c).multiply(d);
    } catch (MathRuntimeException e) {
      throw new MillwrightException(
          ErrorCode.BAD_VALUE,
          "the covariance of "
              + chart.variables()
              + " has no inverse: a variable never varies or follows from the others"
              + "\nMaybe leave one of them out",
          e);
    }
  }

  private static double limit(MultivariateChart chart, boolean phaseOne) {
    int p = chart.mean().size();
    double m = chart.baseline();
    MultivariatePlan plan = chart.plan();
    if (plan instanceof MultivariatePlan.Mewma w) {
      return w.limit();
    }
    double alarm =
        plan instanceof MultivariatePlan.Hotelling h
            ? h.falseAlarm()
            : ((MultivariatePlan.Profile) plan).falseAlarm();
    double n = plan instanceof MultivariatePlan.Hotelling h ? h.size() : 1;
    if (m == 0) {
      return new ChiSquaredDistribution(p).inverseCumulativeProbability(1 - alarm);
    }
    if (n == 1) {
      return phaseOne
          ? (m - 1)
              * (m - 1)
              / m
              * new BetaDistribution(p / 2.0, (m - p - 1) / 2)
                  .inverseCumulativeProbability(1 - alarm)
          : p
              * (m + 1)
              * (m - 1)
              / (m * (m - p))
              * new FDistribution(p, m - p).inverseCumulativeProbability(1 - alarm);
    }
    double free = m * n - m - p + 1;
    return p
        * (phaseOne ? m - 1 : m + 1)
        * (n - 1)
        / free
        * new FDistribution(p, free).inverseCumulativeProbability(1 - alarm);
  }

  @Override
  public Memory begin() {
    return chart.plan() instanceof MultivariatePlan.Mewma
        ? new Memory(new double[mean.length])
        : new Memory();
  }

  @Override
  public String wrong(Reading reading) {
    return wrong(chart.plan(), mean.length, reading);
  }

  static String wrong(MultivariatePlan plan, int variables, Reading reading) {
    if (!(reading instanceof Reading.Values values)) {
      return "is counted, but the chart takes measured values";
    }
    int due =
        plan instanceof MultivariatePlan.Profile p
            ? p.positions().size()
            : variables * (plan instanceof MultivariatePlan.Hotelling h ? h.size() : 1);
    if (values.values().size() != due) {
      return "has " + values.values().size() + " values, but the chart takes " + due;
    }
    for (double v : values.values()) {
      if (!Double.isFinite(v)) {
        return "holds " + v;
      }
    }
    return "";
  }

  @Override
  public ChartPoint take(Memory memory, Reading reading) {
    memory.count++;
    List<Double> values = ((Reading.Values) reading).values();
    List<Track> tracks = new ArrayList<>(2);
    List<Signal> signals = new ArrayList<>(0);
    double[] off = new double[mean.length];
    double times = size;
    double deviation = Double.NaN;
    if (curve.isPresent()) {
      LinearFit.Result fit =
          curve.get().solve(values.stream().mapToDouble(Double::doubleValue).toArray());
      for (int j = 0; j < off.length; j++) {
        off[j] = fit.coefficients()[j] - mean[j];
      }
      deviation = fit.residualDeviation();
    } else {
      for (int j = 0; j < off.length; j++) {
        for (int k = 0; k < size; k++) {
          off[j] += (values.get(k * off.length + j) - mean[j]) / size;
        }
      }
    }
    if (chart.plan() instanceof MultivariatePlan.Mewma w) {
      for (int j = 0; j < off.length; j++) {
        memory.sums[j] += w.weight() * (off[j] - memory.sums[j]);
        off[j] = memory.sums[j];
      }
      times = (2 - w.weight()) / w.weight();
    }
    double[] solved = inverse.operate(off);
    double t2 = 0;
    Map<String, Double> contributions = new LinkedHashMap<>();
    for (int j = 0; j < off.length; j++) {
      t2 += times * off[j] * solved[j];
      contributions.put(
          chart.variables().get(j), times * solved[j] * solved[j] / inverse.getEntry(j, j));
    }
    ChartKernel.limited(new Track("T2", t2, 0, mean.length, limit), tracks, signals);
    if (curve.isPresent()) {
      ChartKernel.limited(
          new Track("deviation", deviation, lowDeviation, chart.residual(), highDeviation),
          tracks,
          signals);
    }
    return new ChartPoint(tracks, signals, contributions);
  }
}
