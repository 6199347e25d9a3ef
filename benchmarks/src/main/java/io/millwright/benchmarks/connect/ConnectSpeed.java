package io.millwright.benchmarks.connect;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.millwright.api.Millwright;
import io.millwright.api.data.Column;
import io.millwright.api.data.CsvFormat;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.data.TableBuilder;
import io.millwright.connect.SignalFeed;
import io.millwright.connect.SignalReading;
import io.millwright.connect.jdbc.Database;
import io.millwright.connect.jdbc.Query;
import io.millwright.connect.parquet.ParquetFiles;
import io.millwright.connect.parquet.ParquetOutput;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Properties;
import java.util.Random;
import javax.sql.DataSource;

/**
 * Rows a second of Parquet, beside DuckDB through its own driver, and readings a second through a
 * feed. Arguments: rows of the file, readings; or {@code csv} and rows, for a text file of numbers,
 * labels and times beside the plain library.
 */
public final class ConnectSpeed {

  private static final int BATCH = 50_000;

  private ConnectSpeed() {}

  /**
   * Measures.
   *
   * @param arguments rows of the file, readings; or {@code csv} and rows
   */
  @SuppressWarnings("SystemOut") // a program
  public static void main(String[] arguments) throws Exception {
    if (arguments[0].equals("csv")) {
      csv(System.out, Integer.parseInt(arguments[1]));
      return;
    }
    int rows = Integer.parseInt(arguments[0]);
    int readings = Integer.parseInt(arguments[1]);
    PrintStream out = System.out;
    Path file = Files.createTempFile("speed", ".parquet");
    try {
      for (int round = 1; round <= 2; round++) {
        parquet(out, file, rows);
      }
    } finally {
      Files.delete(file);
    }
    for (int round = 1; round <= 3; round++) {
      feed(out, readings);
    }
    out.printf("heap at most %d MiB%n", Runtime.getRuntime().maxMemory() >> 20);
  }

  private static void csv(PrintStream out, int rows) throws IOException {
    Path file = Files.createTempFile("speed", ".csv");
    try (Millwright millwright = Millwright.create()) {
      try (BufferedWriter to = Files.newBufferedWriter(file)) {
        to.write("x,y,kind,at\n");
        for (int r = 0; r < rows; r++) {
          Instant at = Instant.ofEpochSecond(1_700_000_000L + r);
          to.write(r + "," + (float) Math.sin(r) + ",kind " + r % 9 + "," + at + "\n");
        }
      }
      long start = System.nanoTime();
      long[] seen = new long[1];
      millwright
          .tables()
          .batches(
              file, CsvFormat.builder().mostRows(rows).build(), BATCH, b -> seen[0] += b.rows());
      said(out, "csv read in batches", seen[0], start);
      start = System.nanoTime();
      long plain = -1;
      try (CsvReader<CsvRecord> reader = CsvReader.builder().ofCsvRecord(file)) {
        for (CsvRecord line : reader) {
          plain += line.getFieldCount() == 4 ? 1 : 0;
        }
      }
      said(out, "the plain library, texts alone", plain, start);
      out.printf(
          "%d MiB of text, heap at most %d MiB%n",
          Files.size(file) >> 20, Runtime.getRuntime().maxMemory() >> 20);
    } finally {
      Files.delete(file);
    }
  }

  private static void parquet(PrintStream out, Path file, int rows)
      throws IOException, SQLException {
    Schema schema =
        Schema.of(
            Column.number("x"), Column.number("y"), Column.category("kind"), Column.time("at"));
    long start = System.nanoTime();
    try (ParquetOutput output = ParquetOutput.open(file, schema)) {
      for (int from = 0; from < rows; from += BATCH) {
        TableBuilder batch = Table.builder(schema, BATCH);
        for (int r = from; r < Math.min(rows, from + BATCH); r++) {
          batch.number(0, r);
          batch.number(1, Math.sin(r));
          batch.text(2, "kind " + r % 9);
          batch.time(3, 1_700_000_000_000L + r);
          batch.endRow();
        }
        output.add(batch.build());
      }
    }
    said(out, "Parquet written, MiB " + (Files.size(file) >> 20), rows, start);
    double[] sum = new double[1];
    start = System.nanoTime();
    ParquetFiles.of(file)
        .batches(
            BATCH,
            t -> {
              for (int r = 0; r < t.rows(); r++) {
                sum[0] += t.number(r, 0);
              }
            });
    said(out, "Parquet read in batches", rows, start);
    check(sum[0], rows);
    String sql = "select x, y, kind, \"at\" from '" + file + "'";
    sum[0] = 0;
    start = System.nanoTime();
    Database.of(duck())
        .batches(
            Query.of("speed", sql),
            BATCH,
            t -> {
              for (int r = 0; r < t.rows(); r++) {
                sum[0] += t.number(r, 0);
              }
            });
    said(out, "the same file by DuckDB, through Database.batches", rows, start);
    check(sum[0], rows);
    sum[0] = 0;
    start = System.nanoTime();
    try (Connection open = duck().getConnection();
        Statement statement = open.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        sum[0] += result.getDouble(1);
        result.getDouble(2);
        result.getString(3);
        result.getObject(4);
      }
    }
    said(out, "the same file by DuckDB's driver alone", rows, start);
    check(sum[0], rows);
  }

  private static void check(double sum, int rows) {
    if (sum != (rows - 1.0) * rows / 2) {
      throw new IllegalStateException("the sum is " + sum);
    }
  }

  private static DataSource duck() {
    Properties streaming = new Properties();
    streaming.put("jdbc_stream_results", "true");
    return (DataSource)
        Proxy.newProxyInstance(
            ConnectSpeed.class.getClassLoader(),
            new Class<?>[] {DataSource.class},
            (proxy, method, args) -> DriverManager.getConnection("jdbc:duckdb:", streaming));
  }

  private static void feed(PrintStream out, int readings) throws InterruptedException {
    String[] sources = new String[1_000];
    for (int s = 0; s < sources.length; s++) {
      sources[s] = "plant/item" + s;
    }
    Random random = new Random(1);
    long[] got = new long[1];
    SignalFeed feed =
        SignalFeed.to(r -> got[0]++)
            .lateness(Duration.ofMillis(200))
            .silence(Duration.ofSeconds(5))
            .capacity(50_000)
            .build();
    Instant begin = Instant.parse("2026-01-01T00:00:00Z");
    long start = System.nanoTime();
    for (int k = 0; k < readings; k++) {
      // A thousand items at 10 Hz, each reading up to 150 ms late, one in ten twice.
      long micros = 100L * k - 1_000L * random.nextInt(150);
      Instant at = begin.plusNanos(1_000 * micros);
      SignalReading reading = SignalReading.good(sources[k % sources.length], at, k);
      feed.offer(reading);
      if (k % 10 == 0) {
        feed.offer(reading);
      }
    }
    feed.close();
    said(out, "readings through a feed, " + feed.counts(), readings, start);
    if (got[0] != feed.counts().delivered()) {
      throw new IllegalStateException("lost readings");
    }
  }

  private static void said(PrintStream out, String what, long count, long start) {
    double seconds = (System.nanoTime() - start) / 1e9;
    out.printf("%,d: %s: %.1f s, %,.0f a second%n", count, what, seconds, count / seconds);
  }
}
