package io.millwright.benchmarks.trust;

import io.millwright.api.Millwright;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Accuracy, F1, cost and error before the truth is known, on models of real data: AI4I (failures),
 * turbofans (remaining life), NEU (surfaces); and on drawn rows of a law that gives as many
 * failures as one likes. Windows are drawn from rows that neither model nor estimator saw, inputs
 * shifted by drawing rows with weights. Arguments: the folder of the data; then {@code ai4i},
 * {@code drawn}, {@code FD001} or {@code FD002}, or {@code neu FOLDER-OF-IMAGES LABELS-A-CLASS
 * DRAWS}.
 */
public final class Unlabelled {

  private Unlabelled() {}

  /** Prints a line for each shift and figure. */
  public static void main(String[] args) throws InterruptedException, IOException {
    Path data = Path.of(args[0]);
    try (Millwright millwright = Millwright.create()) {
      switch (args[1]) {
        case "ai4i" ->
            UnlabelledFailures.milling(millwright, data.resolve("ai4i-2020/ai4i2020.csv"));
        case "drawn" -> UnlabelledFailures.drawn(millwright);
        case "neu" ->
            UnlabelledSurfaces.run(
                millwright,
                data,
                Path.of(args[2]),
                Integer.parseInt(args[3]),
                Integer.parseInt(args[4]));
        default -> UnlabelledLives.run(millwright, data.resolve("c-mapss"), args[1]);
      }
    }
  }
}
