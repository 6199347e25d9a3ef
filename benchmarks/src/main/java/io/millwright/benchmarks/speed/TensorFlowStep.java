package io.millwright.benchmarks.speed;

import com.sun.management.OperatingSystemMXBean;
import io.millwright.api.data.Table;
import io.millwright.api.learn.Network;
import io.millwright.api.learn.Networks;
import io.millwright.api.learn.Recipe;
import io.millwright.api.learn.Samples;
import io.millwright.engine.tensorflow.TensorFlowEngine;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import org.tensorflow.ndarray.Shape;

/**
 * One training step of the learning loop on TensorFlow beside one of bare TensorFlow-Java, on the
 * same networks with the same rule and loss. One thread. Arguments: how many pairs, and which of
 * {@code mlp32,mlp1000,lstm} (all when left out), and {@code cpu} to count the processor time of
 * the process, all its threads, in place of the time on the wall: on a machine that does other work
 * at the same time that says more.
 */
public final class TensorFlowStep {

  /** Small steps take thousands of turns until Java's compiler is done with them. */
  private static final int WARM_UP = 15;

  private TensorFlowStep() {}

  /** Runs the comparison and prints a line for each network. */
  public static void main(String[] args) {
    int pairs = args.length > 0 ? Integer.parseInt(args[0]) : 20;
    List<String> which =
        args.length > 1 ? List.of(args[1].split(",")) : List.of("mlp32", "mlp1000", "lstm");
    LongSupplier nanos = args.length > 2 ? cpu() : System::nanoTime;
    Bench bench = new Bench(new TensorFlowEngine(), true);
    Network mlp = Networks.mlp(64, 32);
    if (which.contains("mlp32")) {
      try (FlowNets net = FlowNets.mlp()) {
        compare(nanos, bench, "MLP 10-64-32-1, batch 32", mlp, net, 0, 10, 32, 1500, pairs);
      }
    }
    if (which.contains("mlp1000")) {
      try (FlowNets net = FlowNets.mlp()) {
        compare(nanos, bench, "MLP 10-64-32-1, batch 1000", mlp, net, 0, 10, 1000, 400, pairs);
      }
    }
    if (which.contains("lstm")) {
      try (FlowNets net = FlowNets.lstm(32)) {
        Network lstm = Networks.lstm(128, 64);
        compare(nanos, bench, "LSTM 128-64 on 30 x 14, batch 32", lstm, net, 30, 14, 32, 60, pairs);
      }
    }
  }

  private static LongSupplier cpu() {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return system::getProcessCpuTime;
  }

  private static void compare(
      LongSupplier nanos,
      Bench bench,
      String name,
      Network network,
      FlowNets net,
      int steps,
      int columns,
      int batch,
      int perEpoch,
      int pairs) {
    int count = (int) Math.round(batch * perEpoch / 0.98);
    Samples<Table, Double> samples = Bench.samples(count, Math.max(1, steps), columns);
    Recipe<Table, Double, Double> recipe = Bench.recipe(network, steps, batch, 4);
    Shape input = steps > 0 ? Shape.of(batch, steps, columns) : Shape.of(batch, columns);
    float[] x = new float[(int) input.size()];
    float[] y = new float[batch];
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) (random.nextDouble() * 2 - 1);
    }
    Pairs.compare(
        name,
        steps > 0 ? 3 : WARM_UP,
        pairs,
        () -> {
          Bench.EpochClock clock = new Bench.EpochClock(nanos);
          bench.train(recipe, samples, clock);
          return clock.epochSeconds() / perEpoch;
        },
        () -> {
          double sum = 0;
          long begin = nanos.getAsLong();
          for (int i = 0; i < 3 * perEpoch; i++) {
            sum += net.step(x, input, y);
          }
          double seconds = (nanos.getAsLong() - begin) / 1e9 / (3 * perEpoch);
          return Double.isNaN(sum) ? Double.NaN : seconds;
        });
  }
}
