package io.millwright.supplychain;

import java.util.List;

/**
 * What sharing saves in a chain (value of information sharing).
 *
 * @param links the links, the one next to the customers first
 * @param saved the share of all links' safety stock that sharing saves
 */
public record SharingValue(List<Link> links, double saved) {

  /** Copies. */
  public SharingValue {
    links = List.copyOf(links);
  }

  /**
   * One link.
   *
   * @param alone how much more its orders vary than customers' demand when it sees orders only
   *     (ratio of variances)
   * @param shared the same when it sees the customers' demand
   * @param stockAlone the safety stock that its lead time asks for when it sees orders only
   * @param stockShared the same when it sees the customers' demand
   */
  public record Link(double alone, double shared, double stockAlone, double stockShared) {}
}
