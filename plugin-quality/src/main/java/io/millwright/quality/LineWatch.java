package io.millwright.quality;

/**
 * Inspection on a running line with a deadline for each frame. One thread inspects; at most a fixed
 * number of frames wait for it, so that a line that is faster than the model costs answers and not
 * memory. What has no answer in time is reported as late at once, so that the part can be led
 * aside. Made by {@link Quality#line}. Thread-safe.
 */
public interface LineWatch extends AutoCloseable {

  /**
   * Hands a frame over; never waits.
   *
   * @param frame the frame
   * @return whether it waits for its turn; when not, it was reported as late on this thread
   */
  boolean offer(Frame frame);

  /**
   * How the line went so far.
   *
   * @return the counts, all of the same moment
   */
  LineCounts counts();

  /**
   * Waits until no frame waits any more.
   *
   * @throws InterruptedException when the thread is interrupted
   */
  void drain() throws InterruptedException;

  /** Ends; frames that still wait are reported as late. */
  @Override
  void close();
}
