package io.millwright.maintenance.internal.health;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Table;
import io.millwright.api.spi.ComposedModel;
import io.millwright.maintenance.Health;
import io.millwright.maintenance.HealthCourse;
import io.millwright.maintenance.SensorFinding;
import io.millwright.runtime.monitoring.AlarmRule;
import io.millwright.runtime.monitoring.ChangePoints;
import io.millwright.runtime.monitoring.ProcessModel;
import io.millwright.runtime.monitoring.SensorModel;
import io.millwright.runtime.monitoring.SensorReport;
import io.millwright.runtime.monitoring.SensorWatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * All that was learnt of normal operation.
 *
 * @param columns the columns of a reading
 * @param limits the limits
 * @param sensors what the sensors say of each other
 */
record Normal(List<String> columns, Limits limits, SensorModel sensors) {

  /** On after three readings beyond the limit, off after six below nine tenths of it. */
  static final AlarmRule ALARM = new AlarmRule(1, 0.9, 3, 6);

  /** The name of the network in a bundle. */
  static final String NETWORK = "expected";

  private static final int MOST_CAUSES = 5;

  Normal {
    columns = List.copyOf(columns);
    if (columns.size() != limits.process().variables() || columns.size() != sensors.sensors()) {
      throw new MillwrightException(
          ErrorCode.BAD_BUNDLE,
          columns.size()
              + " columns, but limits for "
              + limits.process().variables()
              + " and sensors for "
              + sensors.sensors()
              + "\nMaybe train the model again");
    }
  }

  /** Rows of a table with the columns of this model. */
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

  Watched begin() {
    return new Watched(this);
  }

  HealthCourse course(Table table) {
    Watched watch = begin();
    List<Health> readings = new ArrayList<>(table.rows());
    // The cube root makes sums of squares nearly normal (Wilson and Hilferty 1931).
    double[] index = new double[table.rows()];
    for (double[] row : rows(table, columns)) {
      readings.add(watch.take(row));
      index[readings.size() - 1] = Math.cbrt(watch.level);
    }
    return new HealthCourse(readings, ChangePoints.ofLevel(index));
  }

  void write(SortedMap<String, String> texts, SortedMap<String, List<Double>> numbers) {
    for (int c = 0; c < columns.size(); c++) {
      texts.put(String.format(java.util.Locale.ROOT, "column/%06d", c), columns.get(c));
    }
    limits.process().numbers().forEach((name, values) -> numbers.put("process/" + name, values));
    if (limits.residuals() != null && limits.unexpected() != null) {
      limits.residuals().write(texts, numbers);
      limits
          .unexpected()
          .numbers()
          .forEach((name, values) -> numbers.put("unexpected/" + name, values));
    }
    sensors.numbers().forEach((name, values) -> numbers.put("sensors/" + name, values));
  }

  static Normal read(ComposedModel model) {
    List<String> columns =
        model.texts().entrySet().stream()
            .filter(e -> e.getKey().startsWith("column/"))
            .map(Map.Entry::getValue)
            .toList();
    String method = model.texts().get("method");
    Residuals residuals = null;
    ProcessModel unexpected = null;
    if (method != null) {
      residuals =
          Residuals.read(method, model.numbers(), columns.size(), model.networks().get(NETWORK));
      unexpected = ProcessModel.of(room(model, "unexpected/"));
    }
    return new Normal(
        columns,
        new Limits(ProcessModel.of(room(model, "process/")), residuals, unexpected),
        SensorModel.of(room(model, "sensors/")));
  }

  private static SortedMap<String, List<Double>> room(ComposedModel model, String prefix) {
    SortedMap<String, List<Double>> room = new TreeMap<>();
    model
        .numbers()
        .forEach(
            (name, values) -> {
              if (name.startsWith(prefix)) {
                room.put(name.substring(prefix.length()), values);
              }
            });
    return room;
  }

  /** One machine under watch; not thread-safe. */
  static final class Watched {
    private final Normal normal;
    private final Limits.Watch process;
    private final SensorWatch sensors;
    private double level;
    private AlarmRule.State alarm = AlarmRule.State.QUIET;

    Watched(Normal normal) {
      this.normal = normal;
      process = normal.limits().begin();
      sensors = normal.sensors().begin();
    }

    Health take(double[] row) {
      SensorReport report = sensors.take(row);
      Limits.Point point = process.take(row);
      level = point.level();
      alarm = ALARM.next(alarm, point.ratio());
      Map<String, Double> causes = new LinkedHashMap<>();
      if (point.ratio() > 1 || alarm.active()) {
        IntStream.range(0, row.length)
            .boxed()
            .sorted(Comparator.comparingDouble(j -> -point.contributions().get(j)))
            .limit(MOST_CAUSES)
            .forEach(j -> causes.put(normal.columns().get(j), point.contributions().get(j)));
      }
      List<SensorFinding> findings =
          report.verdicts().stream()
              .map(
                  v ->
                      new SensorFinding(
                          normal.columns().get(v.sensor()),
                          v.fault(),
                          v.other() < 0 ? "" : normal.columns().get(v.other()),
                          v.virtual(),
                          v.deviation()))
              .toList();
      return new Health(
          point.index(),
          point.readings().t2(),
          point.readings().spe(),
          point.ratio(),
          alarm.active(),
          causes,
          findings,
          alarm.active() && (report.machine() || findings.isEmpty()));
    }

    double[] memory() {
      double[] first = process.memory();
      double[] second = sensors.memory();
      double[] all = Arrays.copyOf(first, first.length + second.length + 2);
      System.arraycopy(second, 0, all, first.length, second.length);
      all[all.length - 2] = alarm.active() ? 1 : 0;
      all[all.length - 1] = alarm.count();
      return all;
    }

    void restore(double[] all) {
      int first = process.memory().length;
      if (all.length != first + sensors.memory().length + 2) {
        throw new MillwrightException(
            ErrorCode.BAD_FILE,
            "the memory of a machine has " + all.length + " numbers\nMaybe it is another model's");
      }
      process.restore(Arrays.copyOf(all, first));
      sensors.restore(Arrays.copyOfRange(all, first, all.length - 2));
      alarm = new AlarmRule.State(all[all.length - 2] != 0, (int) all[all.length - 1]);
    }
  }
}
