package io.millwright.samples.programs;

import io.millwright.api.Evaluation;
import io.millwright.api.Millwright;
import io.millwright.api.Predictor;
import io.millwright.api.data.UnitHistory;
import io.millwright.api.learn.Activation;
import io.millwright.api.learn.Learning;
import io.millwright.api.learn.Loss;
import io.millwright.api.learn.Networks;
import io.millwright.api.learn.Split;
import io.millwright.maintenance.Cycles;
import io.millwright.maintenance.Fleet;
import io.millwright.maintenance.Maintenance;
import io.millwright.maintenance.RemainingLifeModel;
import io.millwright.maintenance.RemainingLifeTrainer;
import io.millwright.samples.plant.PressFleet;
import java.util.Locale;

/**
 * Two networks that everybody knows by heart, one line each, on a small simulated fleet. The output
 * layer follows from the target: {@code mlp(64, 32)} is the perceptron 64-32-1.
 *
 * <p>In Keras the second is often written as two {@code LSTM(n, activation='relu')} in a row, which
 * does not run as long as the first does not return its sequence; here all but the last do. The
 * activation of the cells is tanh unless another is chosen; with ReLU their state is not bounded,
 * so the gradient is.
 */
public final class MissionNetworks {

  private MissionNetworks() {}

  static RemainingLifeTrainer perceptron(Maintenance maintenance, int epochs) {
    return maintenance
        .remainingLife()
        .network(Networks.mlp(64, 32))
        .learning(Learning.adam(1e-3).loss(new Loss.SquaredError()).batch(32).epochs(epochs))
        .split(Split.holdOut(0.2));
  }

  static RemainingLifeTrainer recurrent(Maintenance maintenance, Activation cell, int epochs) {
    return maintenance
        .remainingLife()
        .network(Networks.lstm(128, 64).cell(cell).dropout(0.2))
        .learning(Learning.adam(0.001).batch(32).epochs(epochs).earlyStopping(10).clipNorm(1))
        .split(Split.holdOut(0.2).validation(0.2));
  }

  /**
   * Trains both and says how good they are on presses they never saw.
   *
   * @param args the activation of the recurrent cells, {@code tanh} when empty, and the number of
   *     epochs, 15 when empty
   * @throws InterruptedException when the thread is interrupted while it waits
   */
  public static void main(String[] args) throws InterruptedException {
    Activation cell =
        Activation.valueOf(args.length > 0 ? args[0].toUpperCase(Locale.ROOT) : "TANH");
    int epochs = args.length > 1 ? Integer.parseInt(args[1]) : 15;
    PressFleet plant = new PressFleet(0, 20, 20);
    try (Millwright millwright = Millwright.create()) {
      Maintenance maintenance = millwright.plugin(Maintenance.class);
      run("MLP 64-32-1", perceptron(maintenance, epochs), maintenance, plant);
      run("LSTM 128-64", recurrent(maintenance, cell, epochs), maintenance, plant);
    }
  }

  private static void run(
      String name, RemainingLifeTrainer trainer, Maintenance maintenance, PressFleet plant)
      throws InterruptedException {
    Fleet fleet = plant.train();
    RemainingLifeModel model = trainer.train(fleet).await();
    try (Predictor<UnitHistory, Cycles> life = model.open()) {
      Evaluation test = maintenance.evaluate(life, plant.test());
      // No intervals here: the few presses held out of so small a fleet cannot bear any out.
      System.out.printf(
          Locale.ROOT, "%s: rmse %.1f, mae %.1f%n", name, test.rmse(), test.figure("mae"));
    }
  }
}
