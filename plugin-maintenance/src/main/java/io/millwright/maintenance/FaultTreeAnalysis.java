package io.millwright.maintenance;

import java.util.List;

/**
 * A fault tree quantified.
 *
 * @param probability the exact probability of the top, by a binary decision diagram
 * @param cutSetCount how many minimal cut sets there are
 * @param cutSets minimal cut sets, the most probable first; all of them up to {@link #MOST_SETS},
 *     else the most probable of those
 * @param events importance of each event, the largest part in the top's probability first
 * @param bound the upper bound of the top's probability by the listed cut sets (Esary and Proschan
 *     1963): what hand calculations give
 */
public record FaultTreeAnalysis(
    double probability,
    double cutSetCount,
    List<CutSet> cutSets,
    List<Importance> events,
    double bound) {

  /** So many cut sets are listed at most. */
  public static final int MOST_SETS = 10_000;

  /** Copies. */
  public FaultTreeAnalysis {
    cutSets = List.copyOf(cutSets);
    events = List.copyOf(events);
  }

  /**
   * A minimal cut set: events that together suffice, none of which can be spared.
   *
   * @param events their names
   * @param probability that all of them occur
   * @param chain how they lead to the top: for each event the gates above it, from the event up
   */
  public record CutSet(List<String> events, double probability, List<List<String>> chain) {

    /** Copies. */
    public CutSet {
      events = List.copyOf(events);
      chain = chain.stream().map(List::copyOf).toList();
    }
  }

  /**
   * The importance of an event.
   *
   * @param event its name
   * @param probability its own
   * @param birnbaum how much the top's probability changes with it (Birnbaum 1969)
   * @param criticality the part of the top's probability that would go with it, which is also the
   *     risk reduction as a share
   * @param fussellVesely the probability that a cut set with it has occurred, given the top
   *     (Fussell 1975); exact up to 2,000 cut sets, above by their upper bound
   * @param achievement how many times as probable the top is when it has occurred (risk achievement
   *     worth)
   * @param cause the probability that it has occurred, given the top
   */
  public record Importance(
      String event,
      double probability,
      double birnbaum,
      double criticality,
      double fussellVesely,
      double achievement,
      double cause) {}
}
