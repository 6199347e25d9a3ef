package io.millwright.quality.internal.spc;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.spi.Problems;
import io.millwright.quality.Adjustment;
import io.millwright.quality.ChartConstants;
import io.millwright.quality.ChartPlan;
import io.millwright.quality.ControlChart;
import io.millwright.quality.Reading;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Draws the limits of a chart from readings of a process that ran well (phase I). */
final class Estimates {

  static final int FEWEST = 10;
  private static final int MOST_PROBLEMS = 20;

  private Estimates() {}

  /**
   * Draws limits from the readings that are kept, in their order. A moving range never spans a
   * reading that is left out.
   */
  static ControlChart chart(
      ChartPlan plan, Adjustment adjustment, List<Reading> baseline, BitSet out, Instant made) {
    if (plan instanceof ChartPlan.SelfStarting) {
      return new ControlChart(plan, 0, 1, adjustment, 0, made);
    }
    Problems problems = new Problems("the readings for the limits");
    int kept = baseline.size() - out.cardinality();
    if (kept < FEWEST) {
      problems.add(
          ErrorCode.TOO_FEW_DATA,
          "readings",
          "there are " + kept + ", but limits need at least " + FEWEST,
          "give 20 to 100 of a time when the process ran well.");
    }
    for (int i = 0; i < baseline.size() && problems.findings().size() < MOST_PROBLEMS; i++) {
      String wrong = wrong(plan, adjustment, baseline.get(i));
      if (!wrong.isEmpty() && !out.get(i)) {
        problems.add(
            ErrorCode.BAD_VALUE, "reading " + (i + 1), wrong, "leave it out of the baseline.");
      }
    }
    problems.throwIfAny();
    return plan instanceof ChartPlan.Attributes a
        ? counts(a, baseline, out, made)
        : values(plan, adjustment, baseline, out, made);
  }

  /** Why a reading cannot be charted; empty when it can. */
  static String wrong(ChartPlan plan, Adjustment adjustment, Reading reading) {
    if (plan instanceof ChartPlan.Attributes a) {
      if (!(reading instanceof Reading.Count count)) {
        return "is measured, but the chart counts";
      }
      boolean sound =
          count.inspected() > 0 && Double.isFinite(count.inspected()) && count.found() >= 0;
      return !sound || (a.attribute().parts() && count.found() > count.inspected())
          ? "has " + count.found() + " found on " + count.inspected() + " inspected"
          : "";
    }
    if (!(reading instanceof Reading.Values values)) {
      return "is counted, but the chart takes measured values";
    }
    if (values.values().size() != size(plan)) {
      return "has " + values.values().size() + " values, but the chart takes " + size(plan);
    }
    for (double v : values.values()) {
      String wrong =
          Double.isFinite(v) ? Adjusting.wrong(adjustment, v, values.product()) : "holds " + v;
      if (!wrong.isEmpty()) {
        return wrong;
      }
    }
    return "";
  }

  /** Whether limits use the constants that books print. */
  static boolean printed(ChartPlan plan) {
    return plan instanceof ChartPlan.Individuals i && i.digits() == ChartConstants.Digits.PRINTED;
  }

  static int size(ChartPlan plan) {
    if (plan instanceof ChartPlan.Means m) {
      return m.size();
    }
    if (plan instanceof ChartPlan.Ewma e) {
      return e.size();
    }
    return plan instanceof ChartPlan.Cusum c ? c.size() : 1;
  }

  private static ControlChart values(
      ChartPlan plan, Adjustment adjustment, List<Reading> baseline, BitSet out, Instant made) {
    int size = size(plan);
    List<double[]> groups = new ArrayList<>();
    double sum = 0;
    double spread = 0;
    int spreads = 0;
    double last = Double.NaN;
    double shown = Double.NaN;
    boolean ranges = plan instanceof ChartPlan.Means m && m.spread() == ChartPlan.Spread.RANGE;
    for (int i = 0; i < baseline.size(); i++) {
      if (out.get(i)) {
        last = Double.NaN;
        shown = Double.NaN;
        continue;
      }
      Reading.Values values = (Reading.Values) baseline.get(i);
      double[] group = ChartKernel.adjusted(adjustment, values, last);
      groups.add(group);
      double mean = mean(group);
      sum += mean;
      if (size > 1) {
        spread += ranges ? range(group) : deviation(group);
        spreads++;
      } else {
        if (!Double.isNaN(shown)) {
          spread += Math.abs(mean - shown);
          spreads++;
        }
        shown = mean;
        last = values.values().get(0);
      }
    }
    if (spreads == 0) {
      throw new MillwrightException(
          ErrorCode.TOO_FEW_DATA,
          "no two readings for the limits follow each other\nMaybe leave fewer of them out");
    }
    double centre = sum / groups.size();
    double sigma = spread / spreads;
    if (size == 1) {
      sigma /= printed(plan) ? 3 / 2.66 : Constants.meanRange(2);
    } else {
      sigma /= ranges ? Constants.meanRange(size) : Constants.c4(size);
    }
    if (!(sigma > 1e-12 * Math.max(1e-300, Math.abs(centre)))) {
      throw constant(
          size == 1 ? "the readings for the limits" : "the readings of each subgroup",
          groups.get(0)[0]);
    }
    return new ControlChart(plan, centre, sigma, adjustment, groups.size(), made);
  }

  static MillwrightException constant(String what, double value) {
    return new MillwrightException(
        ErrorCode.BAD_VALUE,
        what
            + " are all the same ("
            + value
            + "): nothing varies, so nothing can be out of control"
            + "\nMaybe the sensor is stuck, or readings are rounded too coarsely");
  }

  private static ControlChart counts(
      ChartPlan.Attributes plan, List<Reading> baseline, BitSet out, Instant made) {
    double found = 0;
    double inspected = 0;
    int used = 0;
    for (int i = 0; i < baseline.size(); i++) {
      if (!out.get(i)) {
        Reading.Count count = (Reading.Count) baseline.get(i);
        found += count.found();
        inspected += count.inspected();
        used++;
      }
    }
    boolean parts = plan.attribute().parts();
    if (found == 0 || (parts && found == inspected)) {
      throw new MillwrightException(
          ErrorCode.BAD_VALUE,
          (long) found
              + " found on "
              + inspected
              + " inspected: limits need some"
              + (parts ? " of both kinds" : "")
              + "\nMaybe take a longer baseline, or chart the time between defects");
    }
    double rate = found / inspected;
    double sigma = Math.sqrt(parts ? rate * (1 - rate) : rate);
    if (plan.laney()) {
      sigma *= between(baseline, out, rate, sigma);
    }
    return new ControlChart(plan, rate, sigma, new Adjustment.AsIs(), used, made);
  }

  /** Laney's sigma of the standardised counts, by their moving range. */
  private static double between(List<Reading> baseline, BitSet out, double rate, double sigma) {
    double spread = 0;
    int spreads = 0;
    double last = Double.NaN;
    for (int i = 0; i < baseline.size(); i++) {
      double z = Double.NaN;
      if (!out.get(i)) {
        Reading.Count c = (Reading.Count) baseline.get(i);
        z = (c.found() / c.inspected() - rate) / (sigma / Math.sqrt(c.inspected()));
        if (!Double.isNaN(last)) {
          spread += Math.abs(z - last);
          spreads++;
        }
      }
      last = z;
    }
    double of = spread / Math.max(1, spreads) / Constants.meanRange(2);
    if (!(of > 0)) {
      throw constant("the counts for the limits", rate);
    }
    return of;
  }

  static double range(double[] values) {
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (double v : values) {
      least = Math.min(least, v);
      most = Math.max(most, v);
    }
    return most - least;
  }

  static double mean(double[] values) {
    double sum = 0;
    for (double v : values) {
      sum += v;
    }
    return sum / values.length;
  }

  static double deviation(double[] values) {
    double mean = mean(values);
    double squares = 0;
    for (double v : values) {
      squares += (v - mean) * (v - mean);
    }
    return Math.sqrt(squares / (values.length - 1));
  }
}
