package io.millwright.runtime.watch;

/** The test of Page and Hinkley. */
final class PageHinkley implements StreamDetector {

  private final double slack;
  private final double limit;
  private long count;
  private double mean;
  private double sum;
  private double least;

  PageHinkley(double slack, double limit) {
    if (!(slack >= 0) || !(limit > 0)) {
      throw new IllegalArgumentException("slack " + slack + ", limit " + limit);
    }
    this.slack = slack;
    this.limit = limit;
  }

  @Override
  public boolean add(double value) {
    if (!Double.isFinite(value)) {
      return false;
    }
    count++;
    mean += (value - mean) / count;
    sum += value - mean - slack;
    least = Math.min(least, sum);
    if (sum - least > limit) {
      count = 0;
      mean = 0;
      sum = 0;
      least = 0;
      return true;
    }
    return false;
  }

  @Override
  public double mean() {
    return count == 0 ? Double.NaN : mean;
  }
}
