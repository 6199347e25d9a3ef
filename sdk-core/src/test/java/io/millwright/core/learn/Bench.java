package io.millwright.core.learn;

import io.millwright.api.EnginePolicy;
import io.millwright.api.MillwrightException;
import io.millwright.api.Progress;
import io.millwright.api.Task;
import io.millwright.api.Trained;
import io.millwright.api.data.Column;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.data.Unit;
import io.millwright.api.head.Heads;
import io.millwright.api.learn.Activation;
import io.millwright.api.learn.Binding;
import io.millwright.api.learn.ClassScores;
import io.millwright.api.learn.Learning;
import io.millwright.api.learn.Networks;
import io.millwright.api.learn.Preparation;
import io.millwright.api.learn.Recipe;
import io.millwright.api.learn.Sample;
import io.millwright.api.learn.Samples;
import io.millwright.api.learn.Split;
import io.millwright.api.spi.Jobs;
import io.millwright.core.jobs.DefaultJobs;
import io.millwright.engine.pytorch.PyTorchEngine;
import io.millwright.runtime.bundle.Bundles;
import io.millwright.runtime.bundle.Model;
import io.millwright.runtime.network.Backbones;
import io.millwright.runtime.network.Engine;
import io.millwright.runtime.network.ForwardPass;
import io.millwright.runtime.network.NetworkPlan;
import io.millwright.runtime.network.Objective;
import io.millwright.runtime.network.Runtimes;
import io.millwright.runtime.network.TrainingSession;
import io.millwright.runtime.network.Weights;
import io.millwright.runtime.support.KeyedRandom;
import io.millwright.runtime.support.KeyedRandom.Purpose;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What the tests of learning share: PyTorch without a host, small data, a job that stops in time.
 */
final class Bench {

  static final Schema SCHEMA =
      Schema.of(Column.number("force", Unit.of("kN")), Column.number("heat", Unit.of("K")));

  private static final Task<Table, Double> WEAR =
      new Task<>("test.wear", 1, Table.class, Double.class);
  private static final Task<Table, ClassScores> FAULT =
      new Task<>("test.fault", 1, Table.class, ClassScores.class);

  private Bench() {}

  /** PyTorch on the CPU for everything. */
  static Runtimes torch() {
    Engine engine = new PyTorchEngine();
    Engine.Probe probe = engine.probe(new Engine.Setup(EnginePolicy.automatic(), Optional.empty()));
    if (!probe.candidate().usable()) {
      throw new IllegalStateException(probe.candidate().detail());
    }
    return new Runtimes() {
      private final Backbones backbones = new Backbones();

      @Override
      public TrainingSession train(NetworkPlan plan, Objective objective) {
        return engine.train(plan, objective, "cpu");
      }

      @Override
      public ForwardPass open(NetworkPlan plan, Weights weights, int frozen) {
        return backbones.open(
            "torch", plan, weights, frozen, (part, values) -> engine.open(part, values, "cpu"));
      }

      @Override
      public String predictionRuntime(NetworkPlan plan) {
        return engine.name();
      }

      @Override
      public SortedMap<String, String> facts() {
        return new TreeMap<>();
      }
    };
  }

  static DefaultLearningToolkit toolkit(Executor executor) {
    return new DefaultLearningToolkit(
        torch(),
        new DefaultJobs(executor),
        Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC),
        "test");
  }

  /** A toolkit whose helpers never get a thread: only the caller works. */
  static DefaultLearningToolkit alone() {
    return toolkit(task -> {});
  }

  static Binding<Table, Double, Double> wear() {
    return new Binding<>(WEAR, t -> t, Heads.number(Unit.of("mm")));
  }

  static Binding<Table, String, ClassScores> fault() {
    return new Binding<>(FAULT, t -> t, Heads.classes());
  }

  /** Everything random in it: dropout, shuffles, starts. */
  static Learning learning() {
    return Learning.adamW(1e-2, 1e-2).batch(8).epochs(6).averaging(0.9).key(7);
  }

  static Recipe<Table, Double, Double> recipe(Learning learning, Split split) {
    return Recipe.of(wear())
        .preparation(Preparation.standard())
        .network(Networks.mlp(Activation.SILU, 6).dropout(0.2))
        .learning(learning)
        .split(split)
        .build();
  }

  /** Sequences of three rows, each labelled, in groups of two sequences. */
  static Samples<Table, Double> sequences(int count, long key) {
    List<Sample<Table, Double>> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      KeyedRandom random = KeyedRandom.of(key, Purpose.OTHER, i);
      double[][] rows = new double[3][];
      Double[] labels = new Double[3];
      for (int r = 0; r < rows.length; r++) {
        rows[r] = new double[] {100 + 20 * random.nextGaussian(), 300 + 5 * random.nextGaussian()};
        labels[r] =
            Math.abs(rows[r][0] - 100) / 10 + (rows[r][1] - 300) + 0.1 * random.nextGaussian();
      }
      all.add(new Sample<>("press " + i / 2, Table.ofNumbers(SCHEMA, rows), Arrays.asList(labels)));
    }
    return new Samples<>(all);
  }

  static Table row(double force, double heat) {
    return Table.ofNumbers(SCHEMA, new double[][] {{force, heat}});
  }

  static Model model(Trained<?, ?> trained) {
    return ((TrainedModel<?, ?, ?>) trained).model();
  }

  /** The digest of all that decides answers, weights included. */
  static String digest(Trained<?, ?> trained) {
    return Bundles.digest(model(trained));
  }

  /** The control of a job that is told to stop after so many epochs of all members together. */
  static final class StopAfter<R> implements Jobs.Control<R> {
    private final int epochs;
    private final AtomicInteger done = new AtomicInteger();

    StopAfter(int epochs) {
      this.epochs = epochs;
    }

    static <R> StopAfter<R> never() {
      return new StopAfter<>(Integer.MAX_VALUE);
    }

    int epochs() {
      return done.get();
    }

    @Override
    public boolean stopped() {
      return done.get() >= epochs;
    }

    @Override
    public void checkpoint() throws MillwrightException {}

    @Override
    public void best(R result) {}

    @Override
    public void report(Progress progress) {
      done.incrementAndGet();
    }

    @Override
    public Duration elapsed() {
      return Duration.ofSeconds(1);
    }
  }
}
