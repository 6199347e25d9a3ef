package io.millwright.samples.plant;

/**
 * Random numbers that are the same in every version of Java: SplitMix64 (Steele, Lea and Flood
 * 2014), with the normal distribution by Box and Muller (1958) on {@link StrictMath}. One instance
 * for each stream, so that one unit's numbers never depend on how many another one drew. Not
 * thread-safe.
 */
final class Dice {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private long state;

  /** The stream that belongs to a key and a number within it. */
  Dice(long key, long stream) {
    state = mix(mix(key) + stream * GOLDEN_GAMMA);
  }

  private static long mix(long z) {
    long y = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    y = (y ^ (y >>> 27)) * 0x94D049BB133111EBL;
    return y ^ (y >>> 31);
  }

  /** Uniform in (0, 1), both ends excluded. */
  double uniform() {
    state += GOLDEN_GAMMA;
    return ((mix(state) >>> 11) + 0.5) * 0x1.0p-53;
  }

  double uniform(double low, double high) {
    return low + (high - low) * uniform();
  }

  int below(int bound) {
    return (int) (uniform() * bound);
  }

  double normal() {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(uniform()));
    return radius * StrictMath.cos(2 * StrictMath.PI * uniform());
  }

  /** Log-normal with a median and the standard deviation of its logarithm. */
  double around(double median, double spread) {
    return median * StrictMath.exp(spread * normal());
  }
}
