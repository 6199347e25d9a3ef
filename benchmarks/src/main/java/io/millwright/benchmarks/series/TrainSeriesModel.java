package io.millwright.benchmarks.series;

import io.millwright.api.EnginePolicy;
import io.millwright.api.ErrorCode;
import io.millwright.api.Evaluation;
import io.millwright.api.MillwrightException;
import io.millwright.api.Progress;
import io.millwright.api.learn.Activation;
import io.millwright.api.learn.Branch;
import io.millwright.api.learn.Initialisation;
import io.millwright.api.learn.Join;
import io.millwright.api.learn.Layer;
import io.millwright.api.learn.Learning;
import io.millwright.api.learn.Loss;
import io.millwright.api.learn.Network;
import io.millwright.api.learn.Route;
import io.millwright.api.learn.Schedule;
import io.millwright.api.spi.FittedNetwork;
import io.millwright.api.spi.Jobs;
import io.millwright.core.learn.DefaultComposer;
import io.millwright.engine.pytorch.PyTorchEngine;
import io.millwright.runtime.network.Engine;
import io.millwright.runtime.network.ForwardPass;
import io.millwright.runtime.network.NetworkPlan;
import io.millwright.runtime.network.Objective;
import io.millwright.runtime.network.Runtimes;
import io.millwright.runtime.network.TrainingSession;
import io.millwright.runtime.network.Weights;
import io.millwright.series.internal.SeriesBundle;
import io.millwright.series.internal.Window;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Trains the series model of {@code models/series} on {@link DrawnSeries drawn series} alone.
 * Arguments: the bundle to write, the number of series, epochs, and a folder of checkpoints, from
 * which a stopped training goes on when it is started again with the same arguments.
 */
public final class TrainSeriesModel {

  private static final long KEY = 2026;
  private static final int WIDTH = 64;
  private static final int HEAD_WIDTH = 96;
  private static final int HEADS = 4;
  private static final int JUDGED = 2000;

  private TrainSeriesModel() {}

  /** Trains, judges on other drawn series, and writes. */
  public static void main(String[] args) {
    Path bundle = Path.of(args[0]);
    int count = Integer.parseInt(args[1]);
    int epochs = Integer.parseInt(args[2]);
    long begin = System.nanoTime();
    DrawnExamples examples = new DrawnExamples(KEY, count);
    System.out.printf("%d series drawn in %.0f s%n", count, (System.nanoTime() - begin) / 1e9);
    Learning learning =
        Learning.adamW(1.5e-3, 1e-2)
            .batch(128)
            .epochs(epochs)
            .schedule(new Schedule.WarmUpCosine(0.03))
            .averaging(0.999)
            .clipNorm(1)
            .key(KEY)
            .checkpoints(Path.of(args[3]), 1);
    DefaultComposer composer =
        new DefaultComposer(
            new Torch(), Clock.fixed(Instant.parse("2026-11-26T00:00:00Z"), ZoneOffset.UTC), "0.1");
    Loss loss = Loss.quantile(SeriesBundle.PROBABILITIES.toArray(Double[]::new));
    FittedNetwork network = composer.fit(network(), loss, learning, examples, new Told());
    Evaluation evaluation = judge(network);
    System.out.println(evaluation.figures());
    Map<String, String> settings = new TreeMap<>();
    settings.put("series", Integer.toString(count));
    settings.put("data", "drawn by DrawnSeries of benchmarks; no series that was recorded");
    settings.put("learning", learning.withoutCheckpoints().toString());
    SeriesBundle.write(
        composer,
        network,
        evaluation,
        composer.provenance("drawn, key " + KEY, KEY, settings, true),
        bundle);
    System.out.printf("trained in %.0f s%n", (System.nanoTime() - begin) / 1e9);
  }

  /**
   * A small transformer over patches of the past, joined with patches ahead that hold the seasons.
   */
  private static Network network() {
    int past = Window.PAST * Window.PAST_WIDTH;
    List<Layer> encoder = new ArrayList<>();
    encoder.add(select(0, past));
    encoder.add(new Route.Reshape(0, Window.PAST, Window.PAST_WIDTH));
    encoder.add(dense(WIDTH, Activation.LINEAR));
    encoder.add(new Layer.PositionalEncoding());
    encoder.addAll(block(WIDTH));
    encoder.addAll(block(WIDTH));
    encoder.add(new Layer.LayerNorm());
    encoder.add(new Layer.Flatten());
    encoder.add(dense(2 * WIDTH, Activation.SILU));
    encoder.add(new Route.Repeat(Window.AHEAD));
    Branch history = Branch.of(encoder.toArray(Layer[]::new));
    Branch ahead =
        Branch.of(
            select(past, Window.INPUTS),
            new Route.Reshape(0, Window.AHEAD, Window.AHEAD_WIDTH),
            dense(WIDTH, Activation.LINEAR));
    List<Layer> layers = new ArrayList<>();
    layers.add(new Route.Branches(List.of(history, ahead), Join.CONCATENATE));
    layers.add(dense(HEAD_WIDTH, Activation.LINEAR));
    layers.add(new Layer.PositionalEncoding());
    layers.addAll(block(HEAD_WIDTH));
    layers.addAll(block(HEAD_WIDTH));
    layers.add(new Layer.LayerNorm());
    layers.add(dense(Window.PATCH * SeriesBundle.PROBABILITIES.size(), Activation.LINEAR));
    layers.add(new Layer.Flatten());
    return new Network(layers);
  }

  private static Route.Select select(int from, int until) {
    return new Route.Select(IntStream.range(from, until).boxed().toList());
  }

  private static Layer.Dense dense(int units, Activation activation) {
    return new Layer.Dense(units, activation, Initialisation.AUTOMATIC);
  }

  private static List<Layer> block(int width) {
    return List.of(
        new Layer.Residual(List.of(new Layer.LayerNorm(), new Layer.Attention(HEADS, false))),
        new Layer.Residual(
            List.of(
                new Layer.LayerNorm(),
                dense(2 * width, Activation.SILU),
                dense(width, Activation.LINEAR))));
  }

  /** On drawn series of another key: error of the median and of what stays as it is, and cover. */
  private static Evaluation judge(FittedNetwork network) {
    DrawnExamples others = new DrawnExamples(KEY + 1, JUDGED);
    int each = SeriesBundle.PROBABILITIES.size();
    float[] input = new float[Window.INPUTS];
    float[] truth = new float[Window.STEPS];
    double error = 0;
    double still = 0;
    double within = 0;
    long known = 0;
    for (int i = 0; i < JUDGED; i++) {
      others.input(i, input, 0);
      others.target(i, truth, 0);
      float[] said = network.outputs(input, 1);
      for (int h = 0; h < Window.STEPS; h++) {
        if (!Float.isNaN(truth[h])) {
          known++;
          error += Math.abs(truth[h] - said[h * each + each / 2]);
          still += Math.abs(truth[h]);
          within += truth[h] >= said[h * each] && truth[h] <= said[h * each + each - 1] ? 1 : 0;
        }
      }
    }
    return Evaluation.builder()
        .protocol("other drawn series, all " + Window.STEPS + " periods ahead, drawn-in units")
        .samples(JUDGED)
        .figures(
            Map.of(
                "median error", error / known,
                "error of level and season as they are", still / known,
                "coverage 80", within / known))
        .build();
  }

  /** Says every epoch. */
  private static final class Told implements Jobs.Control<Object> {
    private final long begin = System.nanoTime();

    @Override
    public boolean stopped() {
      return false;
    }

    @Override
    public void checkpoint() {}

    @Override
    public void best(Object result) {}

    @Override
    public void report(Progress progress) {
      System.out.printf("%.0f s %s%n", elapsed().toMillis() / 1e3, progress.figures());
    }

    @Override
    public Duration elapsed() {
      return Duration.ofNanos(System.nanoTime() - begin);
    }
  }

  /** PyTorch on the processor. */
  private static final class Torch implements Runtimes {
    private final Engine engine = new PyTorchEngine();

    Torch() {
      Engine.Probe probe =
          engine.probe(new Engine.Setup(EnginePolicy.automatic(), Optional.empty()));
      if (!probe.candidate().usable()) {
        throw new MillwrightException(ErrorCode.NO_ENGINE, probe.candidate().detail());
      }
    }

    @Override
    public TrainingSession train(NetworkPlan plan, Objective objective) {
      return engine.train(plan, objective, "cpu");
    }

    @Override
    public ForwardPass open(NetworkPlan plan, Weights weights, int frozen) {
      return engine.open(plan, weights, "cpu");
    }

    @Override
    public String predictionRuntime(NetworkPlan plan) {
      return engine.name();
    }

    @Override
    public SortedMap<String, String> facts() {
      return new TreeMap<>(Map.of("engine", engine.name()));
    }
  }
}
