package io.millwright.engine.tensorflow;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.FloatDataBuffer;
import org.tensorflow.types.TFloat32;

/**
 * A tensor that Java writes again and again and TensorFlow reads while a graph runs. Made anew only
 * when the shape changes. One owner, one thread.
 */
final class FloatTensor implements AutoCloseable {

  private @Nullable TFloat32 tensor;
  private @Nullable FloatDataBuffer memory;

  /** The tensor with these values. */
  TFloat32 write(float[] values, Shape shape) {
    if (tensor == null || !tensor.shape().equals(shape)) {
      close();
      tensor = TFloat32.tensorOf(shape);
      memory = tensor.asRawTensor().data().asFloats();
    }
    Objects.requireNonNull(memory).write(values, 0, Math.toIntExact(shape.size()));
    return Objects.requireNonNull(tensor);
  }

  /** Copies a fetched tensor. */
  static void read(Tensor from, float[] into) {
    from.asRawTensor().data().asFloats().read(into);
  }

  @Override
  public void close() {
    if (tensor != null) {
      tensor.close();
      tensor = null;
      memory = null;
    }
  }
}
