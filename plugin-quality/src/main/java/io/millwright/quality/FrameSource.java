package io.millwright.quality;

import java.time.Duration;
import java.util.Optional;

/**
 * Where pictures of parts come from, one after the other (image acquisition): a camera, a folder
 * that one writes to. An integrator implements it for a camera; {@link Quality#frames} has one for
 * a folder. Used by one thread at a time.
 */
public interface FrameSource extends AutoCloseable {

  /**
   * The next frame.
   *
   * @param wait how long to wait for it at most
   * @return the frame, or empty when none came
   * @throws InterruptedException when the thread is interrupted
   * @throws io.millwright.api.MillwrightException when no more can come
   */
  Optional<Frame> next(Duration wait) throws InterruptedException;

  @Override
  void close();
}
