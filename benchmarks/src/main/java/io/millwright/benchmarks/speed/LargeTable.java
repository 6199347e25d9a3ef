package io.millwright.benchmarks.speed;

import io.millwright.api.Millwright;
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
 * perceptron 64-32, one epoch and two, so that their difference is an epoch. Arguments: the rows
 * out of core, the rows in memory (0 for none).
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
      double[] took = new double[2];
      for (int epochs = 1; epochs <= 2; epochs++) {
        long begin = System.nanoTime();
        Trained<Table, Object> model =
            millwright
                .plugin(LargeLearning.class)
                .train(
                    take -> draw(rows, take),
                    LargePlan.of("y", folder)
                        .learning(Learning.adam(1e-3).batch(1024).epochs(epochs)))
                .await();
        took[epochs - 1] = (System.nanoTime() - begin) / 1e9;
        System.out.printf(
            "%d rows out of core, %d epochs: %.0f s, %s; heap at most %d MiB%n",
            rows,
            epochs,
            took[epochs - 1],
            model.evaluation().figures(),
            Runtime.getRuntime().maxMemory() >> 20);
      }
      System.out.printf(
          "an epoch: %.2f us a row; drawing, preparing and judging: %.2f us a row%n",
          (took[1] - took[0]) / rows * 1e6, (2 * took[0] - took[1]) / rows * 1e6);
      if (small > 0) {
        memory(millwright, small);
      }
    }
  }

  private static void memory(Millwright millwright, int rows) throws InterruptedException {
    Table[] whole = {null};
    draw(rows, rows, t -> whole[0] = t);
    double[] took = new double[2];
    for (int epochs = 1; epochs <= 2; epochs++) {
      long begin = System.nanoTime();
      millwright
          .learning()
          .number("y")
          .network(Networks.mlp(64, 32))
          .split(Split.holdOut(0.02).by(Split.By.ROW))
          .learning(Learning.adam(1e-3).batch(1024).epochs(5 * epochs))
          .train(whole[0])
          .await();
      took[epochs - 1] = (System.nanoTime() - begin) / 1e9;
    }
    System.out.printf(
        "%d rows in memory: an epoch %.2f us a row; all else %.2f us a row%n",
        rows, (took[1] - took[0]) / 5 / rows * 1e6, (2 * took[0] - took[1]) / rows * 1e6);
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
