package io.millwright.samples.programs;

import io.millwright.api.Millwright;
import io.millwright.api.Predictor;
import io.millwright.api.TableTrainer;
import io.millwright.api.Trained;
import io.millwright.api.data.Table;
import io.millwright.api.learn.Learning;
import io.millwright.api.learn.Network;
import io.millwright.api.learn.Networks;
import java.nio.file.Path;

/** Two LSTM layers on the last 30 readings of each machine: wear by how it has run. */
public final class LstmOnWindows {

  private LstmOnWindows() {}

  /**
   * Trains, judges, saves, opens and predicts.
   *
   * @param args a CSV file with columns {@code machine} and {@code wear}, its rows in the order of
   *     time, and where to save the model
   * @throws InterruptedException when the thread is interrupted while it waits
   */
  public static void main(String[] args) throws InterruptedException {
    try (Millwright millwright = Millwright.create()) {
      Table table = millwright.tables().csv(Path.of(args[0]));
      Network network = Networks.lstm(128, 64).dropout(0.2);
      Learning learning = Learning.adam(1e-3).batch(32).epochs(20).earlyStopping(10).clipNorm(1);
      TableTrainer<Double> wear = millwright.learning().number("wear").group("machine").window(30);
      Trained<Table, Double> model = wear.network(network).learning(learning).train(table).await();
      System.out.println(model.evaluation());
      model.saveTo(Path.of(args[1]));
      try (Predictor<Table, Double> predictor = model.open()) {
        System.out.println(predictor.predict(table.slice(0, 40)));
      }
    }
  }
}
