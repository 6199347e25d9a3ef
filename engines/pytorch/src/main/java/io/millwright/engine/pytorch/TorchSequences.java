package io.millwright.engine.pytorch;

import static io.millwright.engine.pytorch.TorchLayers.activate;
import static io.millwright.engine.pytorch.TorchLayers.linear;
import static io.millwright.engine.pytorch.TorchLayers.scaled;
import static io.millwright.engine.pytorch.TorchLayers.turned;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import io.millwright.api.learn.Layer;
import io.millwright.runtime.network.PlannedLayer;
import io.millwright.runtime.network.Positions;
import java.util.List;

/** The layers that look over the steps of a sequence, but recurrent ones, as torch operations. */
final class TorchSequences {

  private TorchSequences() {}

  static NDArray positions(PlannedLayer planned, NDArray x) {
    int steps = planned.in().steps();
    int features = planned.in().features();
    float[] positions = Positions.encode(steps, features);
    return x.add(x.getManager().create(positions, new Shape(1, steps, features)));
  }

  static NDArray global(PlannedLayer planned, Layer.GlobalPool p, NDArray x) {
    if (planned.in().isImage()) {
      NDArray flat =
          x.reshape(x.getShape().get(0), planned.in().positions(), planned.in().features());
      return p.kind() == Layer.Pooling.MAX ? flat.max(new int[] {1}) : flat.mean(new int[] {1});
    }
    return switch (p.kind()) {
      case MAX -> x.max(new int[] {1});
      case AVERAGE -> x.mean(new int[] {1});
      case LAST -> x.get(new NDIndex(":, -1"));
    };
  }

  /**
   * A convolution as one product: what the kernel sees of each step, side by side, times the
   * weights. The one-dimensional convolutions of oneDNN 3.7.1, which PyTorch 2.7.1 would take, give
   * values that differ from call to call on some processors (seen on AMD EPYC 9005 with AVX2 and
   * AVX-512, right with SSE4.1); a product of matrices does not.
   */
  static NDArray convolution(Layer.Conv1d c, NDArray x, NDArray weight, NDArray bias) {
    int reach = (c.kernel() - 1) * c.dilation();
    int before =
        switch (c.padding()) {
          case VALID -> 0;
          case SAME -> reach / 2;
          case CAUSAL -> reach;
        };
    int after = c.padding() == Layer.Padding.SAME ? reach - before : 0;
    NDArray padded = x;
    if (before + after > 0) {
      Shape s = x.getShape();
      NDList parts = new NDList();
      if (before > 0) {
        parts.add(x.getManager().zeros(new Shape(s.get(0), before, s.get(2))));
      }
      parts.add(x);
      if (after > 0) {
        parts.add(x.getManager().zeros(new Shape(s.get(0), after, s.get(2))));
      }
      padded = NDArrays.concat(parts, 1);
    }
    long steps = padded.getShape().get(1);
    long last = (steps - reach - 1) / c.stride() * c.stride();
    NDList seen = new NDList();
    for (int k = 0; k < c.kernel(); k++) {
      long from = (long) k * c.dilation();
      NDIndex index = new NDIndex().addAllDim().addSliceDim(from, from + last + 1, c.stride());
      seen.add(padded.get(index));
    }
    NDArray windows = seen.size() == 1 ? seen.get(0) : NDArrays.concat(seen, 2);
    // [filters, features, kernel] as [kernel * features, filters], in the order of the windows.
    NDArray matrix = turned(x, weight, 2, 1, 0).reshape(-1, weight.getShape().get(0));
    NDArray y = windows.matMul(matrix).add(bias);
    return activate(c.activation(), y);
  }

  static NDArray pool(PlannedLayer planned, Layer.Pool1d p, NDArray x) {
    int runs = planned.out().steps();
    NDArray whole =
        runs * p.size() == planned.in().steps() ? x : x.get(new NDIndex(":, :{}", runs * p.size()));
    NDArray grouped = whole.reshape(x.getShape().get(0), runs, p.size(), planned.in().features());
    return p.kind() == Layer.Pooling.MAX ? grouped.max(new int[] {2}) : grouped.mean(new int[] {2});
  }

  static NDArray attention(PlannedLayer planned, Layer.Attention a, NDArray x, List<NDArray> w) {
    long n = x.getShape().get(0);
    int steps = planned.in().steps();
    int features = planned.in().features();
    int width = features / a.heads();
    NDArray all =
        linear(x, w.get(planned.first()), w.get(planned.first() + 1))
            .reshape(n, steps, 3, a.heads(), width)
            .transpose(2, 0, 3, 1, 4);
    NDArray q = all.get(0);
    NDArray k = all.get(1);
    NDArray v = all.get(2);
    NDArray scores = scaled(q.matMul(k.transpose(0, 1, 3, 2)), (float) (1 / Math.sqrt(width)));
    if (a.causal()) {
      float[] hidden = new float[steps * steps];
      for (int i = 0; i < steps; i++) {
        for (int j = i + 1; j < steps; j++) {
          hidden[i * steps + j] = -1e9f;
        }
      }
      scores = scores.add(x.getManager().create(hidden, new Shape(1, 1, steps, steps)));
    }
    NDArray mixed = scores.softmax(-1).matMul(v).transpose(0, 2, 1, 3).reshape(n, steps, features);
    return linear(mixed, w.get(planned.first() + 2), w.get(planned.first() + 3));
  }
}
