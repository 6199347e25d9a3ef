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

/** A perceptron 64-32-1 on a table of process parameters: strength by how a part was pressed. */
public final class PerceptronOnTable {

  private PerceptronOnTable() {}

  /**
   * Trains, judges, saves, opens and predicts.
   *
   * @param args a CSV file with a column {@code strength}, and where to save the model
   * @throws InterruptedException when the thread is interrupted while it waits
   */
  public static void main(String[] args) throws InterruptedException {
    try (Millwright millwright = Millwright.create()) {
      Table table = millwright.tables().csv(Path.of(args[0]));
      Network network = Networks.mlp(64, 32);
      Learning learning = Learning.adam(1e-3).batch(32).epochs(100).earlyStopping(10);
      TableTrainer<Double> strength = millwright.learning().number("strength");
      Trained<Table, Double> model =
          strength.network(network).learning(learning).train(table).await();
      System.out.println(model.evaluation());
      model.saveTo(Path.of(args[1]));
      try (Predictor<Table, Double> predictor = model.open()) {
        System.out.println(predictor.predict(table.slice(0, 1)));
      }
    }
  }
}
