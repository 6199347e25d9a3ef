package io.millwright.benchmarks.quality;

import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.Trained;
import io.millwright.api.data.Table;
import io.millwright.api.learn.Learning;
import io.millwright.api.learn.Networks;
import io.millwright.runtime.compress.Compression;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * What rounding the weights of a network costs: a perceptron is learnt from the first four fifths
 * of a table, and its smaller forms are judged on the last fifth. Arguments: the CSV file, the
 * column of numbers that is learnt, columns that are left out.
 */
public final class Smaller {

  private Smaller() {}

  /** Learns, compresses and prints. */
  public static void main(String[] args) throws InterruptedException, IOException {
    Path folder = Files.createTempDirectory("smaller");
    Path whole = folder.resolve("whole.mwb");
    try (Millwright millwright = Millwright.create()) {
      Table table =
          millwright
              .tables()
              .csv(Path.of(args[0]))
              .without(Arrays.copyOfRange(args, 2, args.length));
      int cut = table.rows() * 4 / 5;
      Trained<Table, Double> model =
          millwright
              .learning()
              .number(args[1])
              .network(Networks.mlp(256, 256))
              .learning(Learning.adam(1e-3).batch(64).epochs(40).earlyStopping(8))
              .train(table.slice(0, cut))
              .await();
      model.saveTo(whole);
      System.out.println(model.evaluation().figures());
      Table rest = table.slice(cut, table.rows());
      for (Compression.Form form : Compression.Form.values()) {
        Path smaller = folder.resolve(form + ".mwb");
        try {
          System.out.println(
              form
                  + ": "
                  + Compression.to(millwright, form).compress(whole, rest, args[1], smaller));
        } catch (MillwrightException e) {
          System.out.println(e.getMessage());
        }
      }
    }
  }
}
