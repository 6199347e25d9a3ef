package io.millwright.quality;

/**
 * What Duncan's model (1956; Montgomery 2013, section 10.6) of an x-bar chart takes. Times are in
 * hours, or in any one unit; costs in any one currency.
 *
 * @param sample a1, the fixed cost of a sample
 * @param reading a2, the cost of each reading in it
 * @param search a3, the cost of finding a cause that is there
 * @param falseAlarm a3', the cost of searching after a false signal
 * @param outOfControl a4, what an hour out of control costs
 * @param failures lambda, how often in an hour a cause appears, above 0
 * @param shift delta, by how many standard deviations the cause shifts the mean, above 0
 * @param readingTime g, the hours from taking a sample to charting it, for each reading
 * @param searchTime D, the hours to find the cause after a signal
 */
public record ChartCosts(
    double sample,
    double reading,
    double search,
    double falseAlarm,
    double outOfControl,
    double failures,
    double shift,
    double readingTime,
    double searchTime) {

  /** Checks. */
  public ChartCosts {
    double[] all = {sample, reading, search, falseAlarm, readingTime, searchTime};
    for (double v : all) {
      if (!(v >= 0) || Double.isInfinite(v)) {
        throw new IllegalArgumentException("costs and times must be 0 or more, but one is " + v);
      }
    }
    double[] above = {outOfControl, failures, shift, sample + reading};
    for (double v : above) {
      if (!(v > 0) || Double.isInfinite(v)) {
        throw new IllegalArgumentException(
            "the cost out of control, failures, the shift and the cost of a sample must be above"
                + " 0, but one is "
                + v);
      }
    }
  }
}
