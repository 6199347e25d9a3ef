package io.millwright.scheduling.internal.model;

/**
 * One searcher with its own state and its own random numbers. Islands work side by side and
 * exchange plans only between rounds, at iteration counts fixed beforehand, so that the number of
 * threads never changes a result. One thread at a time.
 */
public interface Island {

  /**
   * Goes on searching.
   *
   * @param iterations stops after so many
   * @param stop stops soon after it says so
   * @return the iterations done; fewer than asked for only when stopped or at the target
   */
  long advance(long iterations, Stop stop);

  /** The best plan of this island so far. */
  Plan best();

  /** Takes in the best plan of another island. */
  void receive(Plan plan);
}
