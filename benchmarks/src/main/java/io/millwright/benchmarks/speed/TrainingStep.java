package io.millwright.benchmarks.speed;

import ai.djl.Model;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.Trainer;
import io.millwright.api.data.Table;
import io.millwright.api.learn.Network;
import io.millwright.api.learn.Networks;
import io.millwright.api.learn.Recipe;
import io.millwright.api.learn.Samples;
import java.util.SplittableRandom;

/**
 * One training step of the learning loop beside one of bare DJL, on the same networks with the same
 * rule and loss. One thread.
 */
public final class TrainingStep {

  private TrainingStep() {}

  /** Runs the comparison and prints a line for each network. */
  public static void main(String[] args) {
    int pairs = args.length > 0 ? Integer.parseInt(args[0]) : 20;
    Bench bench = new Bench(true);
    compare(
        bench, "MLP 10-64-32-1, batch 32", Networks.mlp(64, 32), Nets.mlp(), 0, 10, 32, 100, pairs);
    compare(
        bench,
        "MLP 10-64-32-1, batch 1000",
        Networks.mlp(64, 32),
        Nets.mlp(),
        0,
        10,
        1000,
        20,
        pairs);
    compare(
        bench,
        "LSTM 128-64 on 30 x 14, batch 32",
        Networks.lstm(128, 64),
        Nets.lstm(),
        30,
        14,
        32,
        5,
        pairs);
  }

  private static void compare(
      Bench bench,
      String name,
      Network network,
      Block block,
      int steps,
      int columns,
      int batch,
      int perEpoch,
      int pairs) {
    int count = (int) Math.round(batch * perEpoch / 0.98);
    Samples<Table, Double> samples = Bench.samples(count, Math.max(1, steps), columns);
    Recipe<Table, Double, Double> recipe = Bench.recipe(network, steps, batch, 4);
    Shape input = steps > 0 ? new Shape(batch, steps, columns) : new Shape(batch, columns);
    float[] x = new float[(int) input.size()];
    float[] y = new float[batch];
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) (random.nextDouble() * 2 - 1);
    }
    try (Model model = Model.newInstance("bare", "PyTorch")) {
      model.setBlock(block);
      try (Trainer trainer = Nets.trainer(model, input)) {
        Pairs.compare(
            name,
            3,
            pairs,
            () -> {
              Bench.EpochClock clock = new Bench.EpochClock();
              bench.train(recipe, samples, clock);
              return clock.epochSeconds() / perEpoch;
            },
            () -> {
              long begin = System.nanoTime();
              for (int i = 0; i < 3 * perEpoch; i++) {
                Nets.step(trainer, x, y, input, new Shape(batch, 1));
              }
              return (System.nanoTime() - begin) / 1e9 / (3 * perEpoch);
            });
      }
    }
  }
}
