package io.millwright.scheduling;

/** Lets somebody look up every few pieces of a long check, and end it by throwing. For one use. */
final class Looks {

  private static final int EVERY = 256;

  private final Runnable look;
  private int pieces;

  Looks(Runnable look) {
    this.look = look;
  }

  /** Says that one more piece is done. */
  void next() {
    if (++pieces % EVERY == 0) {
      look.run();
    }
  }
}
