package io.millwright.production;

import io.millwright.api.Optimizer;
import io.millwright.api.Task;

/**
 * Production: flow and bottlenecks of lines, their load, and how to divide the work. Obtained from
 * {@link io.millwright.api.Millwright#plugin}; thread-safe.
 *
 * <pre>{@code
 * Production production = millwright.plugin(Production.class);
 * EventLog log = production.flow().read(table, LogColumns.usual());
 * FlowReport flow = production.flow().analyse(log);
 * }</pre>
 */
public interface Production {

  /** The load of the next periods, from its history and what is known ahead. */
  Task<LoadSeries, LoadForecast> LOAD =
      new Task<>("production.load", 1, LoadSeries.class, LoadForecast.class);

  /**
   * Reads and analyses event logs.
   *
   * @return an analysis with all defaults
   */
  FlowAnalysis flow();

  /**
   * Finds, predicts and prices bottlenecks.
   *
   * @return an analysis with all defaults
   */
  Bottlenecks bottlenecks();

  /**
   * Balances assembly lines. A budget of iterations counts searches of a line; with one alone the
   * same problem gives the same line.
   *
   * @return an optimizer of the number of stations or of the cycle time
   */
  Optimizer<BalanceProblem, LineBalance> balancing();

  /**
   * Makes master plans.
   *
   * @return the planner
   */
  MasterPlanner planning();

  /**
   * Learns to predict the load.
   *
   * @return a trainer with all defaults
   */
  LoadTrainer load();

  /**
   * Divides work between lines.
   *
   * @return the allocator
   */
  Allocator allocation();

  /**
   * Key performance indicators of ISO 22400-2.
   *
   * @return the indicators
   */
  Indicators indicators();
}
