package io.millwright.supplychain.internal.routing;

import java.util.SplittableRandom;

/** Passes over one place in 128 at random, so that a search does not always see the best. */
final class Blinks {

  private final SplittableRandom random;

  Blinks(SplittableRandom random) {
    this.random = random;
  }

  boolean blink() {
    return random.nextLong() >>> 57 == 0;
  }
}
