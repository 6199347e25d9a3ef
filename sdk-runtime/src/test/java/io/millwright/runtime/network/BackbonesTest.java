package io.millwright.runtime.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.millwright.api.learn.Activation;
import io.millwright.api.learn.Initialisation;
import io.millwright.api.learn.Layer;
import io.millwright.api.learn.Network;
import io.millwright.api.learn.Networks;
import io.millwright.runtime.plain.JavaForward;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BackbonesTest {

  private static final Shape INPUT = new Shape(0, 6);

  private final Backbones backbones = new Backbones();
  private final List<Counted> opened = new ArrayList<>();

  /** Plain Java that counts its calls and knows whether it is closed. */
  private static final class Counted implements ForwardPass {
    private final NetworkPlan plan;
    private final JavaForward pass;
    private final AtomicInteger calls = new AtomicInteger();
    private int closes;

    Counted(NetworkPlan plan, Weights weights) {
      this.plan = plan;
      pass = new JavaForward(plan, weights);
    }

    @Override
    public float[] run(float[] inputs, int count) {
      assertThat(closes).isZero();
      calls.incrementAndGet();
      return pass.run(inputs, count);
    }

    @Override
    public void close() {
      closes++;
    }
  }

  private ForwardPass open(NetworkPlan plan, Weights weights, int frozen) {
    return open("java", plan, weights, frozen);
  }

  private ForwardPass open(String runtime, NetworkPlan plan, Weights weights, int frozen) {
    return backbones.open(
        runtime,
        plan,
        weights,
        frozen,
        (part, values) -> {
          Counted counted = new Counted(part, values);
          opened.add(counted);
          return counted;
        });
  }

  private static NetworkPlan plan(Network network, Shape input, int outputs) {
    return NetworkPlan.of(network, input, outputs, Initialisation.AUTOMATIC);
  }

  /** Weights of a head with the first arrays of others. */
  private static Weights child(NetworkPlan plan, Weights parent, int arrays, long key) {
    Weights weights = Starts.draw(plan, key);
    for (int i = 0; i < arrays; i++) {
      System.arraycopy(parent.get(i), 0, weights.get(i), 0, parent.get(i).length);
    }
    return weights;
  }

  private static float[] inputs(NetworkPlan plan, int count, long key) {
    Random random = new Random(key);
    float[] x = new float[count * plan.input().size()];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) random.nextGaussian();
    }
    return x;
  }

  @Test
  void headsOfOneParentHoldItOnceAndAskItOnce() {
    NetworkPlan plan = plan(Networks.mlp(16, 8), INPUT, 2);
    Weights parent = Starts.draw(plan, 1);
    NetworkPlan other = plan(Networks.mlp(16, 8, 4), INPUT, 3);
    float[] x = inputs(plan, 5, 1);
    try (ForwardPass first = open(plan, child(plan, parent, 4, 2), 2);
        ForwardPass second = open(other, child(other, parent, 4, 3), 2)) {
      assertThat(backbones.count()).isEqualTo(1);
      assertThat(first.run(x, 5))
          .isEqualTo(new JavaForward(plan, child(plan, parent, 4, 2)).run(x, 5));
      assertThat(second.run(x, 5))
          .isEqualTo(new JavaForward(other, child(other, parent, 4, 3)).run(x, 5));
      assertThat(front().calls).hasValue(1);
      // The values count, not the array; a batch of other rows is another question.
      second.run(x.clone(), 5);
      assertThat(front().calls).hasValue(1);
      assertThat(first.run(x, 4))
          .isEqualTo(new JavaForward(plan, child(plan, parent, 4, 2)).run(x, 4));
      assertThat(front().calls).hasValue(2);
    }
    assertThat(backbones.count()).isZero();
    assertThat(opened).hasSize(3).allSatisfy(c -> assertThat(c.closes).isEqualTo(1));
  }

  private Counted front() {
    return opened.stream().filter(c -> c.plan.outputs() == 8).findFirst().orElseThrow();
  }

  @Test
  void theBackboneLivesAsLongAsItsLastHead() {
    NetworkPlan plan = plan(Networks.mlp(16, 8), INPUT, 2);
    Weights parent = Starts.draw(plan, 1);
    ForwardPass first = open(plan, child(plan, parent, 4, 2), 2);
    ForwardPass second = open(plan, child(plan, parent, 4, 3), 2);
    first.close();
    first.close();
    assertThat(second.run(inputs(plan, 1, 4), 1)).hasSize(2);
    second.close();
    assertThat(front().closes).isEqualTo(1);
    // Opened again it is a new one.
    try (ForwardPass third = open(plan, child(plan, parent, 4, 2), 2)) {
      assertThat(third.run(inputs(plan, 1, 4), 1)).hasSize(2);
      assertThat(backbones.count()).isEqualTo(1);
    }
  }

  @Test
  void otherBitsShapesOrRuntimesAreNotShared() {
    NetworkPlan plan = plan(Networks.mlp(16, 8), INPUT, 2);
    Weights parent = Starts.draw(plan, 1);
    Weights moved = child(plan, parent, 4, 2);
    moved.get(0)[5] = Math.nextUp(moved.get(0)[5]);
    Network bent =
        new Network(
            List.of(
                new Layer.Dense(16, Activation.TANH, Initialisation.AUTOMATIC),
                new Layer.Dense(8, Activation.TANH, Initialisation.AUTOMATIC)));
    try (ForwardPass first = open(plan, parent, 2);
        ForwardPass second = open(plan, moved, 2);
        ForwardPass third = open(plan(bent, INPUT, 2), parent, 2);
        ForwardPass fourth = open("another", plan, parent, 2)) {
      assertThat(backbones.count()).isEqualTo(4);
      float[] x = inputs(plan, 1, 1);
      assertThat(second.run(x, 1)).isEqualTo(new JavaForward(plan, moved).run(x, 1));
      assertThat(third.run(x, 1)).isNotEqualTo(first.run(x, 1));
      assertThat(fourth.run(x, 1)).isEqualTo(first.run(x, 1));
    }
    assertThat(backbones.count()).isZero();
  }

  @Test
  void onlyFlatPlacesDivideANetwork() {
    Network picture =
        new Network(
            List.of(
                new Layer.Conv2d(
                    4, 3, 1, Layer.Padding.SAME, Activation.RELU, Initialisation.AUTOMATIC),
                new Layer.GlobalPool(Layer.Pooling.AVERAGE),
                new Layer.Dropout(0.5),
                new Layer.Dense(5, Activation.RELU, Initialisation.AUTOMATIC)));
    NetworkPlan plan = plan(picture, new Shape(6, 6, 1), 2);
    assertThat(plan.split(0)).isEmpty();
    assertThat(plan.split(-1)).isEmpty();
    assertThat(plan.split(1)).as("pixels").isEmpty();
    assertThat(plan.split(2).orElseThrow().front().layers()).hasSize(2);
    assertThat(plan.split(4).orElseThrow().back().layers()).hasSize(1);
    // A provenance may say anything.
    assertThat(plan.split(1_000_000).orElseThrow().front().layers()).hasSize(4);
    assertThat(plan(Networks.linear(), INPUT, 1).split(3)).isEmpty();
  }

  @Test
  void aHeadThatCannotBeOpenedLeavesNothingBehind() {
    NetworkPlan plan = plan(Networks.mlp(16, 8), INPUT, 2);
    Weights parent = Starts.draw(plan, 1);
    List<Counted> made = new ArrayList<>();
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                backbones.open(
                    "java",
                    plan,
                    parent,
                    2,
                    (part, values) -> {
                      if (!made.isEmpty()) {
                        throw new IllegalStateException("no memory");
                      }
                      made.add(new Counted(part, values));
                      return made.get(0);
                    }));
    assertThat(made).hasSize(1);
    assertThat(made.get(0).closes).isEqualTo(1);
    assertThat(backbones.count()).isZero();
  }

  @Test
  void whatIsRememberedIsBounded() {
    Recent recent = new Recent();
    float[] large = new float[1 << 23];
    for (int i = 0; i < 5; i++) {
      large[0] = i;
      recent.keep(large, large.length, new float[] {i});
    }
    large[0] = 4;
    assertThat(recent.find(large, large.length)).containsExactly(4);
    large[0] = 3;
    assertThat(recent.find(large, large.length)).as("two do not fit").isNull();
    recent.keep(new float[(1 << 24) + 1], (1 << 24) + 1, new float[1]);
    large[0] = 4;
    assertThat(recent.find(large, large.length))
        .as("what is too large displaces nothing")
        .isNotNull();
    for (int i = 0; i < 20; i++) {
      recent.keep(new float[] {i}, 1, new float[] {-i});
    }
    assertThat(recent.find(new float[] {19}, 1)).containsExactly(-19);
    assertThat(recent.find(new float[] {0}, 1)).isNull();
    assertThat(recent.find(new float[] {Float.NaN}, 1)).isNull();
  }
}
