package io.millwright.production;

import java.time.Instant;
import java.util.List;

/**
 * What a log says about a period (key performance indicators, ISO 22400).
 *
 * @param from its beginning
 * @param to its end
 * @param rows rows of the log, those left out included
 * @param used rows that count
 * @param faults what is wrong with the log, most frequent first
 * @param resources resources, most recorded hours first
 * @param flow how orders passed
 * @param variants sequences of activities, most frequent first
 * @param loops activities that orders came back to, most frequent first
 * @param graph the directly-follows graph
 */
public record FlowReport(
    Instant from,
    Instant to,
    int rows,
    int used,
    List<LogFault> faults,
    List<ResourceTime> resources,
    CaseFlow flow,
    List<Variant> variants,
    List<Loop> loops,
    ProcessGraph graph) {

  /**
   * A sequence of activities that orders took (variant).
   *
   * @param activities the activities in order
   * @param cases how many orders
   * @param leadTime their mean lead time in hours
   */
  public record Variant(List<String> activities, int cases, double leadTime) {
    /** Copies. */
    public Variant {
      activities = List.copyOf(activities);
    }
  }

  /**
   * An activity that orders came back to after another one (rework loop).
   *
   * @param activity the activity
   * @param times how often an order came back
   * @param hours hours of work of these returns
   */
  public record Loop(String activity, int times, double hours) {}

  /** Copies. */
  public FlowReport {
    faults = List.copyOf(faults);
    resources = List.copyOf(resources);
    variants = List.copyOf(variants);
    loops = List.copyOf(loops);
  }

  /**
   * The length of the period.
   *
   * @return hours
   */
  public double hours() {
    return (to.toEpochMilli() - from.toEpochMilli()) / 3_600_000.0;
  }
}
