package io.millwright.benchmarks.speed;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Assign;
import org.tensorflow.op.core.Gradients;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Unstack;
import org.tensorflow.op.core.Variable;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat32;

/**
 * The networks of the comparison as a user of bare TensorFlow-Java writes them, well: the weights
 * are variables, Adam runs in the graph behind gradients that are ordered, and the products of an
 * LSTM with its inputs are taken for all steps at once.
 */
@SuppressWarnings("NullAway.Init") // The factories finish what the constructor begins.
final class FlowNets implements AutoCloseable {

  private final Graph graph = new Graph();
  private final Ops tf = Ops.create(graph);
  private final SplittableRandom random = new SplittableRandom(5);
  private final List<Variable<TFloat32>> weights = new ArrayList<>();
  private final List<Op> starts = new ArrayList<>();
  private final Placeholder<TFloat32> input;
  private final Placeholder<TFloat32> target;
  private Operand<TFloat32> loss;
  private Op train;
  private Session session;

  private FlowNets(Shape input) {
    this.input = tf.placeholder(TFloat32.class, Placeholder.shape(input));
    this.target = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 1)));
  }

  static FlowNets mlp() {
    FlowNets net = new FlowNets(Shape.of(-1, 10));
    Operand<TFloat32> x = net.tf.nn.relu(net.dense(net.input, 10, 64));
    x = net.tf.nn.relu(net.dense(x, 64, 32));
    net.finish(net.dense(x, 32, 1));
    return net;
  }

  static FlowNets lstm(int batch) {
    FlowNets net = new FlowNets(Shape.of(batch, 30, 14));
    Operand<TFloat32> byStep =
        net.tf.linalg.transpose(net.input, net.tf.constant(new int[] {1, 0, 2}));
    List<Operand<TFloat32>> first = net.recurrent(byStep, batch, 14, 128);
    List<Operand<TFloat32>> second = net.recurrent(net.tf.stack(first), batch, 128, 64);
    net.finish(net.dense(second.get(29), 64, 1));
    return net;
  }

  private Variable<TFloat32> weight(int... sizes) {
    long[] shape = java.util.Arrays.stream(sizes).asLongStream().toArray();
    Shape s = Shape.of(shape);
    float[] values = new float[(int) s.size()];
    double scale = sizes.length == 1 ? 0 : Math.sqrt(6.0 / (sizes[0] + sizes[1]));
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (scale * (2 * random.nextDouble() - 1));
    }
    return variable(s, values, true);
  }

  private Variable<TFloat32> variable(Shape shape, float[] values, boolean learnt) {
    Variable<TFloat32> variable = tf.variable(shape, TFloat32.class);
    Assign<TFloat32> start =
        tf.assign(
            variable,
            tf.reshape(
                tf.constant(values),
                tf.constant(java.util.Arrays.stream(shape.asArray()).toArray())));
    starts.add(start);
    if (learnt) {
      weights.add(variable);
    }
    return variable;
  }

  private Operand<TFloat32> dense(Operand<TFloat32> x, int in, int out) {
    return tf.nn.biasAdd(tf.linalg.matMul(x, weight(in, out)), weight(out));
  }

  private List<Operand<TFloat32>> recurrent(
      Operand<TFloat32> byStep, int batch, int in, int units) {
    Operand<TFloat32> sums =
        tf.reshape(
            dense(tf.reshape(byStep, tf.constant(new int[] {-1, in})), in, 4 * units),
            tf.constant(new int[] {30, batch, 4 * units}));
    Variable<TFloat32> again = weight(units, 4 * units);
    Operand<TFloat32> h = tf.zeros(tf.constant(new int[] {batch, units}), TFloat32.class);
    Operand<TFloat32> c = h;
    List<Operand<TFloat32>> states = new ArrayList<>();
    for (Operand<TFloat32> step : tf.unstack(sums, 30L, Unstack.axis(0L)).output()) {
      List<? extends Operand<TFloat32>> parts =
          tf.split(tf.constant(1), tf.math.add(step, tf.linalg.matMul(h, again)), 4L).output();
      c =
          tf.math.add(
              tf.math.mul(tf.math.sigmoid(parts.get(1)), c),
              tf.math.mul(tf.math.sigmoid(parts.get(0)), tf.math.tanh(parts.get(2))));
      h = tf.math.mul(tf.math.sigmoid(parts.get(3)), tf.math.tanh(c));
      states.add(h);
    }
    return states;
  }

  private void finish(Operand<TFloat32> y) {
    loss =
        tf.math.mean(
            tf.reshape(tf.math.squaredDifference(y, target), tf.constant(new int[] {-1})),
            tf.constant(0));
    Gradients gradients = tf.gradients(loss, weights);
    List<Op> ordered = new ArrayList<>();
    List<Operand<TFloat32>> copies = new ArrayList<>();
    for (int i = 0; i < weights.size(); i++) {
      Operand<TFloat32> copy = tf.identity(gradients.<TFloat32>dy(i));
      copies.add(copy);
      ordered.add(copy.op() instanceof Op op ? op : tf.identity(copy));
    }
    Ops after = tf.withControlDependencies(ordered);
    Variable<TFloat32> power1 = variable(Shape.scalar(), new float[] {0.9f}, false);
    Variable<TFloat32> power2 = variable(Shape.scalar(), new float[] {0.999f}, false);
    List<Op> updates = new ArrayList<>();
    for (int i = 0; i < weights.size(); i++) {
      Shape shape = weights.get(i).shape();
      float[] zero = new float[(int) shape.size()];
      updates.add(
          after.train.applyAdam(
              weights.get(i),
              variable(shape, zero, false),
              variable(shape, zero, false),
              power1,
              power2,
              tf.constant(1e-3f),
              tf.constant(0.9f),
              tf.constant(0.999f),
              tf.constant(1e-8f),
              copies.get(i)));
    }
    Ops last = tf.withControlDependencies(updates);
    Op p1 = last.assign(power1, last.math.mul(power1, tf.constant(0.9f)));
    Op p2 = last.assign(power2, last.math.mul(power2, tf.constant(0.999f)));
    train = tf.withControlDependencies(List.of(p1, p2)).noOp();
    session =
        new Session(
            graph,
            ConfigProto.newBuilder()
                .setIntraOpParallelismThreads(1)
                .setInterOpParallelismThreads(1)
                .build());
    Session.Runner runner = session.runner();
    starts.forEach(runner::addTarget);
    runner.run().close();
  }

  /** One training step; gives the loss. */
  float step(float[] inputs, Shape shape, float[] targets) {
    try (TFloat32 x = TFloat32.tensorOf(shape);
        TFloat32 t = TFloat32.tensorOf(Shape.of(targets.length, 1))) {
      x.asRawTensor().data().asFloats().write(inputs);
      t.asRawTensor().data().asFloats().write(targets);
      try (org.tensorflow.Result result =
          session.runner().feed(input, x).feed(target, t).fetch(loss).addTarget(train).run()) {
        return ((TFloat32) result.get(0)).getFloat();
      }
    }
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
