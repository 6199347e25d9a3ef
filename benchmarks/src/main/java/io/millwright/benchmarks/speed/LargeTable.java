package io.millwright.benchmarks.speed;

import io.millwright.api.Job;
import io.millwright.api.Millwright;
import io.millwright.api.Progress;
import io.millwright.api.Trained;
import io.millwright.api.data.Column;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.data.TableBuilder;
import io.millwright.api.learn.Learning;
import io.millwright.api.learn.Networks;
import io.millwright.api.learn.Split;
import io.millwright.core.large.LargeLearning;
import io.millwright.core.large.LargePlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * A table that does not fit into memory beside one that does: drawn rows of 20 columns, a
 * perceptron 64-32, two epochs. Arguments: the rows out of core, the rows in memory (0 for none).
 */
public final class LargeTable {

  private static final int COLUMNS = 20;
  private static final int BATCH = 50_000;

  private LargeTable() {}

  /** Learns both ways and prints times. */
  public static void main(String[] args) throws Exception {
    long rows = Long.parseLong(args[0]);
    int small = Integer.parseInt(args[1]);
    Path folder = Files.createTempDirectory("large");
    try (Millwright millwright = Millwright.create()) {
      Clock clock = new Clock();
      Job<Trained<Table, Object>> job =
          millwright
              .plugin(LargeLearning.class)
              .train(
                  take -> draw(rows, take),
                  LargePlan.of("y", folder).learning(Learning.adam(1e-3).batch(1024).epochs(2)));
      job.onProgress(clock::note);
      Trained<Table, Object> model = job.await();
      System.out.printf(
          "%d rows out of core, heap of %d MiB: %s; %s%n",
          rows,
          Runtime.getRuntime().maxMemory() >> 20,
          clock.said(rows),
          model.evaluation().figures());
      if (small > 0) {
        memory(millwright, small);
      }
    }
  }

  private static void memory(Millwright millwright, int rows) throws InterruptedException {
    Table[] whole = {null};
    draw(rows, rows, t -> whole[0] = t);
    Clock clock = new Clock();
    Job<Trained<Table, Double>> job =
        millwright
            .learning()
            .number("y")
            .network(Networks.mlp(64, 32))
            .split(Split.holdOut(0.02).by(Split.By.ROW))
            .learning(Learning.adam(1e-3).batch(1024).epochs(2))
            .train(whole[0]);
    job.onProgress(clock::note);
    job.await();
    System.out.printf("%d rows in memory: %s%n", rows, clock.said(rows));
  }

  /** When the epochs ended. */
  private static final class Clock {
    private final List<Double> ends = new ArrayList<>();

    synchronized void note(Progress progress) {
      if (progress.figures().containsKey("epoch")) {
        ends.add(progress.elapsed().toNanos() / 1e9);
      }
    }

    synchronized String said(long rows) {
      double epoch = ends.get(1) - ends.get(0);
      return String.format(
          "an epoch %.1f s, %.2f us a row; drawing and preparing before it %.1f s, %.2f us a row",
          epoch, epoch / rows * 1e6, ends.get(0) - epoch, (ends.get(0) - epoch) / rows * 1e6);
    }
  }

  private static void draw(long rows, Consumer<? super Table> take) {
    draw(rows, BATCH, take);
  }

  private static void draw(long rows, int batch, Consumer<? super Table> take) {
    List<Column> columns = new ArrayList<>();
    for (int c = 0; c < COLUMNS; c++) {
      columns.add(Column.number("x" + c));
    }
    columns.add(Column.number("y"));
    Schema schema = new Schema(columns);
    Random random = new Random(1);
    Object[] cells = new Object[COLUMNS + 1];
    for (long done = 0; done < rows; ) {
      int count = (int) Math.min(batch, rows - done);
      TableBuilder table = Table.builder(schema, count);
      for (int r = 0; r < count; r++) {
        double y = 0;
        for (int c = 0; c < COLUMNS; c++) {
          double x = random.nextDouble() * 2 - 1;
          y += x * (c % 3 - 1) + (c < 3 ? x * x : 0);
          cells[c] = x;
        }
        cells[COLUMNS] = y + 0.1 * random.nextDouble();
        table.add(cells);
      }
      take.accept(table.build());
      done += count;
    }
  }
}
