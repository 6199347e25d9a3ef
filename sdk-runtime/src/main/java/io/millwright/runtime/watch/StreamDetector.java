package io.millwright.runtime.watch;

/**
 * Finds changes of the mean in a stream of numbers, such as errors. Implementations keep a bounded
 * memory, are not thread-safe, and give the same for the same stream.
 */
public interface StreamDetector {

  /**
   * Takes the next number.
   *
   * @param value the number; NaN and infinite ones are passed over
   * @return whether the mean has changed; the detector then begins anew with what came since
   * @throws io.millwright.api.MillwrightException with {@link
   *     io.millwright.api.ErrorCode#BAD_VALUE} for a number outside of a detector's range
   */
  boolean add(double value);

  /**
   * The mean as far as it has not changed.
   *
   * @return the mean; NaN before the first number
   */
  double mean();

  /**
   * The test of Page and Hinkley for a rising mean (Page 1954): an alarm when the sum of what
   * exceeds the running mean by more than {@code slack} has risen by {@code limit} above its least.
   *
   * @param slack the rise that does not matter, in the unit of the stream
   * @param limit how much may add up, in the same unit
   * @return a new detector
   */
  static StreamDetector pageHinkley(double slack, double limit) {
    return new PageHinkley(slack, limit);
  }

  /**
   * Adaptive windowing, ADWIN2 (Bifet and Gavaldà 2007): drops the older part of a window when the
   * means of two parts differ by more than chance, at any time with probability at most {@code
   * delta}. For numbers between 0 and 1; others are refused and must be scaled by the caller.
   *
   * @param delta the probability of a false alarm at one time, between 0 and 1, such as 0.002
   * @return a new detector
   */
  static StreamDetector adwin(double delta) {
    return new Adwin(delta);
  }
}
