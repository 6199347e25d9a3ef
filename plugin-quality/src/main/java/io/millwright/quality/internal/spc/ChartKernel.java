package io.millwright.quality.internal.spc;

import io.millwright.quality.Adjustment;
import io.millwright.quality.ChartConstants;
import io.millwright.quality.ChartPlan;
import io.millwright.quality.ChartPoint;
import io.millwright.quality.ChartPoint.Signal;
import io.millwright.quality.ChartPoint.Track;
import io.millwright.quality.ControlChart;
import io.millwright.quality.Reading;
import io.millwright.quality.Rule;
import io.millwright.quality.RunRules;
import java.util.ArrayList;
import java.util.List;
import org.hipparchus.distribution.continuous.NormalDistribution;
import org.hipparchus.distribution.continuous.TDistribution;

/** The charts of one characteristic. */
final class ChartKernel implements Kernel {

  private static final int STUCK = 8;

  private final ControlChart chart;
  private final int size;
  private final double deviation;
  private final ChartConstants constants;

  ChartKernel(ControlChart chart) {
    this.chart = chart;
    size = Estimates.size(chart.plan());
    deviation = chart.sigma() / Math.sqrt(size);
    boolean means = chart.plan() instanceof ChartPlan.Means;
    boolean ranges =
        chart.plan() instanceof ChartPlan.Individuals
            || (chart.plan() instanceof ChartPlan.Means m && m.spread() == ChartPlan.Spread.RANGE);
    int of = Math.max(2, size);
    if (Estimates.printed(chart.plan())) {
      double d2 = 3 / 2.66;
      constants = new ChartConstants(2, Double.NaN, d2, (3.267 - 1) * d2 / 3);
    } else if (ranges) {
      constants = Constants.of(of);
    } else {
      constants = new ChartConstants(of, means ? Constants.c4(of) : 1, Double.NaN, Double.NaN);
    }
  }

  @Override
  public Memory begin() {
    ChartPlan plan = chart.plan();
    if (plan instanceof ChartPlan.Cusum c) {
      return new Memory(c.head(), c.head());
    }
    if (plan instanceof ChartPlan.SelfStarting) {
      return new Memory(0, 0);
    }
    return plan instanceof ChartPlan.Ewma ? new Memory(chart.centre()) : new Memory();
  }

  @Override
  public String wrong(Reading reading) {
    return Estimates.wrong(chart.plan(), chart.adjustment(), reading);
  }

  @Override
  public ChartPoint take(Memory memory, Reading reading) {
    List<Track> tracks = new ArrayList<>(2);
    List<Signal> signals = new ArrayList<>(0);
    memory.count++;
    ChartPlan plan = chart.plan();
    if (reading instanceof Reading.Count count && plan instanceof ChartPlan.Attributes a) {
      counted(memory, a, count, tracks, signals);
      return new ChartPoint(tracks, signals);
    }
    Reading.Values values = (Reading.Values) reading;
    double[] adjusted = adjusted(chart.adjustment(), values, memory.last);
    double mean = Estimates.mean(adjusted);
    if (plan instanceof ChartPlan.Individuals i) {
      zoned(memory, i.rules(), "value", mean, deviation, tracks, signals);
      if (!Double.isNaN(memory.shown)) {
        ranged("moving range", Math.abs(mean - memory.shown), tracks, signals);
      }
    } else if (plan instanceof ChartPlan.Means m) {
      zoned(memory, m.rules(), "mean", mean, deviation, tracks, signals);
      if (m.spread() == ChartPlan.Spread.RANGE) {
        ranged("range", Estimates.range(adjusted), tracks, signals);
      } else {
        double c4 = constants.c4();
        limited(
            new Track(
                "deviation",
                Estimates.deviation(adjusted),
                c4 * constants.b3() * chart.sigma(),
                c4 * chart.sigma(),
                c4 * constants.b4() * chart.sigma()),
            tracks,
            signals);
      }
    } else if (plan instanceof ChartPlan.Ewma e) {
      average(memory, e, mean, tracks, signals);
    } else if (plan instanceof ChartPlan.Cusum c) {
      sums(memory, c, mean, tracks, signals);
    } else if (plan instanceof ChartPlan.SelfStarting s) {
      score(memory, s, mean, tracks, signals);
    }
    memory.shown = mean;
    if (size == 1) {
      double raw = values.values().get(0);
      memory.same = raw == memory.last ? memory.same + 1 : 1;
      memory.last = raw;
      if (memory.same >= STUCK) {
        signals.add(new Signal(Rule.STUCK, tracks.get(0).name()));
      }
    }
    return new ChartPoint(tracks, signals);
  }

  static double[] adjusted(Adjustment adjustment, Reading.Values values, double last) {
    double[] all = new double[values.values().size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = Adjusting.apply(adjustment, values.values().get(i), values.product(), last);
    }
    return all;
  }

  private void counted(
      Memory memory,
      ChartPlan.Attributes a,
      Reading.Count count,
      List<Track> tracks,
      List<Signal> signals) {
    double n = count.inspected();
    double of = chart.sigma() / Math.sqrt(n);
    double share = count.found() / n;
    double centre = chart.centre();
    double times = a.attribute().whole() ? n : 1;
    double most = a.attribute().parts() ? 1 : Double.POSITIVE_INFINITY;
    String name =
        switch (a.attribute()) {
          case P -> "share";
          case NP -> "defective";
          case C -> "defects";
          case U -> "defects per unit";
        };
    limited(
        new Track(
            name,
            a.attribute().whole() ? count.found() : share,
            times * Math.max(0, centre - 3 * of),
            times * centre,
            times * Math.min(most, centre + 3 * of)),
        tracks,
        signals);
    Runs.take(memory, (share - centre) / of, a.rules(), name, signals);
  }

  private void average(
      Memory memory, ChartPlan.Ewma e, double mean, List<Track> tracks, List<Signal> signals) {
    memory.sums[0] += e.weight() * (mean - memory.sums[0]);
    double variance = e.weight() / (2 - e.weight());
    if (e.opening()) {
      variance *= 1 - Math.pow(1 - e.weight(), 2.0 * memory.count);
    }
    double half = e.width() * deviation * Math.sqrt(variance);
    limited(
        new Track(
            "average",
            memory.sums[0],
            chart.centre() - half,
            chart.centre(),
            chart.centre() + half),
        tracks,
        signals);
  }

  private void sums(
      Memory memory, ChartPlan.Cusum c, double mean, List<Track> tracks, List<Signal> signals) {
    double z = (mean - chart.centre()) / deviation;
    double[] sums = memory.sums;
    sums[0] = Math.max(0, sums[0] + z - c.allowance());
    sums[1] = Math.max(0, sums[1] - z - c.allowance());
    limited(new Track("high", sums[0], 0, 0, c.decision()), tracks, signals);
    limited(new Track("low", -sums[1], -c.decision(), 0, 0), tracks, signals);
  }

  /** Quesenberry's Q: sums hold the mean and the sum of squares of the readings before. */
  private static void score(
      Memory memory,
      ChartPlan.SelfStarting plan,
      double x,
      List<Track> tracks,
      List<Signal> signals) {
    double n = memory.count;
    double[] sums = memory.sums;
    double q = 0;
    boolean known = n >= 3 && sums[1] > 0;
    if (known) {
      double s = Math.sqrt(sums[1] / (n - 2));
      double t = Math.sqrt((n - 1) / n) * (x - sums[0]) / s;
      TDistribution student = new TDistribution(n - 2);
      // The smaller tail keeps its digits.
      double tail = student.cumulativeProbability(-Math.abs(t));
      double far =
          tail > 0 ? -new NormalDistribution().inverseCumulativeProbability(tail) : Math.abs(t);
      q = Math.copySign(far, t);
    }
    double off = x - sums[0];
    sums[0] += off / n;
    sums[1] += off * (x - sums[0]);
    limited(new Track("score", q, -3, 0, 3), tracks, signals);
    if (known) {
      Runs.take(memory, q, plan.rules(), "score", signals);
    }
  }

  private void zoned(
      Memory memory,
      RunRules rules,
      String name,
      double value,
      double of,
      List<Track> tracks,
      List<Signal> signals) {
    double centre = chart.centre();
    limited(new Track(name, value, centre - 3 * of, centre, centre + 3 * of), tracks, signals);
    Runs.take(memory, (value - centre) / of, rules, name, signals);
  }

  private void ranged(String name, double range, List<Track> tracks, List<Signal> signals) {
    double centre = constants.d2() * chart.sigma();
    limited(
        new Track(
            name, range, constants.lowRange() * centre, centre, constants.highRange() * centre),
        tracks,
        signals);
  }

  static void limited(Track track, List<Track> tracks, List<Signal> signals) {
    tracks.add(track);
    if (track.value() > track.high() || track.value() < track.low()) {
      signals.add(new Signal(Rule.BEYOND_LIMIT, track.name()));
    }
  }
}
