package io.millwright.engine.pytorch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;
import io.millwright.api.learn.Layer;
import io.millwright.runtime.network.PlannedLayer;

/**
 * The layers over images as torch operations. Arrays are {@code [count, height, width, channels]}
 * between layers, as everywhere; torch wants channels first, which a turned view gives it without
 * moving memory.
 */
final class TorchImages {

  private TorchImages() {}

  static NDArray convolution(
      PlannedLayer planned, Layer.Conv2d c, NDArray x, NDArray weight, NDArray bias) {
    NDArray padded = x;
    int before = 0;
    if (c.padding() == Layer.Padding.SAME) {
      before = (c.kernel() - 1) / 2;
      if (c.kernel() % 2 == 0) {
        // One more row and column at the end, which torch's own padding cannot do.
        Shape s = x.getShape();
        NDArray right = x.getManager().zeros(new Shape(s.get(0), s.get(1), 1, s.get(3)));
        padded = NDArrays.concat(new NDList(x, right), 2);
        NDArray below = x.getManager().zeros(new Shape(s.get(0), 1, s.get(2) + 1, s.get(3)));
        padded = NDArrays.concat(new NDList(padded, below), 1);
      }
    }
    NDArray y =
        Conv2d.conv2d(
                padded.transpose(0, 3, 1, 2),
                weight,
                bias,
                new Shape(c.stride(), c.stride()),
                new Shape(before, before),
                new Shape(1, 1))
            .singletonOrThrow()
            .transpose(0, 2, 3, 1);
    return TorchLayers.activate(c.activation(), y);
  }

  static NDArray pool(Layer.Pool2d p, NDArray x) {
    Shape side = new Shape(p.size(), p.size());
    NDArray turned = x.transpose(0, 3, 1, 2);
    NDArray y =
        p.kind() == Layer.Pooling.MAX
            ? Pool.maxPool2d(turned, side, side, new Shape(0, 0), false)
            : Pool.avgPool2d(turned, side, side, new Shape(0, 0), false, false);
    return y.transpose(0, 2, 3, 1);
  }

  /**
   * Torch's batch normalisation in training mode normalises over everything but the second axis:
   * with all images and groups laid along that axis it does what is wanted here, in one pass. Its
   * running statistics are thrown away.
   */
  static NDArray normalise(
      PlannedLayer planned, Layer.GroupNorm g, NDArray x, NDArray scale, NDArray shift) {
    long n = x.getShape().get(0);
    int channels = planned.in().features();
    int each = channels / g.groups();
    Shape all = new Shape(n * g.groups());
    NDArray grouped =
        x.transpose(0, 3, 1, 2)
            .reshape(1, n * g.groups(), (long) each * planned.in().height(), planned.in().steps());
    boolean instance = each == 1;
    NDArray gamma = x.getManager().ones(all);
    NDArray beta = x.getManager().zeros(all);
    if (instance) {
      gamma = gamma.reshape(n, channels).mul(scale).reshape(all);
      beta = beta.reshape(n, channels).add(shift).reshape(all);
    }
    NDArray y =
        BatchNorm.batchNorm(
                grouped,
                x.getManager().zeros(all),
                x.getManager().ones(all),
                gamma,
                beta,
                1,
                0.1f,
                1e-5f,
                true)
            .singletonOrThrow()
            .reshape(n, channels, planned.in().height(), planned.in().steps());
    if (!instance) {
      // Begun from arrays of this step: what is made of a weight alone would live as long as it.
      Shape wide = new Shape(1, channels, 1, 1);
      NDArray factors = x.getManager().ones(new Shape(channels)).mul(scale).reshape(wide);
      NDArray offsets = x.getManager().zeros(new Shape(channels)).add(shift).reshape(wide);
      y = y.mul(factors).add(offsets);
    }
    return TorchLayers.activate(g.activation(), y.transpose(0, 2, 3, 1));
  }
}
