package io.millwright.benchmarks.quality;

import io.millwright.api.Evaluation;
import io.millwright.api.Millwright;
import io.millwright.api.Predictor;
import io.millwright.api.data.Column;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.Table;
import io.millwright.api.data.UnitHistory;
import io.millwright.cli.maintenance.TurbofanFiles;
import io.millwright.maintenance.Cycles;
import io.millwright.maintenance.Fleet;
import io.millwright.maintenance.KnownLife;
import io.millwright.maintenance.Maintenance;
import io.millwright.maintenance.SensorCheck;
import io.millwright.maintenance.SensorFinding;
import io.millwright.runtime.monitoring.SensorFault;
import io.millwright.samples.plant.PressFleet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which sensor lies: faults planted into the last 40 cycles of test units, one sensor (or pair) and
 * one kind at a time, in every test unit of at least 60 cycles. Says how often the right sensor is
 * named, how often one is named in sound units, and what remaining life loses by the fault and by
 * the virtual readings. Arguments: the folder, the sets ({@code FD001,FD002,FD003,press}; {@code
 * press1} and so on for presses of other plants), the size of faults in deviations within an
 * operating condition (4 when left out), how many draws.
 */
public final class LyingSensors {

  private static final int AGO = 40;
  private static final int SHORTEST = 60;
  private static final int CONTINUOUS = 20;
  private static final Set<String> SETTINGS =
      Set.of("altitude", "mach number", "throttle angle", "force setting", "rate setting");

  private LyingSensors() {}

  /** Runs the test and prints a table for each set. */
  public static void main(String[] args) throws InterruptedException {
    double size = args.length > 2 ? Double.parseDouble(args[2]) : 4;
    int draws = args.length > 3 ? Integer.parseInt(args[3]) : 1;
    for (String set : args[1].split(",", -1)) {
      boolean press = set.startsWith("press");
      PressFleet plant =
          PressFleet.standard(press && set.length() > 5 ? Long.parseLong(set.substring(5)) : 0);
      TurbofanFiles files = new TurbofanFiles(Path.of(args[0]));
      Fleet train = press ? plant.train() : files.train(set);
      List<KnownLife> test =
          (press ? plant.test() : files.test(set))
              .stream().filter(k -> k.history().length() >= SHORTEST).toList();
      judge(set, train, test, size, draws);
    }
  }

  private static void judge(String set, Fleet train, List<KnownLife> test, double size, int draws)
      throws InterruptedException {
    Map<String, Double> deviations = deviations(train);
    List<String> sensors = List.copyOf(deviations.keySet());
    System.out.printf(
        "%n%s, %d units, faults of %s deviations in one of %s%n", set, test.size(), size, sensors);
    try (Millwright millwright = Millwright.create()) {
      Maintenance maintenance = millwright.plugin(Maintenance.class);
      try (Predictor<UnitHistory, Cycles> life =
              maintenance.remainingLife().train(train).await().open();
          Predictor<UnitHistory, SensorCheck> checks =
              maintenance.sensors().train(train).await().open()) {
        Predictor<UnitHistory, Cycles> guarded = maintenance.guarded(life, checks);
        long named =
            test.stream().filter(k -> !check(checks, k.history()).findings().isEmpty()).count();
        say("sound", test.size(), named, 0, 0, maintenance.evaluate(life, test));
        for (SensorFault fault : SensorFault.values()) {
          if (fault == SensorFault.MISSING) {
            continue;
          }
          Random random = new Random(fault.name().length());
          List<KnownLife> lying = new ArrayList<>();
          long right = 0;
          long wrong = 0;
          long told = 0;
          for (int d = 0; d < draws; d++) {
            for (KnownLife one : test) {
              String sensor = sensors.get(random.nextInt(sensors.size()));
              String other = sensor;
              while (other.equals(sensor)) {
                other = sensors.get(random.nextInt(sensors.size()));
              }
              double unit = size * deviations.getOrDefault(sensor, 0.0);
              UnitHistory planted = planted(one.history(), fault, sensor, other, unit, random);
              lying.add(new KnownLife(planted, one.remaining()));
              List<SensorFinding> findings = check(checks, planted).findings();
              boolean hit = false;
              for (SensorFinding f : findings) {
                boolean meant =
                    f.sensor().equals(sensor)
                        || (fault == SensorFault.SWAPPED && f.sensor().equals(other));
                hit |= meant;
                wrong += meant ? 0 : 1;
                told += f.sensor().equals(sensor) && f.fault() == fault ? 1 : 0;
              }
              right += hit ? 1 : 0;
            }
          }
          String name = fault.name().toLowerCase(Locale.ROOT);
          say(name, lying.size(), right, wrong, told, maintenance.evaluate(life, lying));
          System.out.println("    guarded " + figures(maintenance.evaluate(guarded, lying)));
        }
      }
    }
  }

  private static void say(
      String name, int units, long right, long wrong, long told, Evaluation evaluation) {
    System.out.printf(
        Locale.ROOT,
        "%-9s named %.3f, others named %d, kind told %.3f; %s%n",
        name,
        right / (double) units,
        wrong,
        told / (double) units,
        figures(evaluation));
  }

  private static String figures(Evaluation e) {
    return String.format(
        Locale.ROOT,
        "RMSE %.2f, coverage 90 %.3f, width %.1f",
        e.figure("rmse"),
        e.figure("coverage 90"),
        e.figure("width 90"));
  }

  private static SensorCheck check(
      Predictor<UnitHistory, SensorCheck> checks, UnitHistory history) {
    return checks.predict(history).orElseThrow().value();
  }

  private static UnitHistory planted(
      UnitHistory history,
      SensorFault fault,
      String sensor,
      String other,
      double size,
      Random random) {
    Table table = history.readings();
    double[] read = table.numbers(sensor);
    double[] second = table.numbers(other);
    int from = read.length - AGO;
    double held = read[from];
    double sign = random.nextBoolean() ? 1 : -1;
    for (int r = from; r < read.length; r++) {
      switch (fault) {
        case STUCK -> read[r] = held;
        case BIASED -> read[r] += sign * size;
        case DRIFTING -> read[r] += 2 * sign * size * (r - from) / AGO;
        case NOISY -> read[r] += size * random.nextGaussian();
        case SWAPPED -> {
          double first = read[r];
          read[r] = second[r];
          second[r] = first;
        }
        case MISSING -> read[r] = Double.NaN;
      }
    }
    table = table.with(table.schema().column(sensor), read);
    if (fault == SensorFault.SWAPPED) {
      table = table.with(table.schema().column(other), second);
    }
    return new UnitHistory(history.unit(), table, history.startAge(), history.end());
  }

  /** Sensors that are no settings and take many values, with their deviation in a condition. */
  private static Map<String, Double> deviations(Fleet fleet) {
    Map<String, Double> all = new LinkedHashMap<>();
    for (Column column : fleet.units().get(0).readings().schema().columns()) {
      if (column.type() != ColumnType.NUMBER || SETTINGS.contains(column.name())) {
        continue;
      }
      Map<Long, double[]> sums = new HashMap<>();
      Set<Double> values = new HashSet<>();
      for (UnitHistory unit : fleet.units()) {
        double[] read = unit.readings().numbers(column.name());
        double @Nullable [] condition = condition(unit.readings());
        for (int r = 0; r < read.length; r++) {
          values.add(read[r]);
          double[] s =
              sums.computeIfAbsent(
                  condition == null ? 0L : Math.round(condition[r]), k -> new double[3]);
          s[0]++;
          s[1] += read[r];
          s[2] += read[r] * read[r];
        }
      }
      double within =
          sums.values().stream().mapToDouble(s -> s[2] - s[1] * s[1] / s[0]).sum()
              / sums.values().stream().mapToDouble(s -> s[0]).sum();
      if (values.size() >= CONTINUOUS) {
        all.put(column.name(), Math.sqrt(within));
      }
    }
    return all;
  }

  private static double @Nullable [] condition(Table readings) {
    for (String name : List.of("altitude", "force setting")) {
      if (readings.schema().indexOf(name) >= 0) {
        double scale = name.equals("altitude") ? 1 : 1000;
        return Arrays.stream(readings.numbers(name)).map(v -> v / scale).toArray();
      }
    }
    return null;
  }
}
