package io.millwright.benchmarks.maintenance;

import io.millwright.api.Millwright;
import io.millwright.api.Predictor;
import io.millwright.api.data.Column;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.maintenance.Health;
import io.millwright.maintenance.HealthCourse;
import io.millwright.maintenance.HealthMethod;
import io.millwright.maintenance.HealthModel;
import io.millwright.maintenance.Maintenance;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Methods of health on generated processes of which the truth is known: what each misses of faults,
 * how often it alarms in fresh normal readings, and which one is chosen by itself. The faults
 * change the process behind the readings (a gain, a time constant, a valve, a sensor) and are none
 * of those that the choice plants. Arguments: keys, normal readings to learn from.
 */
public final class HealthMethods {

  private static final int SENSORS = 6;
  private static final int FRESH = 1000;
  private static final int FAULTS = 5;

  private HealthMethods() {}

  /** A process; the kind and the fault say how it moves. */
  private enum Kind {
    INDEPENDENT,
    LINEAR,
    MANIFOLD,
    CURVE,
    OSCILLATING,
    CYCLE,
    LEVELS
  }

  /** Runs the measurement. */
  public static void main(String[] args) throws Exception {
    int keys = Integer.parseInt(args[0]);
    int rows = Integer.parseInt(args[1]);
    Schema schema =
        new Schema(
            IntStream.range(0, SENSORS).mapToObj(s -> Column.number("sensor " + s)).toList());
    try (Millwright millwright = Millwright.create()) {
      Maintenance maintenance = millwright.plugin(Maintenance.class);
      for (Kind kind : args.length > 2 ? new Kind[] {Kind.valueOf(args[2])} : Kind.values()) {
        List<Set<HealthMethod>> ways = new ArrayList<>();
        for (HealthMethod method : HealthMethod.values()) {
          ways.add(Set.of(method));
        }
        ways.add(Set.of(HealthMethod.values()));
        if (args.length > 3) {
          ways = List.of(Set.of(HealthMethod.valueOf(args[3])));
        }
        for (Set<HealthMethod> way : ways) {
          double missed = 0;
          double alarms = 0;
          List<String> chosen = new ArrayList<>();
          long begun = System.nanoTime();
          for (int key = 0; key < keys; key++) {
            HealthModel model =
                maintenance
                    .health()
                    .methods(way)
                    .key(key)
                    .train(Table.ofNumbers(schema, rows(kind, 100L + key, 0, rows, 0)))
                    .await();
            chosen.add(model.method().words());
            if (way.size() > 1 && key == 0) {
              System.out.println(kind + ": " + model.choice());
            }
            try (Predictor<Table, HealthCourse> predictor = model.open()) {
              for (int fault = 0; fault <= FAULTS; fault++) {
                double[][] fresh = rows(kind, 100L + key, 1 + fault, FRESH, fault);
                HealthCourse course =
                    predictor
                        .predict(Table.ofNumbers(schema, fresh))
                        .fold(p -> p.value(), a -> new HealthCourse(List.of(), List.of()));
                double usual =
                    1 - course.readings().stream().filter(Health::unusual).count() / (double) FRESH;
                if (fault == 0) {
                  alarms += (1 - usual) / keys;
                } else {
                  missed += usual / FAULTS / keys;
                }
              }
            }
          }
          System.out.printf(
              Locale.ROOT,
              "%-12s %-18s missed %.3f, false alarms %.2f %%, %.1f s %s%n",
              kind,
              way.size() > 1 ? "chosen" : way.iterator().next().words(),
              missed,
              100 * alarms,
              (System.nanoTime() - begun) / 1e9 / keys,
              way.size() > 1 ? chosen.toString() : "");
        }
      }
    }
  }

  /** Readings of the process of one key; the fault acts from the beginning, 0 for none. */
  private static double[][] rows(Kind kind, long key, int stream, int count, int fault) {
    Random shape = new Random(key * 31 + kind.name().length());
    double[][] mix = new double[SENSORS][3];
    double[][] bend = new double[SENSORS][3];
    for (int s = 0; s < SENSORS; s++) {
      for (int k = 0; k < 3; k++) {
        mix[s][k] = shape.nextGaussian();
        bend[s][k] = shape.nextGaussian();
      }
    }
    Random random = new Random(key * 1000 + stream);
    double[][] rows = new double[count][SENSORS];
    double[] state = {0, 0, 0};
    double level = 0;
    double phase = 2 * Math.PI * random.nextDouble();
    double u = 1;
    double v = 0;
    for (int t = -200; t < count; t++) {
      double own = fault == 1 ? 0.3 : 0.9;
      for (int k = 0; k < 3; k++) {
        state[k] = own * state[k] + Math.sqrt(1 - own * own) * random.nextGaussian();
      }
      double cross = fault == 2 ? 0.2 : 0.8;
      state[1] = cross * state[0] + Math.sqrt(1 - cross * cross) * state[1];
      phase += fault == 1 ? 0.45 : 0.3 + 0.01 * random.nextGaussian();
      double damp = fault == 1 ? 0.2 : 1.5;
      for (int i = 0; i < 10; i++) {
        double du = v;
        double dv = damp * (1 - u * u) * v - u;
        u += 0.03 * du;
        v += 0.03 * dv + 0.003 * random.nextGaussian();
      }
      if (random.nextInt(60) == 0) {
        level = random.nextInt(3) - 1;
      }
      if (t < 0) {
        continue;
      }
      double draw = 4 * random.nextDouble() - 2;
      for (int s = 0; s < SENSORS; s++) {
        double gain = fault == 3 && s < 2 ? 0.5 : 1;
        double sum = 0;
        for (int k = 0; k < 3; k++) {
          sum += mix[s][k] * state[k];
        }
        double value =
            switch (kind) {
              case INDEPENDENT -> random.nextGaussian() * (fault == 1 || fault == 2 ? 1.6 : 1);
              case LINEAR -> gain * sum + 0.2 * random.nextGaussian();
              case MANIFOLD ->
                  gain
                          * (Math.sin(1.5 * state[0] + bend[s][0])
                              + 0.5 * mix[s][1] * state[0] * state[0])
                      + (fault == 2 ? 0.3 * mix[s][2] * state[2] : 0)
                      + 0.05 * random.nextGaussian();
              case CURVE ->
                  gain
                          * Math.sin(
                              draw * (1 + 0.5 * s) + (fault == 1 && s == 0 ? 1 : 0) + bend[s][0])
                      + (fault == 2 ? 0.3 * mix[s][2] * state[2] : 0)
                      + 0.1 * random.nextGaussian();
              case OSCILLATING ->
                  gain * Math.sin(phase + (fault == 2 && s == 0 ? 1 : 0) + bend[s][0])
                      + 0.4 * mix[s][0] * state[0]
                      + 0.1 * random.nextGaussian();
              case CYCLE ->
                  gain * (mix[s][0] * u + mix[s][1] * v)
                      + (fault == 2 ? 0.3 * mix[s][2] * state[2] : 0)
                      + 0.1 * random.nextGaussian();
              case LEVELS ->
                  gain
                          * (3 * mix[s][0] * level
                              + (fault == 2 ? 0.2 : 1) * 0.5 * mix[s][1] * state[0])
                      + 0.2 * random.nextGaussian();
            };
        rows[t][s] = value;
      }
      if (fault == 4) {
        rows[t][3] += 0.5 + 0.001 * t;
      }
      if (fault == 5) {
        rows[t][4] = t == 0 ? rows[t][4] : 0.9 * rows[t - 1][4] + 0.1 * rows[t][4];
      }
    }
    return rows;
  }
}
