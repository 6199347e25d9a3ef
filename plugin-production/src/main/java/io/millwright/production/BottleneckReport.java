package io.millwright.production;

import java.time.Instant;
import java.util.List;

/**
 * What holds a plant up, from its log: the active periods of its resources (working, set up or
 * under repair; Roser, Nakano and Tanaka 2001 and 2002) and their waits.
 *
 * @param named the resource that held the plant up most: the one with the largest share of active
 *     time among those that the shifting bottleneck names
 * @param resources all resources, most active first
 * @param phases the momentary bottleneck over time, in order
 * @param next the probability of each resource to be the bottleneck of the next shift, largest
 *     first
 * @param shifts how many shifts the log holds
 * @param brier the Brier score of such probabilities over the later half of the shifts, each
 *     predicted from those before it; NaN when there are fewer than 6
 * @param brierPersistence the same when each shift is predicted to be as the one before
 */
public record BottleneckReport(
    String named,
    List<Load> resources,
    List<Phase> phases,
    List<Chance> next,
    int shifts,
    double brier,
    double brierPersistence) {

  /**
   * One resource.
   *
   * @param resource its name
   * @param active the share of the period in which it is active
   * @param averagePeriod the mean length of an uninterrupted active period in hours (average active
   *     period method)
   * @param sole the share of the period in which it alone is the bottleneck
   * @param momentary the share of the period in which it is the bottleneck, alone or while the
   *     bottleneck shifts from it or to it
   * @param blocked the share of the period in which it waits though its next order is there:
   *     blocked, held or without people
   * @param starved the share of the period in which it waits for its next order
   */
  public record Load(
      String resource,
      double active,
      double averagePeriod,
      double sole,
      double momentary,
      double blocked,
      double starved) {}

  /**
   * A time in which one resource had the longest active period.
   *
   * @param resource its name
   * @param from beginning
   * @param to end
   */
  public record Phase(String resource, Instant from, Instant to) {}

  /**
   * A probability.
   *
   * @param resource a resource
   * @param probability from 0 to 1
   */
  public record Chance(String resource, double probability) {}

  /** Copies. */
  public BottleneckReport {
    resources = List.copyOf(resources);
    phases = List.copyOf(phases);
    next = List.copyOf(next);
  }
}
