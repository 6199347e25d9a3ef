package io.millwright.engine.pytorch;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Memory outside the heap that is written by Java and read by torch without a copy. One owner, one
 * thread; grows to the largest size asked for and is reused, so that a training allocates nothing
 * in its steps.
 */
final class FloatMemory {

  private ByteBuffer bytes = ByteBuffer.allocateDirect(0);

  /** A tensor over a copy of these values; valid until the next call. */
  PtNDArray tensor(PtNDManager manager, float[] values, int size, Shape shape) {
    write(values, size);
    return manager.create(view(size), shape, DataType.FLOAT32);
  }

  /** Overwrites the memory; tensors over it on the CPU see the new values. */
  void write(float[] values, int size) {
    if (bytes.capacity() < size * Float.BYTES) {
      bytes =
          ByteBuffer.allocateDirect(Math.multiplyExact(size, Float.BYTES))
              .order(ByteOrder.nativeOrder());
    }
    bytes.asFloatBuffer().put(values, 0, size);
  }

  private ByteBuffer view(int size) {
    ByteBuffer view = bytes.duplicate().order(ByteOrder.nativeOrder());
    view.limit(size * Float.BYTES);
    return view;
  }
}
