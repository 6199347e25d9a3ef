package io.millwright.quality.internal;

import io.millwright.quality.ChartPlan;
import io.millwright.quality.ChartPoint;
import io.millwright.quality.ChartPoint.Signal;
import io.millwright.quality.ChartPoint.Track;
import io.millwright.quality.ControlChart;
import io.millwright.quality.Reading;
import io.millwright.quality.Rule;
import java.util.ArrayList;
import java.util.List;

/**
 * The arithmetic of a chart: one reading in, one point out, in constant time and memory. The limits
 * are computed once; what is remembered of a unit lies in {@link Memory}. Immutable.
 */
final class ChartKernel {

  private static final int LOOK_BACK = 8;

  /** What is remembered of a unit. */
  static final class Memory {
    /** How many readings were charted. */
    long count;

    /** The last value, NaN before the first and after a gap. */
    double last = Double.NaN;

    /** The moving average, or the sum upwards. */
    double first;

    /** The sum downwards. */
    double second;

    /** How many readings in a row had the same value. */
    int same;

    /** The last eight zones, four bits each, the newest lowest; 0 for none. */
    int zones;
  }

  private final ControlChart chart;
  private final int size;
  private final double deviation;
  private final boolean runs;
  private final double c4;
  private final double meanRange;
  private final double rangeFactor;

  ChartKernel(ControlChart chart) {
    this.chart = chart;
    size = Estimates.size(chart.plan());
    deviation = chart.sigma() / Math.sqrt(size);
    runs =
        (chart.plan() instanceof ChartPlan.Individuals i && i.runs())
            || (chart.plan() instanceof ChartPlan.Means m && m.runs())
            || (chart.plan() instanceof ChartPlan.Shares s && s.runs());
    c4 = size > 1 ? Constants.c4(size) : 1;
    boolean ranges = chart.plan() instanceof ChartPlan.Individuals;
    meanRange = ranges ? Constants.meanRange(2) * chart.sigma() : 0;
    rangeFactor = ranges ? Constants.of(2).highRange() : 0;
  }

  /** Memory before the first reading. */
  Memory begin() {
    Memory memory = new Memory();
    memory.first = chart.plan() instanceof ChartPlan.Ewma ? chart.centre() : 0;
    return memory;
  }

  /** Remembers that a reading is missing: the next has no neighbour. */
  static void gap(Memory memory) {
    memory.last = Double.NaN;
    memory.same = 0;
  }

  /** Takes in a reading that is sound. */
  ChartPoint take(Memory memory, Reading reading) {
    List<Track> tracks = new ArrayList<>(2);
    List<Signal> signals = new ArrayList<>(0);
    memory.count++;
    if (reading instanceof Reading.Count count) {
      share(memory, count, tracks, signals);
      return new ChartPoint(tracks, signals);
    }
    List<Double> values = ((Reading.Values) reading).values();
    double mean = mean(values);
    ChartPlan plan = chart.plan();
    if (plan instanceof ChartPlan.Individuals) {
      zoned(memory, "value", mean, deviation, tracks, signals);
      if (!Double.isNaN(memory.last)) {
        Track range =
            new Track(
                "moving range",
                Math.abs(mean - memory.last),
                0,
                meanRange,
                rangeFactor * meanRange);
        limited(range, tracks, signals);
      }
    } else if (plan instanceof ChartPlan.Means) {
      zoned(memory, "mean", mean, deviation, tracks, signals);
      double s = deviation(values, mean);
      double spread = 3 * Math.sqrt(1 - c4 * c4);
      limited(
          new Track(
              "deviation",
              s,
              Math.max(0, (c4 - spread) * chart.sigma()),
              c4 * chart.sigma(),
              (c4 + spread) * chart.sigma()),
          tracks,
          signals);
    } else if (plan instanceof ChartPlan.Ewma e) {
      average(memory, e, mean, tracks, signals);
    } else if (plan instanceof ChartPlan.Cusum c) {
      sums(memory, c, mean, tracks, signals);
    }
    if (size == 1) {
      memory.same = mean == memory.last ? memory.same + 1 : 1;
      memory.last = mean;
      if (memory.same >= LOOK_BACK) {
        signals.add(new Signal(Rule.STUCK, tracks.get(0).name()));
      }
    }
    return new ChartPoint(tracks, signals);
  }

  private static double mean(List<Double> values) {
    double sum = 0;
    for (double v : values) {
      sum += v;
    }
    return sum / values.size();
  }

  private static double deviation(List<Double> values, double mean) {
    double squares = 0;
    for (double v : values) {
      squares += (v - mean) * (v - mean);
    }
    return Math.sqrt(squares / (values.size() - 1));
  }

  private void share(Memory memory, Reading.Count count, List<Track> tracks, List<Signal> signals) {
    double of = chart.sigma() / Math.sqrt((double) count.inspected());
    double p = (double) count.defective() / count.inspected();
    double centre = chart.centre();
    Track track =
        new Track("share", p, Math.max(0, centre - 3 * of), centre, Math.min(1, centre + 3 * of));
    tracks.add(track);
    if (p > centre + 3 * of || p < centre - 3 * of) {
      signals.add(new Signal(Rule.BEYOND_LIMIT, "share"));
    }
    zone(memory, (p - centre) / of, "share", signals);
  }

  private void average(
      Memory memory, ChartPlan.Ewma e, double mean, List<Track> tracks, List<Signal> signals) {
    memory.first += e.weight() * (mean - memory.first);
    double variance = e.weight() / (2 - e.weight());
    if (e.opening()) {
      variance *= 1 - Math.pow(1 - e.weight(), 2.0 * memory.count);
    }
    double half = e.width() * deviation * Math.sqrt(variance);
    limited(
        new Track(
            "average", memory.first, chart.centre() - half, chart.centre(), chart.centre() + half),
        tracks,
        signals);
  }

  private void sums(
      Memory memory, ChartPlan.Cusum c, double mean, List<Track> tracks, List<Signal> signals) {
    double z = (mean - chart.centre()) / deviation;
    memory.first = Math.max(0, memory.first + z - c.allowance());
    memory.second = Math.max(0, memory.second - z - c.allowance());
    limited(new Track("high", memory.first, 0, 0, c.decision()), tracks, signals);
    limited(new Track("low", -memory.second, -c.decision(), 0, 0), tracks, signals);
  }

  private void zoned(
      Memory memory,
      String name,
      double value,
      double of,
      List<Track> tracks,
      List<Signal> signals) {
    double centre = chart.centre();
    limited(new Track(name, value, centre - 3 * of, centre, centre + 3 * of), tracks, signals);
    zone(memory, (value - centre) / of, name, signals);
  }

  private static void limited(Track track, List<Track> tracks, List<Signal> signals) {
    tracks.add(track);
    if (track.value() > track.high() || track.value() < track.low()) {
      signals.add(new Signal(Rule.BEYOND_LIMIT, track.name()));
    }
  }

  private void zone(Memory memory, double z, String name, List<Signal> signals) {
    if (!runs) {
      return;
    }
    // 1 to 3 above the centre by whole sigmas, 9 to 11 below it, 4 on it.
    int beyond = Math.abs(z) > 2 ? 3 : Math.abs(z) > 1 ? 2 : 1;
    int code = z > 0 ? beyond : z < 0 ? 8 + beyond : 4;
    memory.zones = memory.zones << 4 | code;
    int side = code & 8;
    if (code == 4) {
      return;
    }
    if (beyond >= 3 && within(memory.zones, 3, side, 3) >= 2) {
      signals.add(new Signal(Rule.TWO_OF_THREE, name));
    }
    if (beyond >= 2 && within(memory.zones, 5, side, 2) >= 4) {
      signals.add(new Signal(Rule.FOUR_OF_FIVE, name));
    }
    if (within(memory.zones, LOOK_BACK, side, 1) == LOOK_BACK) {
      signals.add(new Signal(Rule.EIGHT_IN_A_ROW, name));
    }
  }

  /** How many of the last readings stand on a side, at least in a zone. */
  private static int within(int zones, int last, int side, int least) {
    int found = 0;
    for (int i = 0; i < last; i++) {
      int code = zones >>> 4 * i & 15;
      boolean counts = code != 0 && code != 4 && (code & 8) == side && (code & 7) >= least;
      found += counts ? 1 : 0;
    }
    return found;
  }
}
