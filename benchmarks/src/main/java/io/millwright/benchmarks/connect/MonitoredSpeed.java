package io.millwright.benchmarks.connect;

import io.millwright.api.Millwright;
import io.millwright.api.Monitor;
import io.millwright.api.Outcome;
import io.millwright.api.data.Row;
import io.millwright.connect.SignalFeed;
import io.millwright.connect.SignalReading;
import io.millwright.connect.UnitRows;
import io.millwright.maintenance.Cycles;
import io.millwright.maintenance.Maintenance;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Readings of a thousand items at 10 Hz as texts, as a broker hands them over, through decoding,
 * feed, rows and a monitor of remaining life on one thread, whose processor time is told, so that
 * other work does not count. Arguments: a bundle of remaining life, how many readings.
 */
public final class MonitoredSpeed {

  private static final int ITEMS = 1_000;

  private MonitoredSpeed() {}

  /** Measures. */
  @SuppressWarnings("SystemOut") // a program
  public static void main(String[] arguments) throws InterruptedException {
    int readings = Integer.parseInt(arguments[1]);
    try (Millwright millwright = Millwright.create();
        Monitor<Row, Cycles> monitor =
            millwright.plugin(Maintenance.class).monitor(Path.of(arguments[0]))) {
      List<String> columns = monitor.info().inputs().names();
      int units = ITEMS / columns.size();
      long[] outcomes = new long[2];
      UnitRows.Builder<Cycles> builder =
          UnitRows.of(monitor, monitor.info().inputs())
              .hold(Duration.ofSeconds(5))
              .every(Duration.ofMillis(100))
              .outcomes(o -> outcomes[o.outcome() instanceof Outcome.Prediction<Cycles> ? 0 : 1]++);
      String[] sources = new String[units * columns.size()];
      for (int s = 0; s < sources.length; s++) {
        sources[s] = "plant/unit" + s / columns.size() + "/" + columns.get(s % columns.size());
        builder.signal(sources[s], "unit " + s / columns.size(), columns.get(s % columns.size()));
      }
      UnitRows<Cycles> rows = builder.build();
      for (int round = 1; round <= 3; round++) {
        run(rows, sources, readings, round, outcomes);
      }
    }
  }

  private static void run(
      UnitRows<Cycles> rows, String[] sources, int readings, int round, long[] outcomes)
      throws InterruptedException {
    SignalFeed feed = SignalFeed.to(rows).lateness(Duration.ofMillis(200)).capacity(50_000).build();
    Instant begin = Instant.parse("2026-01-01T00:00:00Z").plus(Duration.ofDays(round));
    Random random = new Random(round);
    byte[][] payloads = new byte[4096][];
    for (int k = 0; k < payloads.length; k++) {
      payloads[k] =
          String.format(Locale.ROOT, "%.3f", 50 + random.nextGaussian())
              .getBytes(StandardCharsets.US_ASCII);
    }
    long before = outcomes[0] + outcomes[1];
    long used = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    for (int k = 0; k < readings; k++) {
      long micros = 100_000L * (k / sources.length) - 1_000L * random.nextInt(90);
      double value = Double.parseDouble(new String(payloads[k & 4095], StandardCharsets.US_ASCII));
      feed.offer(
          SignalReading.good(sources[k % sources.length], begin.plusNanos(1_000 * micros), value));
    }
    feed.close();
    used = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - used;
    System.out.printf(
        Locale.ROOT,
        "%d readings of %d items, %d outcomes (%d answers in all): %.1f us of one core each, %.0f"
            + " a second; %s%n",
        readings,
        sources.length,
        outcomes[0] + outcomes[1] - before,
        outcomes[0],
        used / 1e3 / readings,
        readings * 1e9 / used,
        feed.counts());
  }
}
