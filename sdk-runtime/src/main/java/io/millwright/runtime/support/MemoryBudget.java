package io.millwright.runtime.support;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;

/** Counts the memory that values of a file take, before it is given to them. Not thread-safe. */
final class MemoryBudget {

  private final Place place;
  private final long budget;
  private long spent;

  /** A budget of about so many bytes. */
  MemoryBudget(Place place, long budget) {
    this.place = place;
    this.budget = budget;
  }

  /**
   * Counts.
   *
   * @throws MillwrightException with {@link ErrorCode#UNSUPPORTED} when the budget is used up
   */
  void spend(int bytes) {
    spent += bytes;
    if (spent > budget) {
      throw new MillwrightException(
          ErrorCode.UNSUPPORTED,
          place.where()
              + ": its values take more than "
              + budget
              + " bytes of memory, a quarter of the heap"
              + "\nMaybe start Java with a larger heap (-Xmx), if you trust the file.");
    }
  }
}
