package io.millwright.maintenance.internal.sensors;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Table;
import io.millwright.api.data.UnitHistory;
import io.millwright.api.spi.ComposedModel;
import io.millwright.maintenance.SensorCheck;
import io.millwright.maintenance.SensorFinding;
import io.millwright.runtime.monitoring.SensorFault;
import io.millwright.runtime.monitoring.SensorModel;
import io.millwright.runtime.monitoring.SensorReport;
import io.millwright.runtime.monitoring.SensorVerdict;
import io.millwright.runtime.monitoring.SensorWatch;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * All that was learnt.
 *
 * @param columns the watched columns
 * @param model what they say of each other
 * @param own the share of the variance of an estimate's error that stays the same in one unit
 */
record Watched(List<String> columns, SensorModel model, double[] own) {

  /** A sensor lies when it did so in half of the last readings. */
  private static final int LAST = 10;

  private static final int DRAWS = 16;

  static double[][] rows(Table table, List<String> columns) {
    double[][] rows = new double[table.rows()][columns.size()];
    for (int c = 0; c < columns.size(); c++) {
      double[] column = table.numbers(columns.get(c));
      for (int r = 0; r < rows.length; r++) {
        rows[r][c] = column[r];
      }
    }
    return rows;
  }

  SensorCheck check(UnitHistory history) {
    double[][] rows = rows(history.readings(), columns);
    SensorWatch watch = model.begin();
    int[] votes = new int[columns.size()];
    List<Map<SensorFault, Integer>> kinds = new ArrayList<>();
    List<Map<Integer, Integer>> partners = new ArrayList<>();
    for (int j = 0; j < votes.length; j++) {
      kinds.add(new EnumMap<>(SensorFault.class));
      partners.add(new HashMap<>());
    }
    int last = Math.min(LAST, rows.length);
    int machine = 0;
    for (int r = 0; r < rows.length; r++) {
      SensorReport report = watch.take(rows[r]);
      if (r >= rows.length - last) {
        machine += report.machine() ? 1 : 0;
        for (SensorVerdict v : report.verdicts()) {
          votes[v.sensor()]++;
          kinds.get(v.sensor()).merge(v.fault(), 1, Integer::sum);
          partners.get(v.sensor()).merge(v.other(), 1, Integer::sum);
        }
      }
    }
    boolean[] out = new boolean[votes.length];
    boolean any = false;
    for (int j = 0; j < out.length; j++) {
      out[j] = 2 * votes[j] >= last && votes[j] > 0;
      any |= out[j];
    }
    boolean changed = 2 * machine >= last && machine > 0;
    if (!any) {
      return new SensorCheck(List.of(), changed, history, List.of());
    }
    double[] deviations = model.deviations(out);
    double[] end = model.estimated(rows[rows.length - 1], out);
    List<SensorFinding> findings = new ArrayList<>();
    for (int j = 0; j < out.length; j++) {
      if (out[j]) {
        int other = most(partners.get(j));
        findings.add(
            new SensorFinding(
                columns.get(j),
                most(kinds.get(j)),
                other < 0 ? "" : columns.get(other),
                end[j],
                deviations[j]));
      }
    }
    List<UnitHistory> possible = new ArrayList<>();
    Random random = new Random(history.unit().hashCode());
    for (int d = 0; d < DRAWS; d++) {
      possible.add(repaired(history, rows, out, deviations, random));
    }
    return new SensorCheck(
        findings, changed, repaired(history, rows, out, new double[out.length], random), possible);
  }

  private static <K> K most(Map<K, Integer> counts) {
    return counts.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElseThrow();
  }

  /** Estimates moved by an error that stays and one that changes from reading to reading. */
  private UnitHistory repaired(
      UnitHistory history, double[][] rows, boolean[] out, double[] deviations, Random random) {
    Table table = history.readings();
    double[][] columnsOf = new double[out.length][rows.length];
    double[] stays =
        IntStream.range(0, out.length)
            .mapToDouble(j -> deviations[j] * Math.sqrt(own[j]) * random.nextGaussian())
            .toArray();
    for (int r = 0; r < rows.length; r++) {
      double[] estimate = model.estimated(rows[r], out);
      for (int j = 0; j < out.length; j++) {
        if (out[j]) {
          double moves = deviations[j] * Math.sqrt(1 - own[j]) * random.nextGaussian();
          columnsOf[j][r] = estimate[j] + stays[j] + moves;
        }
      }
    }
    for (int j = 0; j < out.length; j++) {
      if (out[j]) {
        table = table.with(table.schema().column(columns.get(j)), columnsOf[j]);
      }
    }
    return new UnitHistory(history.unit(), table, history.startAge(), history.end());
  }

  void write(SortedMap<String, String> texts, SortedMap<String, List<Double>> numbers) {
    texts.put("columns", String.join("\n", columns));
    numbers.put("own", java.util.Arrays.stream(own).boxed().toList());
    model.numbers().forEach((name, values) -> numbers.put("sensors/" + name, values));
  }

  static Watched read(ComposedModel model) {
    SortedMap<String, List<Double>> room = new TreeMap<>();
    model
        .numbers()
        .forEach(
            (name, values) -> {
              if (name.startsWith("sensors/")) {
                room.put(name.substring("sensors/".length()), values);
              }
            });
    List<String> columns = List.of(model.texts().getOrDefault("columns", "").split("\n", -1));
    SensorModel sensors = SensorModel.of(room);
    List<Double> own = model.numbers().getOrDefault("own", List.of());
    if (columns.size() != sensors.sensors()
        || own.size() != columns.size()
        || own.stream().anyMatch(v -> !(v >= 0 && v <= 1))) {
      throw new MillwrightException(
          ErrorCode.BAD_BUNDLE,
          "this is no model of sensors: "
              + columns.size()
              + " columns, "
              + own.size()
              + " shares, "
              + sensors.sensors()
              + " sensors\nMaybe train it again");
    }
    return new Watched(columns, sensors, own.stream().mapToDouble(v -> v).toArray());
  }
}
