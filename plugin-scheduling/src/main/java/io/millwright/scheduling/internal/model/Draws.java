package io.millwright.scheduling.internal.model;

/**
 * Random numbers from a key, the same on every machine and Java version; the generators of the JDK
 * promise that only for some methods. The mixing is SplitMix64 (Steele, Lea and Flood, OOPSLA
 * 2014). Not thread-safe.
 */
public final class Draws {

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private long state;

  public Draws(long key) {
    state = key;
  }

  /** An independent stream for a numbered part of the work. */
  public static Draws of(long key, long part) {
    return new Draws(mix(key + GOLDEN * (part + 1)));
  }

  private static long mix(long value) {
    long z = value;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  public long nextLong() {
    state += GOLDEN;
    return mix(state);
  }

  /** A number from 0 to bound - 1; the bias of one in 2^32 does not matter to a search. */
  public int below(int bound) {
    return (int) (((nextLong() >>> 32) * bound) >>> 32);
  }

  /** A number from 0 up to 1, 1 left out. */
  public double unit() {
    return (nextLong() >>> 11) * 0x1.0p-53;
  }
}
