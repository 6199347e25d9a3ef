package io.millwright.production;

/**
 * What a resource did in the period, without counting anything twice (time model of a work unit,
 * ISO 22400): every moment is in one state; where rows overlap, a breakdown stands before a run and
 * a run before a set-up.
 *
 * @param resource the resource
 * @param events how many rows
 * @param run hours in which it made pieces
 * @param setup hours of set-up
 * @param down hours of recorded breakdown
 * @param unrecorded hours of the period without a record: idle, off shift or not booked
 * @param overlap hours that further rows booked on top of those counted
 * @param good good pieces of its runs; NaN when not recorded
 * @param rejected rejected pieces; NaN when not recorded
 */
public record ResourceTime(
    String resource,
    int events,
    double run,
    double setup,
    double down,
    double unrecorded,
    double overlap,
    double good,
    double rejected) {

  /**
   * Recorded hours: the union of all rows.
   *
   * @return run, set-up and breakdown together
   */
  public double busy() {
    return run + setup + down;
  }

  /**
   * The share of the period that is recorded.
   *
   * @return from 0 to 1
   */
  public double share() {
    return busy() / (busy() + unrecorded);
  }
}
