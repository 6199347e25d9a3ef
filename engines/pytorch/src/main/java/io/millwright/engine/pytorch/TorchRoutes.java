package io.millwright.engine.pytorch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.core.Embedding;
import io.millwright.api.learn.Join;
import io.millwright.api.learn.Layer;
import io.millwright.api.learn.Route;
import io.millwright.runtime.network.Monotony;
import io.millwright.runtime.network.PlannedChain;
import io.millwright.runtime.network.PlannedLayer;
import java.util.List;

/** Branches, embeddings and what leads values somewhere, as torch operations. */
final class TorchRoutes {

  private TorchRoutes() {}

  static NDArray embedding(PlannedLayer planned, Layer.Embedding e, NDArray x, NDArray table) {
    NDArray known = x.floor().eq(x).logicalAnd(x.gte(1)).logicalAnd(x.lt(e.ids()));
    NDArray ids = NDArrays.where(known, x, x.zerosLike()).toType(DataType.INT64, false);
    return Embedding.embedding(ids, table, SparseFormat.DENSE)
        .singletonOrThrow()
        .reshape(TorchLayers.batch(planned.out(), Math.toIntExact(x.getShape().get(0))));
  }

  static NDArray branches(TorchRun run, Route.Branches b, PlannedLayer planned, NDArray x) {
    NDList parts = new NDList();
    for (PlannedChain chain : planned.chains()) {
      parts.add(run.chain(chain, x));
    }
    if (b.join() == Join.CONCATENATE) {
      return NDArrays.concat(parts, parts.get(0).getShape().dimension() - 1);
    }
    NDArray joined = parts.get(0);
    for (int i = 1; i < parts.size(); i++) {
      joined = b.join() == Join.ADD ? joined.add(parts.get(i)) : joined.mul(parts.get(i));
    }
    return joined;
  }

  static NDArray upsample(PlannedLayer planned, Route.Upsample u, NDArray x) {
    NDArray y = x.repeat(1, u.factor());
    return planned.in().isImage() ? y.repeat(2, u.factor()) : y;
  }

  static NDArray repeat(Route.Repeat r, NDArray x) {
    return x.reshape(x.getShape().get(0), 1, x.getShape().get(1)).repeat(1, r.steps());
  }

  /** Neighbouring features go together. */
  static NDArray select(Route.Select s, NDArray x) {
    NDList parts = new NDList();
    List<Integer> features = s.features();
    for (int from = 0; from < features.size(); ) {
      int to = from + 1;
      while (to < features.size() && features.get(to) == features.get(to - 1) + 1) {
        to++;
      }
      int first = features.get(from);
      parts.add(x.get(new NDIndex("..., {}:{}", first, first + to - from)));
      from = to;
    }
    return parts.size() == 1 ? parts.get(0) : NDArrays.concat(parts, x.getShape().dimension() - 1);
  }

  static NDArray limits(float[] low, float[] high, NDArray x) {
    NDManager manager = x.getManager();
    return NDArrays.maximum(NDArrays.minimum(x, manager.create(high)), manager.create(low));
  }

  static NDArray monotone(
      PlannedLayer planned, Layer.Monotone m, NDArray x, NDArray weight, NDArray bias) {
    int features = planned.in().features();
    float[] signs = Monotony.signs(m, features);
    float[] free = new float[features];
    for (int i = 0; i < features; i++) {
      free[i] = 1 - Math.abs(signs[i]);
    }
    NDManager manager = x.getManager();
    // Begun from an array of this step: what is made of a weight alone would live as long as it.
    NDArray own = manager.ones(new Shape(1, features)).mul(weight);
    NDArray matrix = own.abs().mul(manager.create(signs)).add(own.mul(manager.create(free)));
    NDArray y = TorchLayers.linear(x, matrix, bias);
    return m.bent() ? limits(Monotony.low(m.units()), Monotony.high(m.units()), y) : y;
  }
}
