package io.millwright.api.foreign;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How a network of others is opened (loading options).
 *
 * @param digest the SHA-256 that the file must have, see {@link ForeignFile#digest}; empty to open
 *     it whatever it is
 * @param taps inner tensors that become outputs behind the file's own
 * @param threads how many threads compute one call, 1 to 64
 */
public record ForeignOptions(Optional<String> digest, List<String> taps, int threads) {

  private static final int MOST_THREADS = 64;

  /** Checks and copies. */
  public ForeignOptions {
    Objects.requireNonNull(digest, "digest");
    taps = List.copyOf(taps);
    if (threads < 1 || threads > MOST_THREADS) {
      throw new IllegalArgumentException(
          threads + " threads, but 1 to " + MOST_THREADS + " are possible");
    }
  }

  /**
   * Any file, its own outputs, one thread.
   *
   * @return the options
   */
  public static ForeignOptions standard() {
    return new ForeignOptions(Optional.empty(), List.of(), 1);
  }

  /**
   * Opens the file with this digest only.
   *
   * @param sha256 64 hexadecimal digits
   * @return the new options
   */
  public ForeignOptions verifying(String sha256) {
    return new ForeignOptions(Optional.of(sha256), taps, threads);
  }

  /**
   * Makes an inner tensor an output.
   *
   * @param tensor one of {@link ForeignFile#tensors}
   * @return the new options
   */
  public ForeignOptions tap(String tensor) {
    List<String> more = new ArrayList<>(taps);
    more.add(tensor);
    return new ForeignOptions(digest, more, threads);
  }

  /**
   * Computes with more threads. Sums may then be added in another order, so that the last bits of
   * an answer can differ from those of one thread.
   *
   * @param count 1 to 64
   * @return the new options
   */
  public ForeignOptions threads(int count) {
    return new ForeignOptions(digest, taps, count);
  }
}
