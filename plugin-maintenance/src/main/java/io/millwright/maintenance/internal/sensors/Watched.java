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
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * All that was learnt.
 *
 * @param columns the watched columns
 * @param model what they say of each other
 * @param own the share of the variance of an estimate's error that stays the same in one unit
 * @param limits how far a reading must be from its estimate for its sensor to be named (root mean
 *     square, in deviations of the estimate), 0 for as far as the model says; a stuck or missing
 *     one is named anyway
 * @param jumps what tells a sensor that the model does not name by its own earlier course
 */
record Watched(
    List<String> columns, SensorModel model, double[] own, double[] limits, Jumps jumps) {

  /** A sensor lies when it did so in half of the last readings. */
  private static final int LAST = 10;

  private static final int DRAWS = 16;

  /** Readings before and after one by which its mean is told. */
  private static final int AROUND = 15;

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

  /** What the last readings say. */
  private record Votes(
      boolean[] out,
      double[] apart,
      boolean changed,
      List<Map<SensorFault, Integer>> kinds,
      List<Map<Integer, Integer>> partners) {

    boolean any() {
      return IntStream.range(0, out.length).anyMatch(j -> out[j]);
    }
  }

  private Votes votes(double[][] rows) {
    SensorWatch watch = model.begin();
    int[] votes = new int[columns.size()];
    double[] squares = new double[votes.length];
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
          double e = (rows[r][v.sensor()] - v.virtual()) / v.deviation();
          squares[v.sensor()] += Double.isFinite(e) ? e * e : 0;
          kinds.get(v.sensor()).merge(v.fault(), 1, Integer::sum);
          partners.get(v.sensor()).merge(v.other(), 1, Integer::sum);
        }
      }
    }
    boolean[] out = new boolean[votes.length];
    double[] apart = new double[votes.length];
    boolean worn = false;
    for (int j = 0; j < out.length; j++) {
      boolean voted = 2 * votes[j] >= last && votes[j] > 0;
      apart[j] = voted ? apart(most(kinds.get(j)), squares[j] / votes[j]) : 0;
      out[j] = voted && apart[j] > limits[j];
      worn |= voted && !out[j];
    }
    boolean silent = IntStream.range(0, out.length).noneMatch(j -> out[j]);
    int liar = silent && !jumps.models().isEmpty() ? jumps.liar(Jumps.errors(model, rows)) : -1;
    if (liar >= 0) {
      out[liar] = true;
      kinds.get(liar).clear();
      kinds.get(liar).put(SensorFault.BIASED, last);
      partners.get(liar).clear();
      partners.get(liar).put(-1, last);
    }
    return new Votes(out, apart, worn || (2 * machine >= last && machine > 0), kinds, partners);
  }

  private static double apart(SensorFault kind, double square) {
    return kind == SensorFault.STUCK || kind == SensorFault.MISSING
        ? Double.POSITIVE_INFINITY
        : Math.sqrt(square);
  }

  /**
   * How far the sensors that lie at the end of some readings are from their estimates, infinite for
   * a stuck one and 0 for one that does not lie; missing ones do not.
   */
  double[] apart(double[][] rows) {
    Votes votes = votes(rows);
    return IntStream.range(0, columns.size())
        .mapToDouble(
            j ->
                votes.out()[j] && most(votes.kinds().get(j)) != SensorFault.MISSING
                    ? votes.apart()[j]
                    : 0)
        .toArray();
  }

  SensorCheck check(UnitHistory history) {
    double[][] rows = rows(history.readings(), columns);
    Votes votes = votes(rows);
    boolean[] out = votes.out();
    List<Map<SensorFault, Integer>> kinds = votes.kinds();
    List<Map<Integer, Integer>> partners = votes.partners();
    boolean changed = votes.changed();
    if (!votes.any()) {
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
    @Nullable Virtual[] virtual = virtual(rows, votes);
    List<UnitHistory> possible = new ArrayList<>();
    Random random = new Random(history.unit().hashCode());
    for (int d = 0; d < DRAWS; d++) {
      possible.add(repaired(history, virtual, 1, random));
    }
    return new SensorCheck(findings, changed, repaired(history, virtual, 0, random), possible);
  }

  private static <K> K most(Map<K, Integer> counts) {
    return counts.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElseThrow();
  }

  /** Estimates moved by an error that stays and one that changes from reading to reading. */
  private UnitHistory repaired(
      UnitHistory history, @Nullable Virtual[] virtual, double far, Random random) {
    Table table = history.readings();
    for (int j = 0; j < virtual.length; j++) {
      Virtual v = virtual[j];
      if (v == null) {
        continue;
      }
      double stays = far * v.stays() * random.nextGaussian();
      double[] values = v.values().clone();
      for (int r = v.from(); r < values.length; r++) {
        values[r] += stays + far * v.moves() * random.nextGaussian();
      }
      table = table.with(table.schema().column(columns.get(j)), values);
    }
    return new UnitHistory(history.unit(), table, history.startAge(), history.end());
  }

  /**
   * What a lying sensor would have read.
   *
   * @param values readings before it lied, where that is known, and estimates since
   * @param from the first estimate
   * @param stays the deviation of the estimates' error that stays the same
   * @param moves that of the one that changes
   */
  private record Virtual(double[] values, int from, double stays, double moves) {}

  /**
   * Estimates from the others. A noisy sensor still tells its mean, and one that stuck, jumped or
   * began to drift told how it differs from its estimate until then: of these as much counts as
   * chance leaves.
   */
  private @Nullable Virtual[] virtual(double[][] rows, Votes votes) {
    boolean[] out = votes.out();
    double[] deviations = model.deviations(out);
    double[][] estimates = new double[rows.length][];
    for (int r = 0; r < rows.length; r++) {
      estimates[r] = model.estimated(rows[r], out);
    }
    @Nullable Virtual[] virtual = new @Nullable Virtual[out.length];
    for (int j = 0; j < out.length; j++) {
      if (!out[j]) {
        continue;
      }
      SensorFault kind = most(votes.kinds().get(j));
      double lasting = deviations[j] * deviations[j] * own[j];
      int from =
          switch (kind) {
            case STUCK -> stuckSince(rows, j);
            case BIASED, DRIFTING ->
                Onset.of(errors(rows, estimates, j), kind == SensorFault.DRIFTING);
            default -> 0;
          };
      double[] values = new double[rows.length];
      Local local = new Local(0, 0);
      for (int r = 0; r < rows.length; r++) {
        if (kind == SensorFault.NOISY) {
          local = local(rows, estimates, j, r - AROUND, r + AROUND + 1, lasting);
        } else if (r == from && from > 0) {
          local = local(rows, estimates, j, from - AROUND, from, lasting);
        }
        values[r] = r < from ? rows[r][j] : estimates[r][j] + local.mean();
      }
      double left = Math.sqrt(lasting * (1 - local.gain()));
      virtual[j] = new Virtual(values, from, left, deviations[j] * Math.sqrt(1 - own[j]));
    }
    return virtual;
  }

  private static double[] errors(double[][] rows, double[][] estimates, int j) {
    return IntStream.range(0, rows.length).mapToDouble(r -> rows[r][j] - estimates[r][j]).toArray();
  }

  private static int stuckSince(double[][] rows, int j) {
    int since = rows.length - 1;
    while (since > 0 && rows[since - 1][j] == rows[since][j]) {
      since--;
    }
    return since;
  }

  /**
   * How readings differ from their estimates for some time.
   *
   * @param mean the difference, shrunk towards 0
   * @param gain how much of it is no chance
   */
  private record Local(double mean, double gain) {}

  private static Local local(
      double[][] rows, double[][] estimates, int j, int from, int to, double lasting) {
    double sum = 0;
    double squares = 0;
    int n = 0;
    for (int r = Math.max(0, from); r < Math.min(rows.length, to); r++) {
      double e = rows[r][j] - estimates[r][j];
      if (Double.isFinite(e)) {
        sum += e;
        squares += e * e;
        n++;
      }
    }
    if (n < 2) {
      return new Local(0, 0);
    }
    double mean = sum / n;
    double chance = Math.max(0, squares - n * mean * mean) / (n - 1) / n;
    double gain = lasting > 0 ? lasting / (lasting + chance) : 0;
    return new Local(gain * mean, gain);
  }

  void write(SortedMap<String, String> texts, SortedMap<String, List<Double>> numbers) {
    texts.put("columns", String.join("\n", columns));
    numbers.put("own", Arrays.stream(own).boxed().toList());
    numbers.put("limits", Arrays.stream(limits).boxed().toList());
    model.numbers().forEach((name, values) -> numbers.put("sensors/" + name, values));
    for (int g = 0; g < jumps.models().size(); g++) {
      String at = "jumps" + g + "/";
      numbers.put(at + "limits", Arrays.stream(jumps.limits()[g]).boxed().toList());
      jumps.models().get(g).numbers().forEach((name, values) -> numbers.put(at + name, values));
    }
  }

  static Watched read(ComposedModel model) {
    SortedMap<String, List<Double>> room = room(model, "sensors/");
    List<String> columns = List.of(model.texts().getOrDefault("columns", "").split("\n", -1));
    SensorModel sensors = SensorModel.of(room);
    List<Double> own = model.numbers().getOrDefault("own", List.of());
    // Older models raised no limit.
    List<Double> limits =
        model.numbers().getOrDefault("limits", Collections.nCopies(columns.size(), 0.0));
    if (columns.size() != sensors.sensors()
        || own.size() != columns.size()
        || limits.size() != columns.size()
        || limits.stream().anyMatch(v -> !(v >= 0))
        || own.stream().anyMatch(v -> !(v >= 0 && v <= 1))) {
      throw new MillwrightException(
          ErrorCode.BAD_BUNDLE,
          "this is no model of sensors: "
              + columns.size()
              + " columns, "
              + own.size()
              + " shares, "
              + limits.size()
              + " limits, "
              + sensors.sensors()
              + " sensors\nMaybe train it again");
    }
    return new Watched(
        columns,
        sensors,
        own.stream().mapToDouble(v -> v).toArray(),
        limits.stream().mapToDouble(v -> v).toArray(),
        jumps(model, columns.size()));
  }

  /** Older models know none. */
  private static Jumps jumps(ComposedModel model, int sensors) {
    List<SensorModel> models = new ArrayList<>();
    List<double[]> limits = new ArrayList<>();
    for (int g = 0; !room(model, "jumps" + g + "/").isEmpty(); g++) {
      SortedMap<String, List<Double>> room = room(model, "jumps" + g + "/");
      List<Double> limit = room.getOrDefault("limits", List.of());
      models.add(SensorModel.of(room));
      limits.add(limit.stream().mapToDouble(v -> v).toArray());
      if (limit.size() != sensors || models.get(g).sensors() != sensors) {
        throw new MillwrightException(
            ErrorCode.BAD_BUNDLE,
            "this is no model of sensors: its changes are those of "
                + limit.size()
                + " sensors, not of "
                + sensors
                + "\nMaybe train it again");
      }
    }
    return models.isEmpty() ? Jumps.none() : new Jumps(models, limits.toArray(double[][]::new));
  }

  private static SortedMap<String, List<Double>> room(ComposedModel model, String name) {
    SortedMap<String, List<Double>> room = new TreeMap<>();
    model
        .numbers()
        .tailMap(name)
        .forEach(
            (at, values) -> {
              if (at.startsWith(name)) {
                room.put(at.substring(name.length()), values);
              }
            });
    return room;
  }
}
