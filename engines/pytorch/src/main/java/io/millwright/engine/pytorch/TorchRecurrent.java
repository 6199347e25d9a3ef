package io.millwright.engine.pytorch;

import static io.millwright.engine.pytorch.TorchLayers.activate;
import static io.millwright.engine.pytorch.TorchLayers.linear;
import static io.millwright.engine.pytorch.TorchLayers.turned;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import io.millwright.api.learn.Activation;
import io.millwright.api.learn.Layer;
import io.millwright.runtime.network.PlannedLayer;
import java.util.List;

/** The recurrent layers as torch operations. */
final class TorchRecurrent {

  private TorchRecurrent() {}

  static NDArray lstm(PlannedLayer planned, Layer.Lstm l, NDArray x, List<NDArray> w) {
    return l.cell() == Activation.TANH
        ? fusedLstm(planned, l, x, w)
        : unrolledLstm(planned, l, x, w);
  }

  static NDArray gru(PlannedLayer planned, Layer.Gru g, NDArray x, List<NDArray> w) {
    return g.cell() == Activation.TANH ? fusedGru(planned, g, x, w) : unrolledGru(planned, g, x, w);
  }

  private static NDArray fusedLstm(PlannedLayer planned, Layer.Lstm l, NDArray x, List<NDArray> w) {
    NDArray bias = w.get(planned.first() + 2);
    NDArray state = x.getManager().zeros(new Shape(1, x.getShape().get(0), l.units()));
    NDList parameters =
        new NDList(
            w.get(planned.first()),
            w.get(planned.first() + 1),
            bias,
            x.getManager().zeros(bias.getShape()));
    NDList result =
        x.getNDArrayInternal()
            .lstm(x, new NDList(state, state), parameters, true, 1, 0, true, false, true);
    return l.sequences() ? result.get(0) : result.get(1).reshape(x.getShape().get(0), l.units());
  }

  private static NDArray fusedGru(PlannedLayer planned, Layer.Gru g, NDArray x, List<NDArray> w) {
    int first = planned.first();
    NDArray state = x.getManager().zeros(new Shape(1, x.getShape().get(0), g.units()));
    NDList parameters =
        new NDList(w.get(first), w.get(first + 1), w.get(first + 2), w.get(first + 3));
    NDList result = x.getNDArrayInternal().gru(x, state, parameters, true, 1, 0, true, false, true);
    return g.sequences() ? result.get(0) : result.get(1).reshape(x.getShape().get(0), g.units());
  }

  /** The same cell from single operations: torch's own knows only tanh. */
  private static NDArray unrolledLstm(
      PlannedLayer planned, Layer.Lstm l, NDArray x, List<NDArray> w) {
    int u = l.units();
    NDArray inputs = linear(x, w.get(planned.first()), w.get(planned.first() + 2));
    NDArray recurrent = turned(x, w.get(planned.first() + 1), 1, 0);
    NDArray h = x.getManager().zeros(new Shape(x.getShape().get(0), u));
    NDArray c = h;
    NDList states = new NDList();
    for (int t = 0; t < planned.in().steps(); t++) {
      NDArray sums = inputs.get(new NDIndex(":, {}", t)).add(h.matMul(recurrent));
      NDArray in = ai.djl.nn.Activation.sigmoid(part(sums, 0, u));
      NDArray forget = ai.djl.nn.Activation.sigmoid(part(sums, 1, u));
      NDArray candidate = activate(l.cell(), part(sums, 2, u));
      NDArray out = ai.djl.nn.Activation.sigmoid(part(sums, 3, u));
      c = forget.mul(c).add(in.mul(candidate));
      h = out.mul(activate(l.cell(), c));
      states.add(h);
    }
    return l.sequences() ? NDArrays.stack(states, 1) : h;
  }

  private static NDArray unrolledGru(
      PlannedLayer planned, Layer.Gru g, NDArray x, List<NDArray> w) {
    int u = g.units();
    int first = planned.first();
    NDArray inputs = linear(x, w.get(first), w.get(first + 2));
    NDArray h = x.getManager().zeros(new Shape(x.getShape().get(0), u));
    NDList states = new NDList();
    for (int t = 0; t < planned.in().steps(); t++) {
      NDArray in = inputs.get(new NDIndex(":, {}", t));
      NDArray re = linear(h, w.get(first + 1), w.get(first + 3));
      NDArray reset = ai.djl.nn.Activation.sigmoid(part(in, 0, u).add(part(re, 0, u)));
      NDArray update = ai.djl.nn.Activation.sigmoid(part(in, 1, u).add(part(re, 1, u)));
      NDArray candidate = activate(g.cell(), part(in, 2, u).add(reset.mul(part(re, 2, u))));
      h = candidate.add(update.mul(h.sub(candidate)));
      states.add(h);
    }
    return g.sequences() ? NDArrays.stack(states, 1) : h;
  }

  private static NDArray part(NDArray x, int number, int size) {
    return x.get(new NDIndex(":, {}:{}", number * size, (number + 1) * size));
  }
}
