package io.millwright.scheduling.internal.search;

/** The times of operations as they were before the last move of a {@link ShopNet}. */
public final class NetChanges {

  private final ShopNet net;
  private int count;
  private final int[] operation;
  private final long[] start;
  private final long[] end;
  private final long[] setup;
  private final int[] carry;
  private final byte[] binding;

  NetChanges(ShopNet net) {
    this.net = net;
    operation = new int[net.n];
    start = new long[net.n];
    end = new long[net.n];
    setup = new long[net.n];
    carry = new int[net.n];
    binding = new byte[net.n];
  }

  void clear() {
    count = 0;
  }

  /** Keeps the times of an operation; once a move. */
  void note(int x) {
    operation[count] = x;
    start[count] = net.start[x];
    end[count] = net.end[x];
    setup[count] = net.setup[x];
    binding[count] = net.binding[x];
    carry[count++] = net.carry[x];
  }

  /** Gives all noted operations their times back. */
  void undo() {
    for (int i = 0; i < count; i++) {
      int x = operation[i];
      net.start[x] = start[i];
      net.end[x] = end[i];
      net.setup[x] = setup[i];
      net.carry[x] = carry[i];
      net.binding[x] = binding[i];
    }
  }
}
