package io.millwright.runtime.plain;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.runtime.network.ForwardPass;
import io.millwright.runtime.network.NetworkPlan;
import io.millwright.runtime.network.Slice;
import io.millwright.runtime.network.WeightSpec;
import io.millwright.runtime.network.Weights;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The forward pass in float32 plain Java. Thread-safe; the same input gives the same bits in every
 * batch, on every thread and machine, because each row's sums are added in an order that does not
 * depend on its neighbours.
 *
 * <p>Working memory is kept in a small pool that ends with this object rather than in
 * thread-locals, which would outlive it in an application server's threads. After warm-up a call
 * allocates its result and nothing else.
 */
public final class JavaForward implements ForwardPass {

  /** A block's working memory should stay within the second cache. */
  private static final int BLOCK_FLOATS = 1 << 18;

  private static final int LEAST_BLOCK = 8;
  private static final int LARGEST_BLOCK = 128;

  private static final int LARGE_ROW = 1 << 22;

  private final int inputs;
  private final int outputs;
  private final List<Slice> given;
  private final List<Slice> wanted;
  private final Kernel[] kernels;
  private final List<Integer> sizes;
  private final int[] outlets;
  private final int widest;
  private final int block;
  private final AtomicReferenceArray<Scratch> pool;

  /**
   * Prepares a network; the weights are copied into the order that the arithmetic likes.
   *
   * @param plan the network
   * @param weights its weights
   * @throws MillwrightException with {@link ErrorCode#WRONG_SHAPE} when the weights are not those
   *     of the plan
   */
  public JavaForward(NetworkPlan plan, Weights weights) {
    check(plan, weights);
    KernelPlan built = new KernelPlan(plan, weights);
    given = plan.inputs();
    wanted = plan.slices();
    inputs = plan.input().size();
    outputs = plan.outputs();
    outlets = built.outlets();
    widest = built.widest();
    kernels = built.kernels().toArray(Kernel[]::new);
    sizes = built.sizes();
    long floats = sizes.stream().mapToLong(Integer::longValue).sum();
    // The pixels of one image are rows enough for every product.
    int least = plan.input().isImage() || floats > LARGE_ROW ? 1 : LEAST_BLOCK;
    block = (int) Math.max(least, Math.min(LARGEST_BLOCK, BLOCK_FLOATS / floats));
    int slots = Integer.highestOneBit(Runtime.getRuntime().availableProcessors()) * 2;
    pool = new AtomicReferenceArray<>(Math.min(64, Math.max(4, slots)));
  }

  private static void check(NetworkPlan plan, Weights weights) {
    List<WeightSpec> specs = plan.weights();
    if (weights.count() != specs.size()) {
      throw new MillwrightException(
          ErrorCode.WRONG_SHAPE,
          "the network has "
              + specs.size()
              + " arrays of weights, but "
              + weights.count()
              + " were given\nMaybe they belong to another network");
    }
    for (int i = 0; i < specs.size(); i++) {
      if (weights.size(i) != specs.get(i).size()) {
        throw new MillwrightException(
            ErrorCode.WRONG_SHAPE,
            "weights "
                + specs.get(i).name()
                + " have "
                + weights.size(i)
                + " values, but their shape is "
                + specs.get(i).shape()
                + "\nMaybe they belong to another network");
      }
    }
  }

  @Override
  public float[] run(float[] values, int count) {
    float[] result = new float[Math.multiplyExact(Math.max(0, count), outputs)];
    run(values, count, result);
    return result;
  }

  /**
   * The same into an array of the caller; makes no garbage once warm, but for layers over images.
   *
   * @param values {@code [count, input size]}
   * @param count the number of inputs, at least 1
   * @param result takes {@code [count, outputs]}
   */
  public void run(float[] values, int count, float[] result) {
    if (count < 1 || values.length < (long) count * inputs) {
      throw new MillwrightException(
          ErrorCode.WRONG_SHAPE,
          values.length
              + " values were given for "
              + count
              + " inputs of "
              + inputs
              + " each\nMaybe the preparation belongs to another network");
    }
    int slot = (int) Thread.currentThread().getId() & (pool.length() - 1);
    Scratch scratch = pool.getAndSet(slot, null);
    if (scratch == null) {
      scratch = new Scratch(sizes, widest);
    }
    for (int from = 0; from < count; from += block) {
      int rows = Math.min(block, count - from);
      scratch.reserve(rows);
      for (int i = 0; i < given.size(); i++) {
        int size = given.get(i).shape().size();
        int at = from * inputs + given.get(i).offset();
        rows(values, at, inputs, scratch.get(i), 0, size, size, rows);
      }
      for (Kernel kernel : kernels) {
        kernel.run(scratch, rows);
      }
      for (int i = 0; i < outlets.length; i++) {
        Slice slice = wanted.get(i);
        float[] y = scratch.get(outlets[i]);
        int size = slice.shape().size();
        rows(y, 0, size, result, from * outputs + slice.offset(), outputs, size, rows);
      }
    }
    pool.set(slot, scratch);
  }

  /** Copies rows of a size that lie some values apart. */
  private static void rows(
      float[] from, int at, int apart, float[] to, int start, int toApart, int size, int rows) {
    if (apart == size && toApart == size) {
      System.arraycopy(from, at, to, start, rows * size);
      return;
    }
    for (int r = 0; r < rows; r++) {
      System.arraycopy(from, at + r * apart, to, start + r * toApart, size);
    }
  }

  /** Nothing to release: there is no native memory. */
  @Override
  public void close() {}
}
