package io.millwright.benchmarks.causes;

import io.millwright.api.Millwright;
import io.millwright.api.data.CsvFormat;
import io.millwright.api.data.Table;
import io.millwright.quality.CauseGraph;
import io.millwright.quality.CausePlan;
import io.millwright.quality.Quality;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Skeletons of networks whose graph is known: {@code KnownNetworks FOLDER NAME...}, with {@code
 * NAME.csv.gz} and {@code NAME_arcs.csv} in the folder.
 */
public final class KnownNetworks {

  private KnownNetworks() {}

  /**
   * Runs it.
   *
   * @param args the folder and the names of networks
   * @throws IOException when a file cannot be read
   */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    try (Millwright millwright = Millwright.create()) {
      for (String name : List.of(args).subList(1, args.length)) {
        Path file = Compressed.unpacked(folder.resolve(name + ".csv.gz"));
        Table table = millwright.tables().read(file, CsvFormat.guessed()).table();
        Set<Set<String>> truth = new HashSet<>();
        List<String> arcs = Files.readAllLines(folder.resolve(name + "_arcs.csv"));
        for (String arc : arcs.subList(1, arcs.size())) {
          truth.add(Set.of(arc.replace("\"", "").split(",")));
        }
        long start = System.nanoTime();
        CauseGraph graph =
            millwright
                .plugin(Quality.class)
                .causes()
                .graph(table, CausePlan.standard().resamples(0));
        long right =
            graph.links().stream().filter(l -> truth.contains(Set.of(l.from(), l.to()))).count();
        System.out.printf(
            Locale.ROOT,
            "%s: %d of %d true links, %d false, F1 %.3f, %.1f s%n",
            name,
            right,
            truth.size(),
            graph.links().size() - right,
            2.0 * right / (truth.size() + graph.links().size()),
            (System.nanoTime() - start) / 1e9);
        Files.delete(file);
      }
    }
  }
}
