package io.millwright.production;

import io.millwright.api.Optimizer;

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
   * Key performance indicators of ISO 22400-2.
   *
   * @return the indicators
   */
  Indicators indicators();
}
