package io.millwright.core.learn.door;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.learn.Activation;
import io.millwright.api.learn.Candidate;
import io.millwright.api.learn.Layer;
import io.millwright.api.learn.Learning;
import io.millwright.api.learn.Network;
import io.millwright.api.learn.Networks;
import io.millwright.api.learn.Preparation;
import io.millwright.api.learn.Schedule;
import io.millwright.api.learn.Step;
import java.util.ArrayList;
import java.util.List;

/** What a trainer takes for all that nobody said. */
final class Defaults {

  private static final int STEPS = 5000;

  /** So many rows, of the rarer class where there are classes, bear a larger network. */
  private static final int MANY = 150;

  private final Said said;
  private final int rows;
  private final int rarer;
  private final boolean classes;
  private final boolean timed;
  private final boolean worded;

  /** How many runs of characters of each column of text are counted at the most. */
  private static final int RUNS = 512;

  /** The numbers that texts of all rows may take. */
  private static final int ROOM = 1 << 24;

  /**
   * @param rows how many rows are learnt from
   * @param rarer how many of them are of the rarest class, or all for numbers
   * @param timed whether an input holds times
   * @param worded whether an input holds free text
   */
  Defaults(Said said, int rows, int rarer, boolean classes, boolean timed, boolean worded) {
    this.timed = timed;
    this.worded = worded;
    this.said = said;
    this.rows = rows;
    this.rarer = rarer;
    this.classes = classes;
  }

  Preparation preparation() {
    Preparation steps =
        said.preparation()
            .orElseGet(
                () -> {
                  int runs = Math.max(64, Math.min(RUNS, ROOM / Math.max(1, rows)));
                  Preparation own = worded ? Preparation.of(new Step.Text(runs)) : Preparation.of();
                  return (timed ? own.then(new Step.Calendar()) : own)
                      .then(new Step.MissingIndicators())
                      .then(Step.Clean.standard())
                      .then(new Step.Encode())
                      .then(new Step.DropConstant())
                      .then(new Step.Scale(Step.Scaling.STANDARD, 6));
                });
    boolean windowed = steps.steps().stream().anyMatch(s -> s instanceof Step.Window);
    if (said.window().isPresent() && !windowed) {
      return steps.then(new Step.Window(said.window().getAsInt()));
    }
    if (said.window().isEmpty()
        && !windowed
        && said.network().map(Network::overSteps).orElse(false)) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "the network "
              + said.network().get()
              + " takes sequences, but no window was said\nMaybe say window(30)");
    }
    return steps;
  }

  /** How a network learns: with a share of the rows that say when to stop. */
  Learning learning() {
    int batch = Math.max(16, Math.min(256, rows / 16));
    Learning own =
        Learning.adamW(3e-3, 0.05)
            .batch(batch)
            .epochs(Math.max(20, Math.min(200, STEPS * batch / Math.max(1, rows))))
            .schedule(new Schedule.WarmUpCosine(0.05))
            .earlyStopping(15)
            .averaging(0.98);
    return said.keyed(said.learning().orElse(said.window().isPresent() ? own.clipNorm(1) : own));
  }

  /** The networks to choose among, the simplest first. */
  List<Candidate> candidates() {
    List<Candidate> all = new ArrayList<>();
    boolean search = said.search().isPresent();
    if (said.window().isPresent()) {
      add(all, "linear model of the window", Network.of(new Layer.Flatten()));
      add(all, "GRU", Networks.gru(32));
      if (search) {
        add(all, "LSTM", Networks.lstm(48).dropout(0.1));
        add(all, "temporal convolution", Networks.tcn(3, 32, 32, 32).dropout(0.1));
        add(all, "perceptron of the window", flat(64, 32));
      }
      return all;
    }
    add(all, "small network", Networks.mlp(Activation.SILU, 16));
    if (rarer >= MANY) {
      add(all, "network", Networks.mlp(Activation.SILU, 64, 64).dropout(0.05));
    }
    if (rarer >= MANY && (classes || search)) {
      add(all, "periodic network", Networks.periodic(64, 64));
    }
    if (search) {
      add(all, "wide network", Networks.mlp(Activation.SILU, 256, 128).dropout(0.1));
      add(all, "deep network", Networks.mlp(Activation.SILU, 64, 64, 64).dropout(0.05));
    }
    return all;
  }

  private static Network flat(int... units) {
    List<Layer> layers = new ArrayList<>();
    layers.add(new Layer.Flatten());
    layers.addAll(Networks.mlp(Activation.SILU, units).layers());
    return new Network(layers);
  }

  private void add(List<Candidate> all, String name, Network network) {
    all.add(new Candidate(name, network, learning()));
  }
}
