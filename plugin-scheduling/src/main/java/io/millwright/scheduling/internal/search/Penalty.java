package io.millwright.scheduling.internal.search;

import io.millwright.scheduling.internal.model.Timetable;

/**
 * What a plan costs a search that may break conditions on its way: the price of a violation rises
 * while the search stands at plans that break them, and falls while it does not (strategic
 * oscillation), so that it is never too high to pass nor too low to mind. Not thread-safe.
 */
final class Penalty {

  private static final int LOOK = 100;
  private static final double STEP = 1.5;

  private double price;
  private double least;
  private int looked;
  private int broken;

  /** How warm a search is at the start where it stands at a plan that breaks conditions. */
  private static final double WARM = 0.3;

  /** How much of that is left at its end. */
  private static final double COOL = 0.03;

  /** By how much a plan that breaks conditions may be worse than the one before. */
  double warmth(double violation, double progress) {
    return violation > 0 ? price * WARM * Math.pow(COOL, progress) : 0;
  }

  /** Sets the first price and the least. */
  void scale(double first, double low) {
    least = low;
    price = first;
  }

  double of(Timetable timetable) {
    return of(timetable.costIfFeasible(), timetable.violation());
  }

  double of(double cost, double violation) {
    return cost + price * violation;
  }

  /**
   * Looks at the plan where the search stands.
   *
   * @return whether the price is another now
   */
  boolean look(double violation) {
    broken += violation > 0 ? 1 : 0;
    if (++looked < LOOK) {
      return false;
    }
    double old = price;
    price = 2 * broken > LOOK ? price * STEP : Math.max(least, price / STEP);
    looked = 0;
    broken = 0;
    return price != old;
  }
}
