package io.millwright.runtime.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millwright.api.learn.Initialisation;
import io.millwright.api.learn.Loss;
import io.millwright.api.learn.Networks;
import io.millwright.core.engines.Started;
import io.millwright.runtime.support.KeyedRandom;
import io.millwright.runtime.support.KeyedRandom.Purpose;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MicroBatchesTest {

  private static final int COUNT = 21;

  private final NetworkPlan plan =
      NetworkPlan.of(Networks.mlp(9, 5).dropout(0.3), new Shape(0, 4), 1, Initialisation.AUTOMATIC);

  /** A device that holds so many inputs. */
  private static final class Small implements TrainingSession {
    private final TrainingSession inner;
    private final int holds;
    private final List<Integer> tried = new ArrayList<>();

    Small(TrainingSession inner, int holds) {
      this.inner = inner;
      this.holds = holds;
    }

    private void check(int count) {
      tried.add(count);
      if (count > holds) {
        throw new IllegalStateException("CUDA out of memory. Tried to allocate 2.00 GiB");
      }
    }

    @Override
    public void load(Weights weights) {
      inner.load(weights);
    }

    @Override
    public double gradients(Batch batch, Masks masks, Weights gradients) {
      check(batch.count());
      return inner.gradients(batch, masks, gradients);
    }

    @Override
    public float[] outputs(float[] inputs, int count) {
      check(count);
      return inner.outputs(inputs, count);
    }

    @Override
    public void close() {
      inner.close();
    }
  }

  private static final TrainingSession.Masks MASKS =
      (layer, size, rate) -> KeyedRandom.of(3, Purpose.DROPOUT, layer).dropout(size, rate);

  private TrainingSession.Batch batch() {
    KeyedRandom random = KeyedRandom.of(1, Purpose.OTHER);
    float[] x = new float[COUNT * 4];
    float[] targets = new float[COUNT];
    float[] weights = new float[COUNT];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) random.nextGaussian();
    }
    for (int i = 0; i < COUNT; i++) {
      targets[i] = (float) random.nextGaussian();
      weights[i] = (float) random.nextDouble();
    }
    return new TrainingSession.Batch(x, targets, weights, COUNT);
  }

  @Test
  void partsGiveTheStepOfTheWhole() {
    Weights start = Starts.draw(plan, 2);
    Weights whole = Weights.zero(plan.weights());
    Weights parts = Weights.zero(plan.weights());
    try (TrainingSession session =
        Started.torch().train(plan, new Losses(Loss.huber(0.5), plan.outputs()), "cpu")) {
      session.load(start);
      double expected = session.gradients(batch(), MASKS, whole);
      float[] answers = session.outputs(batch().inputs(), COUNT);
      Small small = new Small(session, 6);
      MicroBatches halving = new MicroBatches(plan, new Losses(Loss.mse(), plan.outputs()), small);
      assertThat(halving.gradients(batch(), MASKS, parts)).isCloseTo(expected, within(1e-6));
      assertThat(small.tried).containsExactly(21, 11, 6, 6, 6, 3);
      for (int i = 0; i < whole.count(); i++) {
        assertThat(parts.get(i)).usingComparatorWithPrecision(1e-6f).containsExactly(whole.get(i));
      }
      small.tried.clear();
      assertThat(halving.outputs(batch().inputs(), COUNT))
          .usingComparatorWithPrecision(1e-6f)
          .containsExactly(answers);
      assertThat(small.tried).as("the size that fits is remembered").containsExactly(6, 6, 6, 3);
    }
  }

  @Test
  void whatDoesNotHelpIsThrown() {
    Weights gradients = Weights.zero(plan.weights());
    try (TrainingSession session =
        Started.torch().train(plan, new Losses(Loss.mse(), plan.outputs()), "cpu")) {
      session.load(Starts.draw(plan, 2));
      MicroBatches nothingFits =
          new MicroBatches(plan, new Losses(Loss.mse(), plan.outputs()), new Small(session, 0));
      assertThatThrownBy(() -> nothingFits.gradients(batch(), MASKS, gradients))
          .hasMessageContaining("out of memory");
      float[] tooFew = new float[1];
      MicroBatches fine = new MicroBatches(plan, new Losses(Loss.mse(), plan.outputs()), session);
      assertThatThrownBy(() -> fine.outputs(tooFew, COUNT)).isInstanceOf(RuntimeException.class);
    }
  }

  @Test
  void aBatchOfComparedSamplesIsNotDivided() {
    Losses contrastive = new Losses(Loss.contrastive(0.1), plan.outputs(), 1);
    Weights gradients = Weights.zero(plan.weights());
    try (TrainingSession session = Started.torch().train(plan, contrastive, "cpu")) {
      session.load(Starts.draw(plan, 2));
      Small small = new Small(session, 6);
      MicroBatches whole = new MicroBatches(plan, contrastive, small);
      assertThatThrownBy(() -> whole.gradients(batch(), MASKS, gradients))
          .hasMessageContaining("cannot be divided")
          .hasMessageContaining("Learning.batch");
      assertThat(small.tried).containsExactly(COUNT);
      assertThat(whole.outputs(batch().inputs(), COUNT))
          .as("answers are never compared")
          .hasSize(COUNT * plan.outputs());
    }
  }
}
