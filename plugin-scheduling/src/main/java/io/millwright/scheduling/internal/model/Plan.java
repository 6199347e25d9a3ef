package io.millwright.scheduling.internal.model;

/**
 * A complete answer of a search in the form all searches share: an order of all operations that
 * respects precedence, of which each machine's part is its sequence, and the chosen alternative of
 * each operation. Never written to after it was handed out.
 *
 * @param cost what the search minimises
 * @param order the operations
 * @param alternative by operation, an index into the floor's alternatives; its complement, which is
 *     negative, where the job is left out
 * @param foundBy the method's name
 * @param notBefore by operation, a tick before which it does not begin, though it could; empty when
 *     every operation begins as soon as it can
 */
public record Plan(double cost, int[] order, int[] alternative, String foundBy, long[] notBefore) {

  private static final long[] AT_ONCE = {};

  public Plan(double cost, int[] order, int[] alternative, String foundBy) {
    this(cost, order, alternative, foundBy, AT_ONCE);
  }

  /** The same without waits; the cost is then unknown. */
  public Plan atOnce() {
    return new Plan(Double.POSITIVE_INFINITY, order, alternative, foundBy);
  }
}
