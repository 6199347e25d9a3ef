package io.millwright.supplychain;

import io.millwright.api.Job;
import io.millwright.api.data.Series;
import java.util.List;

/**
 * Watches a supply chain and weighs what can go wrong in it (supply chain risk management): courses
 * that change, suppliers by their records, products by their suppliers, failures by simulation.
 * Obtained from {@link SupplyChain#risk}. Thread-safe; the same data and keys give the same
 * answers.
 */
public interface SupplyRisk {

  /**
   * Anomalies of courses, such as orders, stocks, lead times and prices: single values far from all
   * around them, changes of level, and values that stopped changing or coming. Seasons are taken
   * out first, counts and positive values are judged on a scale that makes their noise even.
   *
   * @param courses the courses; those of fewer than 8 known values say nothing
   * @return the anomalies, course by course in the order of time
   */
  List<SupplyAnomaly> anomalies(List<Series> courses);

  /**
   * Scores suppliers by what they delivered.
   *
   * @param deliveries the records, in any order
   * @return one score for each supplier, the best first; those of few records have wide intervals
   * @throws io.millwright.api.MillwrightException when there is none
   */
  List<SupplierScore> scores(List<Delivery> deliveries);

  /**
   * What hangs on each supplier, over the bill of materials.
   *
   * @param network the network
   * @return one for each supplier, the one with most at risk first
   */
  List<SupplierExposure> exposure(SupplyNetwork network);

  /**
   * Plays failures of suppliers (Monte Carlo of a fluid network): stocks run down while a supplier
   * is away, other sources deliver as much as they can, what is short is shared out evenly, and
   * stocks are filled up again afterwards. Cancelled, it answers from what was played so far.
   *
   * @param network the network
   * @param study how long and how often
   * @return the job
   */
  Job<RiskRun> simulate(SupplyNetwork network, RiskStudy study);

  /**
   * What a change is worth, such as a second source or more stock: both networks are played with
   * the same failures (common random numbers).
   *
   * @param network the network
   * @param changed what if
   * @param study how long and how often
   * @return the job: the loss less that of the changed network, so that a gain is positive
   */
  Job<Estimate> worth(SupplyNetwork network, SupplyNetwork changed, RiskStudy study);
}
