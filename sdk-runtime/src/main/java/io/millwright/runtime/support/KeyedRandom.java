package io.millwright.runtime.support;

/**
 * Random numbers that depend on a key and a place alone (seed, purpose, epoch, step, layer), never
 * on what was drawn before or on another thread: a counter mixed by the finaliser of SplitMix64
 * (Steele, Lea and Flood 2014). The same everywhere, on every engine.
 */
public final class KeyedRandom {

  /** What numbers are drawn for, so that two purposes never share a stream. */
  public enum Purpose {
    /** How weights start. */
    START(1),
    /** The order of samples. */
    SHUFFLE(2),
    /** Masks of dropout. */
    DROPOUT(3),
    /** Augmentation of samples. */
    AUGMENT(4),
    /** Which groups go where. */
    SPLIT(5),
    /** Anything a plug-in or a method draws for itself. */
    OTHER(6);

    /** Part of every key: never changed, or trainings would no longer repeat. */
    private final long stream;

    Purpose(long stream) {
      this.stream = stream;
    }
  }

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private long state;

  private KeyedRandom(long state) {
    this.state = state;
  }

  /** The stream of a key, a purpose and a place. */
  public static KeyedRandom of(long key, Purpose purpose, long... place) {
    long state = mix(key + GOLDEN * (purpose.stream));
    for (long p : place) {
      state = mix(state ^ mix(p + GOLDEN));
    }
    return new KeyedRandom(state);
  }

  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** 64 random bits. */
  public long nextLong() {
    state += GOLDEN;
    return mix(state);
  }

  /** Uniform over [0, 1). */
  public double nextDouble() {
    return (nextLong() >>> 11) * 0x1.0p-53;
  }

  /**
   * Uniform over 0 to bound - 1, by multiplication of the high bits (bias below 2^-31 for the
   * bounds that occur).
   */
  public int nextInt(int bound) {
    return (int) (((nextLong() >>> 32) * bound) >>> 32);
  }

  /** Standard normal (Box and Muller 1958). */
  public double nextGaussian() {
    double u = 1 - nextDouble();
    double v = nextDouble();
    return Math.sqrt(-2 * StrictMath.log(u)) * StrictMath.cos(2 * Math.PI * v);
  }

  /** 0 to n - 1 in random order (Fisher and Yates). */
  public int[] permutation(int n) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      order[i] = i;
    }
    return shuffled(order);
  }

  /** The same numbers in the order in which {@link #permutation} would take them. */
  public int[] shuffled(int[] numbers) {
    int[] order = numbers.clone();
    for (int i = order.length - 1; i > 0; i--) {
      int j = nextInt(i + 1);
      int t = order[i];
      order[i] = order[j];
      order[j] = t;
    }
    return order;
  }

  /**
   * A mask of dropout: 0 with probability {@code rate}, otherwise 1 / (1 - rate). Four elements
   * share one draw of 64 bits, so the probability is exact to 2^-16.
   */
  public float[] dropout(int size, double rate) {
    float keep = (float) (1 / (1 - rate));
    int threshold = (int) Math.round(rate * 65536);
    float[] mask = new float[size];
    for (int i = 0; i < size; ) {
      long bits = nextLong();
      for (int k = 0; k < 4 && i < size; k++, i++) {
        mask[i] = (bits & 0xFFFF) < threshold ? 0 : keep;
        bits >>>= 16;
      }
    }
    return mask;
  }
}
