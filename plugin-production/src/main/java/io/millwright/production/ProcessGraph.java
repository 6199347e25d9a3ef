package io.millwright.production;

import java.util.List;

/**
 * The directly-follows graph (process mining: van der Aalst, Process Mining, 2016): which activity
 * followed which in an order, how often and after what wait.
 *
 * @param nodes activities, most frequent first
 * @param edges arrows, most frequent first
 */
public record ProcessGraph(List<Node> nodes, List<Edge> edges) {

  /**
   * An activity. Rows of one activity in sequence are one visit.
   *
   * @param activity its name
   * @param visits how often orders came
   * @param hours mean hours of work for a visit
   * @param position mean place in the order's sequence, from 0 (first) to 1 (last)
   */
  public record Node(String activity, int visits, double hours, double position) {}

  /**
   * An arrow.
   *
   * @param from the activity before
   * @param to the activity after
   * @param count how often
   * @param meanWait mean hours from the end before to the start after; 0 where they overlap
   * @param medianWait its median
   */
  public record Edge(String from, String to, int count, double meanWait, double medianWait) {}

  /** Copies. */
  public ProcessGraph {
    nodes = List.copyOf(nodes);
    edges = List.copyOf(edges);
  }
}
