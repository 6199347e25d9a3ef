package io.millwright.engine.tensorflow;

import io.millwright.api.learn.Join;
import io.millwright.api.learn.Layer;
import io.millwright.api.learn.Route;
import io.millwright.runtime.network.Monotony;
import io.millwright.runtime.network.PlannedChain;
import io.millwright.runtime.network.PlannedLayer;
import io.millwright.runtime.network.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Branches, embeddings and what leads values somewhere, as TensorFlow operations. */
final class FlowRoutes {

  private FlowRoutes() {}

  static Operand<TFloat32> embedding(
      FlowRun run, Layer.Embedding e, PlannedLayer planned, Operand<TFloat32> x) {
    Ops tf = run.tf;
    Operand<TBool> known =
        tf.math.logicalAnd(
            tf.math.equal(tf.math.floor(x), x),
            tf.math.logicalAnd(
                tf.math.greaterEqual(x, tf.constant(1f)),
                tf.math.less(x, tf.constant((float) e.ids()))));
    Operand<TInt32> ids = tf.dtypes.cast(tf.select(known, x, tf.zerosLike(x)), TInt32.class);
    Operand<TInt32> one = tf.reshape(ids, run.ints(-1, 1));
    return tf.reshape(tf.gatherNd(run.weight(planned.first()), one), run.rows(planned.out()));
  }

  static Operand<TFloat32> branches(
      FlowRun run, Route.Branches b, PlannedLayer planned, Operand<TFloat32> x) {
    List<Operand<TFloat32>> parts = new ArrayList<>();
    for (PlannedChain chain : planned.chains()) {
      parts.add(run.chain(chain, x));
    }
    if (b.join() == Join.CONCATENATE && parts.size() > 1) {
      return run.tf.concat(parts, run.tf.constant(last(planned.out())));
    }
    Operand<TFloat32> joined = parts.get(0);
    for (int i = 1; i < parts.size(); i++) {
      joined =
          b.join() == Join.ADD
              ? run.tf.math.add(joined, parts.get(i))
              : run.tf.math.mul(joined, parts.get(i));
    }
    return joined;
  }

  /** The number of the axis of features in a batch. */
  private static int last(Shape shape) {
    return shape.isImage() ? 3 : shape.isSequence() ? 2 : 1;
  }

  /** Repeats side by side are repeats one after the other under another shape. */
  private static Operand<TFloat32> repeated(FlowRun run, Operand<TFloat32> x, int size, int times) {
    if (times == 1) {
      return x;
    }
    Operand<TFloat32> rows = run.tf.reshape(x, run.ints(-1, size));
    return run.tf.concat(Collections.nCopies(times, rows), run.tf.constant(1));
  }

  static Operand<TFloat32> upsample(
      FlowRun run, Route.Upsample u, PlannedLayer planned, Operand<TFloat32> x) {
    Shape in = planned.in();
    Operand<TFloat32> wide = repeated(run, x, in.features(), u.factor());
    Operand<TFloat32> all =
        in.isImage()
            ? repeated(run, wide, planned.out().steps() * in.features(), u.factor())
            : wide;
    return run.shaped(planned, all);
  }

  static Operand<TFloat32> repeat(
      FlowRun run, Route.Repeat r, PlannedLayer planned, Operand<TFloat32> x) {
    return run.shaped(planned, repeated(run, x, planned.in().features(), r.steps()));
  }

  /** Neighbouring features go together. */
  static Operand<TFloat32> select(
      FlowRun run, Route.Select s, PlannedLayer planned, Operand<TFloat32> x) {
    List<Operand<TFloat32>> parts = new ArrayList<>();
    List<Integer> features = s.features();
    int axis = last(planned.in());
    for (int from = 0; from < features.size(); ) {
      int to = from + 1;
      while (to < features.size() && features.get(to) == features.get(to - 1) + 1) {
        to++;
      }
      int[] begin = new int[axis + 1];
      int[] size = new int[axis + 1];
      java.util.Arrays.fill(size, -1);
      begin[axis] = features.get(from);
      size[axis] = to - from;
      parts.add(run.slice(x, run.ints(begin), run.ints(size)));
      from = to;
    }
    return parts.size() == 1 ? parts.get(0) : run.tf.concat(parts, run.tf.constant(axis));
  }

  static Operand<TFloat32> limits(Ops tf, float[] low, float[] high, Operand<TFloat32> x) {
    return tf.math.maximum(tf.math.minimum(x, tf.constant(high)), tf.constant(low));
  }

  static Operand<TFloat32> monotone(
      FlowRun run, Layer.Monotone m, PlannedLayer planned, Operand<TFloat32> x) {
    Ops tf = run.tf;
    int features = planned.in().features();
    float[] signs = Monotony.signs(m, features);
    float[] free = new float[features];
    for (int i = 0; i < features; i++) {
      free[i] = 1 - Math.abs(signs[i]);
    }
    Operand<TFloat32> weight = run.weight(planned.first());
    Operand<TFloat32> matrix =
        tf.math.add(
            tf.math.mul(tf.math.abs(weight), tf.constant(signs)),
            tf.math.mul(weight, tf.constant(free)));
    Operand<TFloat32> y =
        run.linear(planned.in(), x, matrix, run.weight(planned.first() + 1), m.units());
    return m.bent() ? limits(tf, Monotony.low(m.units()), Monotony.high(m.units()), y) : y;
  }
}
