package io.millwright.benchmarks.speed;

import io.millwright.api.EnginePolicy;
import io.millwright.api.Progress;
import io.millwright.api.Task;
import io.millwright.api.Trained;
import io.millwright.api.data.Column;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.data.Unit;
import io.millwright.api.head.Heads;
import io.millwright.api.learn.Binding;
import io.millwright.api.learn.Learning;
import io.millwright.api.learn.Network;
import io.millwright.api.learn.Preparation;
import io.millwright.api.learn.Recipe;
import io.millwright.api.learn.Sample;
import io.millwright.api.learn.Samples;
import io.millwright.api.learn.Split;
import io.millwright.api.learn.Step;
import io.millwright.api.spi.Jobs;
import io.millwright.core.jobs.DefaultJobs;
import io.millwright.core.learn.DefaultLearningToolkit;
import io.millwright.engine.pytorch.PyTorchEngine;
import io.millwright.runtime.network.Engine;
import io.millwright.runtime.network.ForwardPass;
import io.millwright.runtime.network.NetworkPlan;
import io.millwright.runtime.network.Objective;
import io.millwright.runtime.network.Runtimes;
import io.millwright.runtime.network.TrainingSession;
import io.millwright.runtime.network.Weights;
import io.millwright.runtime.plain.JavaForward;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/** A toolkit on one engine, random samples, and a training whose epochs are timed. */
final class Bench {

  private final Engine engine;
  private final boolean java;

  /** PyTorch. */
  Bench(boolean java) {
    this(new PyTorchEngine(), java);
  }

  /**
   * @param engine what trains
   * @param java whether plain Java predicts, rather than the engine
   */
  Bench(Engine engine, boolean java) {
    this.engine = engine;
    this.java = java;
    Engine.Probe probe =
        engine.probe(new Engine.Setup(EnginePolicy.automatic().cpuOnly(), Optional.empty()));
    if (!probe.candidate().usable()) {
      throw new IllegalStateException(probe.candidate().detail());
    }
  }

  DefaultLearningToolkit toolkit() {
    Runtimes runtimes =
        new Runtimes() {
          @Override
          public TrainingSession train(NetworkPlan plan, Objective objective) {
            return engine.train(plan, objective, "cpu");
          }

          @Override
          public ForwardPass open(NetworkPlan plan, Weights weights, int frozen) {
            return java ? new JavaForward(plan, weights) : engine.open(plan, weights, "cpu");
          }

          @Override
          public String predictionRuntime(NetworkPlan plan) {
            return java ? "Java" : engine.name();
          }

          @Override
          public SortedMap<String, String> facts() {
            return new TreeMap<>();
          }
        };
    return new DefaultLearningToolkit(
        runtimes, new DefaultJobs(Runnable::run), Clock.systemUTC(), "benchmarks");
  }

  static Binding<Table, Double, Double> binding() {
    return new Binding<>(
        new Task<>("benchmarks.random", 1, Table.class, Double.class),
        t -> t,
        Heads.number(Unit.NONE));
  }

  /** Random tables with a random answer each. */
  static Samples<Table, Double> samples(int count, int rows, int columns) {
    SplittableRandom random = new SplittableRandom(7);
    List<Column> names = new ArrayList<>();
    for (int c = 0; c < columns; c++) {
      names.add(Column.number("x" + c));
    }
    Schema schema = new Schema(names);
    List<Sample<Table, Double>> samples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double[][] values = new double[rows][columns];
      for (double[] row : values) {
        for (int c = 0; c < columns; c++) {
          row[c] = random.nextDouble() * 2 - 1;
        }
      }
      samples.add(Sample.of("g" + i, Table.ofNumbers(schema, values), random.nextDouble()));
    }
    return new Samples<>(samples);
  }

  static Recipe<Table, Double, Double> recipe(Network network, int window, int batch, int epochs) {
    Preparation preparation = Preparation.standard();
    return Recipe.of(binding())
        .preparation(window > 0 ? preparation.then(new Step.Window(window)) : preparation)
        .network(network)
        .learning(Learning.adam(1e-3).batch(batch).epochs(epochs))
        .split(Split.holdOut(0.02))
        .build();
  }

  /** Trains; gives the model. */
  Trained<Table, Double> train(
      Recipe<Table, Double, Double> recipe, Samples<Table, Double> samples, EpochClock clock) {
    return toolkit().learn(recipe, samples, Optional.empty(), clock);
  }

  /** Notes when epochs end. */
  static final class EpochClock implements Jobs.Control<Trained<Table, Double>> {
    private final long begin = System.nanoTime();
    private final LongSupplier nanos;
    private final List<Long> ends = new ArrayList<>();

    EpochClock() {
      this(System::nanoTime);
    }

    /** Counts by any clock, such as the processor time of the process. */
    EpochClock(LongSupplier nanos) {
      this.nanos = nanos;
    }

    @Override
    public boolean stopped() {
      return false;
    }

    @Override
    public void checkpoint() {}

    @Override
    public void best(Trained<Table, Double> result) {}

    @Override
    public void report(Progress progress) {
      ends.add(nanos.getAsLong());
    }

    @Override
    public Duration elapsed() {
      return Duration.ofNanos(System.nanoTime() - begin);
    }

    /** The mean seconds of an epoch, the first left out. */
    double epochSeconds() {
      return (ends.get(ends.size() - 1) - ends.get(0)) / 1e9 / (ends.size() - 1);
    }
  }
}
