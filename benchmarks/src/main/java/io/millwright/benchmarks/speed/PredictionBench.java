package io.millwright.benchmarks.speed;

import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.data.Table;
import io.millwright.api.learn.Network;
import io.millwright.api.learn.Networks;
import io.millwright.api.learn.Sample;
import io.millwright.api.learn.Samples;
import io.millwright.engine.pytorch.PyTorchEngine;
import io.millwright.engine.tensorflow.TensorFlowEngine;
import io.millwright.runtime.network.Engine;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Predictions through the public predictor, preparation and interval included, on each runtime, one
 * at a time and together. Run with {@code -prof gc} for the bytes allocated by a call, with {@code
 * -bm thrpt -t 1} and {@code -t 2} for the throughput.
 */
@SuppressWarnings("NullAway.Init") // The harness calls the setup before anything else.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class PredictionBench {

  /** What predicts. */
  @Param({"Java", "PyTorch", "TensorFlow"})
  public String runtime;

  /** MLP 10-64-32-1, or LSTM 128-64 on 30 rows of 14 columns. */
  @Param({"mlp", "lstm"})
  public String network;

  /** How many inputs one call answers. */
  @Param({"1", "32", "256"})
  public int batch;

  private Predictor<Table, Double> predictor;
  private List<Table> inputs;

  /** For the harness. */
  public PredictionBench() {}

  /** Trains for an epoch and opens. */
  @Setup(Level.Trial)
  public void open() {
    boolean lstm = network.equals("lstm");
    Network net = lstm ? Networks.lstm(128, 64) : Networks.mlp(64, 32);
    Samples<Table, Double> samples = Bench.samples(300, lstm ? 30 : 1, lstm ? 14 : 10);
    Engine engine = runtime.equals("TensorFlow") ? new TensorFlowEngine() : new PyTorchEngine();
    predictor =
        new Bench(engine, runtime.equals("Java"))
            .train(Bench.recipe(net, lstm ? 30 : 0, 32, 1), samples, new Bench.EpochClock())
            .open();
    inputs = samples.all().subList(0, batch).stream().map(Sample::input).toList();
  }

  /** Closes. */
  @TearDown
  public void close() {
    predictor.close();
  }

  /**
   * One call.
   *
   * @return what it gave
   */
  @Benchmark
  public Object predict() {
    if (batch == 1) {
      Outcome<Double> outcome = predictor.predict(inputs.get(0));
      return outcome.orElseThrow().uncertainty().quantiles(0.05);
    }
    return predictor.predictAll(inputs);
  }
}
