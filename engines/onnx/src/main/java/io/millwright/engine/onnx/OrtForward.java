package io.millwright.engine.onnx;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.foreign.ForeignNetwork;
import io.millwright.api.foreign.Port;
import io.millwright.api.foreign.Tensor;
import io.millwright.runtime.network.ForwardPass;
import io.millwright.runtime.network.Shape;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * An ONNX file with one input, whose first output is the answer. Where the file fixes the batch at
 * one, inputs are computed one by one. Thread-safe.
 */
final class OrtForward implements ForwardPass {

  private final ForeignNetwork network;
  private final Port input;
  private final String output;
  private final Shape shape;
  private final int outputs;
  private final boolean single;

  private OrtForward(ForeignNetwork network, Shape shape, int outputs, boolean single) {
    this.network = network;
    this.input = network.inputs().get(0);
    this.output = network.outputs().get(0).name();
    this.shape = shape;
    this.outputs = outputs;
    this.single = single;
  }

  static OrtForward of(ForeignNetwork network, Shape shape, int outputs) {
    if (network.inputs().size() != 1) {
      throw new MillwrightException(
          ErrorCode.WRONG_SHAPE,
          network.file().file()
              + " takes "
              + network.inputs()
              + ", but one input was declared"
              + "\nMaybe open it with ModelExchange.open(file, options), which takes several");
    }
    List<Long> sizes = network.inputs().get(0).shape();
    boolean single = !sizes.isEmpty() && sizes.get(0) == 1;
    return new OrtForward(network, shape, outputs, single);
  }

  @Override
  public float[] run(float[] inputs, int count) {
    if (!single || count == 1) {
      return batch(inputs, count);
    }
    float[] all = new float[count * outputs];
    for (int i = 0; i < count; i++) {
      float[] one = java.util.Arrays.copyOfRange(inputs, i * shape.size(), (i + 1) * shape.size());
      System.arraycopy(batch(one, 1), 0, all, i * outputs, outputs);
    }
    return all;
  }

  private float[] batch(float[] inputs, int count) {
    float[] own =
        inputs.length == count * shape.size()
            ? inputs
            : java.util.Arrays.copyOf(inputs, count * shape.size());
    Tensor given =
        shape.isSequence()
            ? Tensor.of(own, count, shape.steps(), shape.features())
            : Tensor.of(own, count, shape.features());
    Tensor answer =
        Objects.requireNonNull(
            network.run(Map.of(input.name(), given), List.of(output)).get(output));
    if (answer.size() != count * outputs) {
      throw new MillwrightException(
          ErrorCode.WRONG_SHAPE,
          network.file().file()
              + " gives "
              + answer
              + " for "
              + count
              + " inputs, but "
              + outputs
              + " outputs were declared\nMaybe declare what the network was made for");
    }
    return answer.floats();
  }

  @Override
  public void close() {
    network.close();
  }
}
