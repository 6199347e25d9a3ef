package io.millwright.benchmarks.speed;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.recurrent.LSTM;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.Batch;
import ai.djl.training.initializer.XavierInitializer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Adam;
import ai.djl.training.tracker.Tracker;
import ai.djl.translate.StackBatchifier;

/** The networks of the comparison as a user of bare DJL writes them. */
final class Nets {

  private Nets() {}

  static Block mlp() {
    return new SequentialBlock()
        .add(Linear.builder().setUnits(64).build())
        .add(Activation::relu)
        .add(Linear.builder().setUnits(32).build())
        .add(Activation::relu)
        .add(Linear.builder().setUnits(1).build());
  }

  static Block lstm() {
    return new SequentialBlock()
        .add(
            LSTM.builder()
                .setStateSize(128)
                .setNumLayers(1)
                .optReturnState(false)
                .optBatchFirst(true)
                .build())
        .add(
            LSTM.builder()
                .setStateSize(64)
                .setNumLayers(1)
                .optReturnState(false)
                .optBatchFirst(true)
                .build())
        .addSingleton(x -> x.get(":, -1"))
        .add(Linear.builder().setUnits(1).build());
  }

  /** A trainer as DJL's own examples set one up: Adam, squared error. */
  static Trainer trainer(Model model, Shape input) {
    DefaultTrainingConfig config =
        new DefaultTrainingConfig(Loss.l2Loss("mse", 1))
            .optOptimizer(Adam.builder().optLearningRateTracker(Tracker.fixed(1e-3f)).build())
            .optInitializer(new XavierInitializer(), Parameter.Type.WEIGHT);
    Trainer trainer = model.newTrainer(config);
    trainer.initialize(input);
    return trainer;
  }

  /** One training step of bare DJL. */
  static float step(Trainer trainer, float[] inputs, float[] targets, Shape input, Shape target) {
    try (NDManager manager = trainer.getManager().newSubManager()) {
      NDArray x = manager.create(inputs, input);
      NDArray y = manager.create(targets, target);
      Batch batch =
          new Batch(
              manager,
              new NDList(x),
              new NDList(y),
              (int) input.get(0),
              new StackBatchifier(),
              new StackBatchifier(),
              0,
              1);
      EasyTrain.trainBatch(trainer, batch);
      trainer.step();
      return 0;
    }
  }
}
