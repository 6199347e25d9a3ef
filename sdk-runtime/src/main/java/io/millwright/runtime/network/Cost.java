package io.millwright.runtime.network;

/**
 * What a network costs for one input, estimated before anything is computed or allocated. Numbers
 * beyond {@link #MOST} stay there.
 *
 * @param work about how many multiplications
 * @param values about how many float values are alive, each layer's counted
 */
public record Cost(long work, long values) {

  /** Far beyond what any computer does. */
  public static final long MOST = 1L << 60;

  static final Cost NONE = new Cost(0, 0);

  /** Both together. */
  public Cost plus(Cost other) {
    return new Cost(sum(work, other.work), sum(values, other.values));
  }

  static long sum(long a, long b) {
    return Math.min(MOST, a + b);
  }

  static long product(long... factors) {
    double exact = 1;
    long product = 1;
    for (long f : factors) {
      exact *= f;
      product *= f;
    }
    return exact < MOST ? product : MOST;
  }

  static long size(Shape shape) {
    return product(Math.max(1, shape.height()), Math.max(1, shape.steps()), shape.features());
  }
}
