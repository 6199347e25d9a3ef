package io.millwright.engine.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millwright.api.learn.Initialisation;
import io.millwright.api.learn.Loss;
import io.millwright.api.learn.Networks;
import io.millwright.core.engines.Started;
import io.millwright.runtime.network.Engine;
import io.millwright.runtime.network.ForwardPass;
import io.millwright.runtime.network.Losses;
import io.millwright.runtime.network.NetworkPlan;
import io.millwright.runtime.network.Shape;
import io.millwright.runtime.network.Starts;
import io.millwright.runtime.network.TrainingSession;
import io.millwright.runtime.network.TrainingSession.Batch;
import io.millwright.runtime.network.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Memory outside the heap stays where it is after the first calls. */
@Tag("thorough")
class FlowMemoryTest {

  private static final Path STATUS = Path.of("/proc/self/status");
  private static final long MOST_GROWTH_MB = 40;

  private static long megabytes() throws IOException {
    return Files.readAllLines(STATUS).stream()
        .filter(l -> l.startsWith("VmRSS"))
        .mapToLong(l -> Long.parseLong(l.replaceAll("\\D", "")) / 1024)
        .sum();
  }

  @Test
  void predictionsStepsAndSessionsLeaveNothingBehind() throws IOException {
    assumeTrue(Files.exists(STATUS), "resident memory is read from /proc, which is not here");
    Engine engine = Started.flow();
    NetworkPlan plan =
        NetworkPlan.of(Networks.mlp(64, 32), new Shape(0, 10), 1, Initialisation.AUTOMATIC);
    Weights weights = Starts.draw(plan, 1);
    Weights gradients = Weights.zero(plan.weights());
    Batch batch = new Batch(new float[320], new float[32], new float[32], 32);
    Arrays.fill(batch.weights(), 1);
    long before = 0;
    for (int round = 0; round < 10; round++) {
      try (ForwardPass pass = engine.open(plan, weights, "cpu");
          TrainingSession session =
              engine.train(plan, new Losses(Loss.mse(), plan.outputs()), "cpu")) {
        for (int i = 0; i < 20_000; i++) {
          pass.run(batch.inputs(), 1);
        }
        for (int i = 0; i < 4_000; i++) {
          session.load(weights);
          session.gradients(batch, (layer, size, rate) -> new float[size], gradients);
        }
      }
      for (int i = 0; i < 30; i++) {
        try (TrainingSession session =
            engine.train(plan, new Losses(Loss.mse(), plan.outputs()), "cpu")) {
          session.load(weights);
          session.outputs(batch.inputs(), 32);
        }
      }
      before = round == 1 ? megabytes() : before;
    }
    assertThat(megabytes() - before).isLessThan(MOST_GROWTH_MB);
  }
}
