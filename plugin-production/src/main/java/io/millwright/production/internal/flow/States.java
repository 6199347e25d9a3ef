package io.millwright.production.internal.flow;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.production.LogFault.Kind;
import io.millwright.production.StateReading;
import io.millwright.production.StateReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Adds up a log of states. */
final class States {

  private States() {}

  static StateReport of(List<StateReading> readings, Duration gap) {
    if (readings.isEmpty()) {
      throw new MillwrightException(
          ErrorCode.TOO_FEW_DATA,
          "the state log has no rows\nMaybe the period or the columns are wrong");
    }
    Faults faults = new Faults();
    Map<String, List<StateReading>> by = new TreeMap<>();
    for (StateReading r : readings) {
      by.computeIfAbsent(r.resource(), m -> new ArrayList<>()).add(r);
    }
    long spacing = spacing(by);
    List<StateReport.MachineStates> machines = new ArrayList<>();
    by.forEach((name, rows) -> machines.add(one(name, rows, spacing, gap.toMillis(), faults)));
    Instant from = readings.stream().map(StateReading::at).min(Instant::compareTo).orElseThrow();
    Instant to = readings.stream().map(StateReading::at).max(Instant::compareTo).orElseThrow();
    return new StateReport(from, to, Duration.ofMillis(spacing), machines, faults.list());
  }

  /** The most frequent distance of neighbouring rows. */
  private static long spacing(Map<String, List<StateReading>> by) {
    Map<Long, Integer> counts = new HashMap<>();
    for (List<StateReading> rows : by.values()) {
      rows.sort(Comparator.comparing(StateReading::at));
      for (int i = 1; i < rows.size(); i++) {
        long d = rows.get(i).at().toEpochMilli() - rows.get(i - 1).at().toEpochMilli();
        if (d > 0) {
          counts.merge(d, 1, Integer::sum);
        }
      }
    }
    return counts.entrySet().stream()
        .max(
            Map.Entry.<Long, Integer>comparingByValue()
                .thenComparing(Map.Entry.<Long, Integer>comparingByKey().reversed()))
        .map(Map.Entry::getKey)
        .orElse(60_000L);
  }

  private static StateReport.MachineStates one(
      String name, List<StateReading> rows, long spacing, long gap, Faults faults) {
    SortedMap<String, Double> amounts = new TreeMap<>();
    double pieces = 0;
    boolean counted = false;
    long absent = 0;
    long slots = 1;
    for (int i = 0; i < rows.size(); i++) {
      StateReading r = rows.get(i);
      if (r.amount() >= 0) {
        amounts.merge(r.state(), r.amount(), Double::sum);
      } else {
        faults.add(Kind.BAD_COUNT, name, 0, "at " + r.at() + " a state took " + r.amount());
      }
      if (r.pieces() >= 0) {
        pieces += r.pieces();
        counted = true;
      } else if (r.pieces() < 0) {
        faults.add(Kind.BAD_COUNT, name, 0, "at " + r.at() + " " + r.pieces() + " pieces");
      }
      if (i == 0) {
        continue;
      }
      StateReading before = rows.get(i - 1);
      long d = r.at().toEpochMilli() - before.at().toEpochMilli();
      if (d == 0 && r.equals(before)) {
        faults.add(Kind.REPEATED, name, 0, "at " + r.at());
      }
      long passed = Math.round(d / (double) spacing);
      slots += Math.max(0, passed);
      absent += Math.max(0, passed - 1);
      if (d > gap) {
        faults.add(Kind.GAP, name, d / 3_600_000.0, "no row from " + before.at() + " to " + r.at());
      }
    }
    return new StateReport.MachineStates(
        name,
        rows.size(),
        amounts,
        counted ? pieces : Double.NaN,
        absent,
        slots == 0 ? 1 : (slots - absent) / (double) slots);
  }
}
