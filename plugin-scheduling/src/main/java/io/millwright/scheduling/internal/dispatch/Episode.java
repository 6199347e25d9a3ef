package io.millwright.scheduling.internal.dispatch;

/** A shop with its luck: the same choices always cost the same. Not thread-safe. */
interface Episode {

  /**
   * Runs once.
   *
   * @return what the run cost; less is better
   */
  double run(Chooser chooser);
}
