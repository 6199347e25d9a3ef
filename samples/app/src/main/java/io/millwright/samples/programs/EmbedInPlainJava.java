package io.millwright.samples.programs;

import io.millwright.api.Job;
import io.millwright.api.Millwright;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.data.UnitHistory;
import io.millwright.maintenance.Cycles;
import io.millwright.maintenance.KnownLife;
import io.millwright.maintenance.Maintenance;
import io.millwright.maintenance.RemainingLifeModel;
import io.millwright.samples.plant.PressFleet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A plain Java program with the SDK inside, no framework around it: one process trains and saves,
 * another one, started afresh, opens the file and predicts. The second needs the file and the jars,
 * nothing else.
 */
public final class EmbedInPlainJava {

  private EmbedInPlainJava() {}

  /**
   * Without {@code predict}, trains a model and then starts itself anew to use it.
   *
   * @param args the model's file, {@code embedded.mwb} when empty; or {@code predict} and the file
   * @throws InterruptedException when the thread is interrupted while it waits
   * @throws IOException when the second process cannot be started
   */
  public static void main(String[] args) throws InterruptedException, IOException {
    if (args.length == 2 && args[0].equals("predict")) {
      predict(Path.of(args[1]));
      return;
    }
    Path file = Path.of(args.length > 0 ? args[0] : "embedded.mwb");
    train(file);
    System.exit(startAfresh(file));
  }

  private static void train(Path file) throws InterruptedException {
    try (Millwright millwright = Millwright.create()) {
      Job<RemainingLifeModel> job =
          millwright
              .plugin(Maintenance.class)
              .remainingLife()
              .train(PressFleet.standard(0).train());
      // A product would show this in its own window, and offer job.cancel() beside it.
      job.onProgress(p -> System.out.println(p.stage() + " " + p.figures()));
      RemainingLifeModel model = job.await();
      model.saveTo(file);
      System.out.println("Saved " + file + ", " + model.evaluation().figures());
    }
  }

  private static int startAfresh(Path file) throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command =
        List.of(
            java,
            "-cp",
            System.getProperty("java.class.path"),
            EmbedInPlainJava.class.getName(),
            "predict",
            file.toString());
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }

  private static void predict(Path file) {
    try (Millwright millwright = Millwright.create();
        Predictor<UnitHistory, Cycles> life = millwright.open(Maintenance.REMAINING_LIFE, file)) {
      for (KnownLife press : PressFleet.standard(0).test().subList(0, 5)) {
        Outcome<Cycles> outcome = life.predict(press.history());
        System.out.println(
            press.history().unit()
                + ": "
                + outcome.fold(
                    p -> p.value() + ", 90 % interval " + p.uncertainty().at(0.9),
                    a -> "no answer, " + a.findings())
                + "; it lived "
                + Math.round(press.remaining()));
      }
    }
  }
}
