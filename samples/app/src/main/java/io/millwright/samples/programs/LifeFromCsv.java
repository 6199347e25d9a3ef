package io.millwright.samples.programs;

import io.millwright.api.Millwright;
import io.millwright.api.Predictor;
import io.millwright.api.data.UnitHistory;
import io.millwright.maintenance.Cycles;
import io.millwright.maintenance.Fleet;
import io.millwright.maintenance.Maintenance;
import io.millwright.maintenance.RemainingLifeModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A first project: learns from CSV files, saves, opens again, predicts with an interval. */
public final class LifeFromCsv {

  private LifeFromCsv() {}

  /**
   * Runs it.
   *
   * @param args a folder with one CSV file for each unit that failed, and the file of a unit that
   *     still runs
   * @throws IOException when the folder cannot be listed
   * @throws InterruptedException when the thread is interrupted while it waits for the training
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path folder = Path.of(args[0]);
    Path running = Path.of(args[1]);
    Path file = Path.of("life.mwb");
    try (Millwright millwright = Millwright.create();
        Stream<Path> files = Files.list(folder)) {
      List<UnitHistory> units = new ArrayList<>();
      for (Path csv : files.filter(f -> f.toString().endsWith(".csv")).sorted().toList()) {
        units.add(UnitHistory.failed(csv.getFileName().toString(), millwright.tables().csv(csv)));
      }
      RemainingLifeModel model =
          millwright.plugin(Maintenance.class).remainingLife().train(new Fleet(units)).await();
      System.out.println("On units held out: " + model.evaluation().figures());
      model.saveTo(file);

      try (Predictor<UnitHistory, Cycles> life =
          millwright.open(Maintenance.REMAINING_LIFE, file)) {
        UnitHistory unit = UnitHistory.running("ours", millwright.tables().csv(running));
        String answer =
            life.predict(unit)
                .fold(
                    p -> p.value() + ", 90 % interval " + p.uncertainty().at(0.9),
                    a -> "no answer: " + a.findings());
        System.out.println(answer);
      }
    }
  }
}
