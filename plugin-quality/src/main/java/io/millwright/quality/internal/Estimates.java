package io.millwright.quality.internal;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.spi.Problems;
import io.millwright.quality.ChartPlan;
import io.millwright.quality.ControlChart;
import io.millwright.quality.Reading;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Draws the limits of a chart from readings of a process that ran well (phase I). */
final class Estimates {

  private static final int FEWEST = 10;
  private static final int MOST_PROBLEMS = 20;

  private Estimates() {}

  static ControlChart chart(ChartPlan plan, List<Reading> baseline, Instant made) {
    Problems problems = new Problems("the readings for the limits");
    if (baseline.size() < FEWEST) {
      problems.add(
          ErrorCode.TOO_FEW_DATA,
          "readings",
          "there are " + baseline.size() + ", but limits need at least " + FEWEST,
          "give 20 to 100 of a time when the process ran well.");
    }
    for (int i = 0; i < baseline.size() && problems.findings().size() < MOST_PROBLEMS; i++) {
      String wrong = wrong(plan, baseline.get(i));
      if (!wrong.isEmpty()) {
        problems.add(
            ErrorCode.BAD_VALUE, "reading " + (i + 1), wrong, "leave it out of the baseline.");
      }
    }
    problems.throwIfAny();
    return plan instanceof ChartPlan.Shares
        ? shares(plan, baseline, made)
        : values(plan, baseline, made);
  }

  /** Why a reading cannot be charted; empty when it can. */
  static String wrong(ChartPlan plan, Reading reading) {
    if (plan instanceof ChartPlan.Shares) {
      if (!(reading instanceof Reading.Count count)) {
        return "is measured, but a p chart counts";
      }
      return count.inspected() < 1 || count.defective() < 0 || count.defective() > count.inspected()
          ? "has " + count.defective() + " defective of " + count.inspected() + " inspected"
          : "";
    }
    if (!(reading instanceof Reading.Values values)) {
      return "is counted, but the chart takes measured values";
    }
    if (values.values().size() != size(plan)) {
      return "has " + values.values().size() + " values, but the chart takes " + size(plan);
    }
    for (double v : values.values()) {
      if (!Double.isFinite(v)) {
        return "holds " + v;
      }
    }
    return "";
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

  private static ControlChart values(ChartPlan plan, List<Reading> baseline, Instant made) {
    int size = size(plan);
    List<double[]> groups = new ArrayList<>();
    double centre = 0;
    for (Reading reading : baseline) {
      double[] group =
          ((Reading.Values) reading).values().stream().mapToDouble(Double::doubleValue).toArray();
      groups.add(group);
      centre += mean(group) / baseline.size();
    }
    double spread = 0;
    if (size == 1) {
      for (int i = 1; i < groups.size(); i++) {
        spread += Math.abs(groups.get(i)[0] - groups.get(i - 1)[0]) / (groups.size() - 1);
      }
      spread /= Constants.meanRange(2);
    } else {
      for (double[] group : groups) {
        spread += deviation(group) / groups.size();
      }
      spread /= Constants.c4(size);
    }
    if (!(spread > 1e-12 * Math.max(1e-300, Math.abs(centre)))) {
      throw constant(
          size == 1 ? "the readings for the limits" : "the readings of each subgroup",
          groups.get(0)[0]);
    }
    return new ControlChart(plan, centre, spread, baseline.size(), made);
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

  private static ControlChart shares(ChartPlan plan, List<Reading> baseline, Instant made) {
    long defective = 0;
    long inspected = 0;
    for (Reading reading : baseline) {
      defective += ((Reading.Count) reading).defective();
      inspected += ((Reading.Count) reading).inspected();
    }
    double p = (double) defective / inspected;
    if (defective == 0 || defective == inspected) {
      throw new MillwrightException(
          ErrorCode.BAD_VALUE,
          defective
              + " of "
              + inspected
              + " parts were defective: a p chart needs some of both kinds"
              + "\nMaybe take a longer baseline, or chart the time between defects");
    }
    return new ControlChart(plan, p, Math.sqrt(p * (1 - p)), baseline.size(), made);
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
