package io.millwright.benchmarks.causes;

import io.millwright.api.Millwright;
import io.millwright.api.data.CsvFormat;
import io.millwright.api.data.Table;
import io.millwright.quality.Causes;
import io.millwright.quality.Direction;
import io.millwright.quality.Quality;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Directions of pairs whose cause is known: {@code CauseEffectPairs FOLDER}, with {@code truth.csv}
 * (columns pair, cause, weight) and {@code pairNNNN.csv.gz} (columns a, b) in the folder. Every
 * other pair is given with its columns swapped.
 */
public final class CauseEffectPairs {

  private CauseEffectPairs() {}

  /**
   * Runs it.
   *
   * @param args the folder
   * @throws IOException when a file cannot be read
   */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    record Judged(double weight, Direction direction, boolean right) {}
    List<Judged> all = new ArrayList<>();
    try (Millwright millwright = Millwright.create()) {
      Causes causes = millwright.plugin(Quality.class).causes();
      Table truth =
          millwright.tables().read(folder.resolve("truth.csv"), CsvFormat.guessed()).table();
      double[] weights = truth.numbers("weight");
      double[] pairs = truth.numbers("pair");
      List<@Nullable String> causing = truth.labels("cause");
      for (int p = 0; p < truth.rows(); p++) {
        String name = String.format(Locale.ROOT, "pair%04d", (int) pairs[p]);
        Path file = Compressed.unpacked(folder.resolve(name + ".csv.gz"));
        Table pair = millwright.tables().read(file, CsvFormat.guessed()).table();
        Files.delete(file);
        List<Double> a = Arrays.stream(pair.numbers("a")).boxed().toList();
        List<Double> b = Arrays.stream(pair.numbers("b")).boxed().toList();
        boolean swapped = p % 2 == 1;
        Direction d = swapped ? causes.direction(b, a) : causes.direction(a, b);
        boolean first = "a".equals(causing.get(p)) != swapped;
        all.add(new Judged(weights[p], d, d.lean() > 0 == first));
      }
    }
    all.sort(Comparator.comparingDouble((Judged j) -> Math.abs(j.direction().lean())).reversed());
    double whole = all.stream().mapToDouble(Judged::weight).sum();
    for (double share : new double[] {0.3, 0.5, 1}) {
      double seen = 0;
      double right = 0;
      for (Judged j : all) {
        if (seen + j.weight() <= share * whole + 1e-9) {
          seen += j.weight();
          right += j.right() ? j.weight() : 0;
        }
      }
      System.out.printf(
          Locale.ROOT, "surest %.0f %%: weighted accuracy %.3f%n", 100 * share, right / seen);
    }
    double decided = 0;
    double right = 0;
    for (Judged j : all) {
      boolean open = j.direction().way() == Direction.Way.OPEN;
      decided += open ? 0 : j.weight();
      right += open || !j.right() ? 0 : j.weight();
    }
    System.out.printf(
        Locale.ROOT,
        "not open: %.0f %% of the weight, accuracy %.3f; %d pairs%n",
        100 * decided / whole,
        right / decided,
        all.size());
  }
}
