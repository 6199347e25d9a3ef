package io.millwright.runtime.edge;

import io.millwright.api.Millwright;
import io.millwright.api.ModelSource;
import io.millwright.api.Predictor;
import io.millwright.api.data.Column;
import io.millwright.api.data.Table;
import io.millwright.api.data.TableBuilder;
import java.nio.file.Path;

/**
 * The program of a device, in a process of its own. Arguments: a model of sequences, a model of
 * rows, and how often the rows are answered.
 */
final class EdgeChild {

  private EdgeChild() {}

  /** Answers, and says what and how fast. */
  public static void main(String[] args) {
    long begin = System.nanoTime();
    EdgePredictor life = EdgePredictor.open(ModelSource.file(Path.of(args[0])), 0.9);
    for (int row = 0; row < 40; row++) {
      for (int c = 0; c < life.info().inputs().size(); c++) {
        life.set(c, 100 + Math.sin(row + c));
      }
      if (!life.push()) {
        throw new IllegalStateException("no answer for row " + row);
      }
    }
    System.out.println("monitored " + life.value() + " from " + life.low());
    EdgePredictor strength = EdgePredictor.open(ModelSource.file(Path.of(args[1])), 0.9);
    int heat = strength.column("heat");
    int seconds = strength.column("seconds");
    int alloy = strength.column("alloy");
    strength.set(alloy, "steel");
    strength.set(heat, 0.5);
    strength.set(seconds, 0.5);
    strength.predict();
    System.out.printf("first %.0f ms%n", (System.nanoTime() - begin) / 1e6);
    System.out.println("predicted " + strength.value());
    int count = Integer.parseInt(args[2]);
    double sum = 0;
    long from = System.nanoTime();
    for (int i = 0; i < count; i++) {
      strength.set(heat, (i % 997) / 997.0);
      strength.set(seconds, (i % 1009) / 1009.0);
      strength.predict();
      sum += strength.value() + strength.low() + strength.high();
    }
    double took = (System.nanoTime() - from) / 1e9;
    System.out.printf("answered %d at %.0f a second, sum %.3f%n", count, count / took, sum);
    if (args.length > 3) {
      // The whole small host as well, which makes garbage.
      try (Millwright millwright = Millwright.create();
          Predictor<Table, Object> predictor = millwright.open(Path.of(args[1]))) {
        TableBuilder rows = Table.builder(strength.info().inputs(), 1);
        Object[] cells = new Object[strength.info().inputs().size()];
        for (int c = 0; c < cells.length; c++) {
          Column column = strength.info().inputs().columns().get(c);
          cells[c] = column.type().isNumeric() ? (Object) 0.5 : "steel";
        }
        rows.add(cells);
        Table row = rows.build();
        for (int i = 0; i < 20_000; i++) {
          predictor.predict(row);
        }
        System.out.println("host " + predictor.predict(row).orElseThrow().value());
      }
    }
    Runtime runtime = Runtime.getRuntime();
    System.out.println(
        "heap "
            + (runtime.totalMemory() - runtime.freeMemory()) / 1024
            + " KiB of "
            + runtime.maxMemory() / 1024);
  }
}
