package io.millwright.benchmarks.speed;

import io.millwright.api.Millwright;
import io.millwright.api.Monitor;
import io.millwright.api.Outcome;
import io.millwright.api.data.Column;
import io.millwright.api.data.Row;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.maintenance.Health;
import io.millwright.maintenance.HealthMethod;
import io.millwright.maintenance.HealthModel;
import io.millwright.maintenance.HealthTrainer;
import io.millwright.maintenance.Maintenance;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Health of many machines from readings that arrive one by one, on one thread: rows a second while
 * all is well and while a tenth of the machines have a sensor that lies, bytes a machine in memory
 * and in a snapshot, and whether a restart in the middle changes any answer. Arguments: machines,
 * sensors, readings of each machine, and the method ({@code FORECAST}; the trainer chooses).
 */
public final class HealthStream {

  private HealthStream() {}

  /** Runs the measurement. */
  public static void main(String[] args) throws Exception {
    int machines = Integer.parseInt(args[0]);
    int sensors = Integer.parseInt(args[1]);
    int readings = Integer.parseInt(args[2]);
    Schema schema =
        new Schema(
            IntStream.range(0, sensors).mapToObj(s -> Column.number("sensor " + s)).toList());
    Random random = new Random(1);
    double[][] mix = new double[sensors][5];
    for (double[] row : mix) {
      for (int k = 0; k < row.length; k++) {
        row[k] = random.nextGaussian();
      }
    }
    Table normal = Table.ofNumbers(schema, rows(2000, mix, random));
    Path bundle = Files.createTempFile("health", ".mwb");
    try (Millwright millwright = Millwright.create()) {
      Maintenance maintenance = millwright.plugin(Maintenance.class);
      HealthTrainer trainer = maintenance.health();
      if (args.length > 3) {
        trainer = trainer.methods(List.of(HealthMethod.valueOf(args[3])));
      }
      HealthModel model = trainer.train(normal).await();
      System.out.println(model.method().words());
      Files.delete(bundle);
      model.saveTo(bundle);
      Table stream = Table.ofNumbers(schema, rows(997, mix, random));
      double[][] lying = rows(997, mix, random);
      for (double[] row : lying) {
        row[3] += 12;
      }
      Table liars = Table.ofNumbers(schema, lying);
      try (Monitor<Row, Health> monitor = maintenance.healthMonitor(bundle)) {
        long before = used();
        double first = feed(monitor, machines, 20, stream, liars, 0, 0);
        long after = used();
        System.out.printf(Locale.ROOT, "warm-up: %.0f rows a second%n", first);
        System.out.printf("memory: %d bytes a machine%n", (after - before) / machines);
        double well = feed(monitor, machines, readings, stream, liars, 20, 0);
        double tenth = feed(monitor, machines, readings, stream, liars, 20 + readings, 10);
        say("all sound", well, sensors);
        say("a tenth with a sensor that lies", tenth, sensors);
        byte[] snapshot = monitor.snapshot();
        System.out.printf("snapshot: %d bytes a machine%n", snapshot.length / machines);
        try (Monitor<Row, Health> restarted = maintenance.healthMonitor(bundle)) {
          long begin = System.nanoTime();
          restarted.restore(snapshot);
          System.out.printf("restored in %.0f ms%n", (System.nanoTime() - begin) / 1e6);
          int same = 0;
          int asked = 0;
          for (int m = 0; m < machines; m++) {
            for (int r = 0; r < 20; r++) {
              Instant at = Instant.ofEpochSecond(1_000_000 + r);
              Row row = (m % 10 == 0 ? liars : stream).row((m + r) % stream.rows());
              Outcome<Health> one = monitor.update("machine " + m, row, at);
              Outcome<Health> other = restarted.update("machine " + m, row, at);
              same += one.equals(other) ? 1 : 0;
              asked++;
            }
          }
          System.out.printf("after the restart %d of %d answers are the same%n", same, asked);
        }
      }
    } finally {
      Files.deleteIfExists(bundle);
    }
  }

  private static void say(String what, double rows, int sensors) {
    System.out.printf(
        Locale.ROOT, "%s: %.0f rows, %.0f readings a second%n", what, rows, rows * sensors);
  }

  /** Rows that follow five hidden loads, with noise. */
  private static double[][] rows(int count, double[][] mix, Random random) {
    List<double[]> rows = new ArrayList<>();
    double[] load = new double[5];
    for (int r = 0; r < count; r++) {
      for (int k = 0; k < load.length; k++) {
        load[k] = 0.8 * load[k] + 0.6 * random.nextGaussian();
      }
      double[] row = new double[mix.length];
      for (int s = 0; s < row.length; s++) {
        row[s] = 100 + 0.5 * random.nextGaussian();
        for (int k = 0; k < load.length; k++) {
          row[s] += mix[s][k] * load[k];
        }
      }
      rows.add(row);
    }
    return rows.toArray(double[][]::new);
  }

  /** Feeds every machine in turn; one machine in so many has a sensor that lies. */
  private static double feed(
      Monitor<Row, Health> monitor,
      int machines,
      int readings,
      Table stream,
      Table liars,
      int from,
      int lying) {
    long begin = System.nanoTime();
    long alarms = 0;
    for (int r = from; r < from + readings; r++) {
      Instant at = Instant.ofEpochSecond(r);
      for (int m = 0; m < machines; m++) {
        Table of = lying > 0 && m % lying == 0 ? liars : stream;
        Outcome<Health> said = monitor.update("machine " + m, of.row((m + r) % of.rows()), at);
        alarms += said.fold(p -> p.value().alarm() ? 1 : 0, a -> 0);
      }
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    System.out.printf(
        Locale.ROOT, "  %.4f of the answers alarm%n", alarms / (double) (machines * readings));
    return machines * (double) readings / seconds;
  }

  private static long used() throws InterruptedException {
    for (int i = 0; i < 3; i++) {
      System.gc();
      Thread.sleep(50);
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
