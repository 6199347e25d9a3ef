package io.millwright.engine.tensorflow;

import io.millwright.api.learn.Layer;
import io.millwright.runtime.network.PlannedLayer;
import io.millwright.runtime.network.Shape;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TFloat32;

/**
 * The layers over images as TensorFlow operations, up to their activation. Arrays are {@code
 * [count, height, width, channels]}, which is TensorFlow's own order.
 */
final class FlowImages {

  private static final String VALID = "VALID";

  private FlowImages() {}

  /** Pads by itself: TensorFlow's SAME pads otherwise where the stride is not 1. */
  static Operand<TFloat32> convolution(
      Ops tf,
      Layer.Conv2d c,
      Operand<TFloat32> x,
      Operand<TFloat32> weight,
      Operand<TFloat32> bias) {
    Operand<TFloat32> padded = x;
    if (c.padding() == Layer.Padding.SAME && c.kernel() > 1) {
      int before = (c.kernel() - 1) / 2;
      int after = c.kernel() - 1 - before;
      padded =
          tf.pad(
              x,
              tf.constant(new int[][] {{0, 0}, {before, after}, {before, after}, {0, 0}}),
              tf.constant(0f));
    }
    Operand<TFloat32> turned = tf.linalg.transpose(weight, tf.constant(new int[] {2, 3, 1, 0}));
    return tf.nn.biasAdd(
        tf.nn.conv2d(padded, turned, List.of(1L, (long) c.stride(), (long) c.stride(), 1L), VALID),
        bias);
  }

  static Operand<TFloat32> pool(Ops tf, Layer.Pool2d p, Operand<TFloat32> x) {
    if (p.kind() == Layer.Pooling.MAX) {
      Operand<org.tensorflow.types.TInt32> side = tf.constant(new int[] {1, p.size(), p.size(), 1});
      return tf.nn.maxPool(x, side, side, VALID);
    }
    List<Long> side = List.of(1L, (long) p.size(), (long) p.size(), 1L);
    return tf.nn.avgPool(x, side, side, VALID);
  }

  static Operand<TFloat32> normalise(
      Ops tf,
      PlannedLayer planned,
      Layer.GroupNorm g,
      Operand<TFloat32> x,
      Operand<TFloat32> scale,
      Operand<TFloat32> shift) {
    Shape in = planned.in();
    Operand<org.tensorflow.types.TInt32> over = tf.constant(new int[] {1, 3});
    Operand<TFloat32> grouped =
        tf.reshape(
            x, tf.constant(new int[] {-1, in.positions(), g.groups(), in.features() / g.groups()}));
    Operand<TFloat32> off = tf.math.sub(grouped, tf.math.mean(grouped, over, Mean.keepDims(true)));
    Operand<TFloat32> variance = tf.math.mean(tf.math.square(off), over, Mean.keepDims(true));
    Operand<TFloat32> normal =
        tf.math.mul(off, tf.math.rsqrt(tf.math.add(variance, tf.constant(1e-5f))));
    Operand<TFloat32> image =
        tf.reshape(normal, tf.constant(new int[] {-1, in.height(), in.steps(), in.features()}));
    return tf.math.add(tf.math.mul(image, scale), shift);
  }

  /** The pixels as steps, for what does not look at places. */
  static Operand<TFloat32> pixels(Ops tf, Shape in, Operand<TFloat32> x) {
    return tf.reshape(x, tf.constant(new int[] {-1, in.positions(), in.features()}));
  }
}
