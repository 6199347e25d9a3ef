package io.millwright.samples.programs;

import io.millwright.api.Finding;
import io.millwright.api.Millwright;
import io.millwright.api.Predictor;
import io.millwright.api.Uncertainty;
import io.millwright.api.data.UnitHistory;
import io.millwright.maintenance.Cycles;
import io.millwright.maintenance.Fleet;
import io.millwright.maintenance.Maintenance;
import io.millwright.maintenance.RemainingLifeModel;
import io.millwright.samples.plant.PressFleet;
import java.nio.file.Path;
import java.util.List;

/** The example of the README, which a test holds to be these very lines. */
public final class Readme {

  private Readme() {}

  /**
   * Runs the example on a simulated press shop.
   *
   * @param args where to put the model's file; {@code press.mwb} when empty
   * @throws InterruptedException when the thread is interrupted while it waits for the training
   */
  public static void main(String[] args) throws InterruptedException {
    PressFleet plant = PressFleet.standard(0);
    example(
        plant.train(),
        plant.test().get(1).history(),
        Path.of(args.length > 0 ? args[0] : "press.mwb"));
  }

  static void example(Fleet fleet, UnitHistory press42, Path file) throws InterruptedException {
    // readme begins
    try (Millwright millwright = Millwright.create()) { // finds plug-ins, engine and device
      Maintenance maintenance = millwright.plugin(Maintenance.class);

      RemainingLifeModel model =
          maintenance
              .remainingLife() // .network(Networks.lstm(128, 64)), .auto(Duration.ofMinutes(5)) …
              .train(fleet) // a Job: progress, cancel, best so far
              .await();
      System.out.println("off by " + model.evaluation().rmse() + " cycles on units held out");
      model.saveTo(file); // preparation, network, weights and calibration in one file

      try (Predictor<UnitHistory, Cycles> life =
          millwright.open(Maintenance.REMAINING_LIFE, file)) {
        life.predict(press42)
            .fold(
                p -> plan(p.value(), p.uncertainty().at(0.9)), // 37 cycles, 22 to 54 cycle
                a -> askAnEngineer(a.findings())); // why it will not answer
      }
    }
    // readme ends
  }

  private static boolean plan(Cycles life, Uncertainty range) {
    System.out.println("Overhaul is due in " + life + ", with 90 % confidence " + range);
    return true;
  }

  private static boolean askAnEngineer(List<Finding> findings) {
    System.out.println("The model will not say: " + findings);
    return false;
  }
}
