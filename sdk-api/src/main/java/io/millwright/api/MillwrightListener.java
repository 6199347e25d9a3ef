package io.millwright.api;

/**
 * Listens to what happens in a {@link Millwright} (observer): by {@link
 * Millwright.Builder#listener}, or as a part of a plug-in, {@link
 * io.millwright.api.spi.Parts#listeners}. Implemented by hosts and plug-ins.
 *
 * <p>Called on the thread where the event happens, by several threads at once, so it must be
 * thread-safe and quick; a queue is the place for more. What it throws is logged and changes
 * nothing. Without any listener no event is even made.
 */
@FunctionalInterface
public interface MillwrightListener {

  /**
   * Something happened.
   *
   * @param event what
   */
  void on(MillwrightEvent event);

  /**
   * Every how many calls of a model one {@link MillwrightEvent.Predicted} is told: 1 for all, 100
   * for every hundredth, 0 for none. Counted over all models of the host. Asked once, when the
   * listener is added.
   *
   * @return not negative; 1 by default
   */
  default int everyPrediction() {
    return 1;
  }
}
