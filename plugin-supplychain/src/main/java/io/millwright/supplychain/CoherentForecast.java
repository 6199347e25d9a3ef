package io.millwright.supplychain;

import io.millwright.api.data.Series;
import java.util.List;
import java.util.Objects;

/**
 * Forecasts of all nodes of a hierarchy that add up: point forecasts and every sample, to rounding
 * (coherent probabilistic forecasts; quantiles do not add up, since they need not).
 *
 * @param nodes the sums, then the series
 * @param method how they were reconciled, in words
 * @param levels what that did to the errors at origins held out, the highest level first
 * @param notes what to know, such as series that were too short to forecast by themselves
 */
public record CoherentForecast(
    List<Node> nodes, String method, List<Level> levels, List<String> notes) {

  /** Copies. */
  public CoherentForecast {
    nodes = List.copyOf(nodes);
    levels = List.copyOf(levels);
    notes = List.copyOf(notes);
    Objects.requireNonNull(method, "method");
  }

  /**
   * One node.
   *
   * @param name the name of the sum or the series
   * @param level its level
   * @param history its history, added up
   * @param forecast its reconciled forecast, bands from the samples
   * @param samples what may come, one list of periods for each sample; sample by sample the values
   *     of a sum are the sums of those of its series
   */
  public record Node(
      String name, String level, Series history, Forecast forecast, List<List<Double>> samples) {
    /** Copies. */
    public Node {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(level, "level");
      samples = List.copyOf(samples);
    }
  }

  /**
   * The errors of one level: mean absolute errors over those of the seasonal naive method.
   *
   * @param name the level
   * @param alone each node forecast by itself, which does not add up
   * @param bottomUp the sums of the forecasts of single series
   * @param reconciled as chosen
   */
  public record Level(String name, double alone, double bottomUp, double reconciled) {}

  /**
   * A node by its name.
   *
   * @param name the name
   * @return the node
   * @throws IllegalArgumentException when there is none
   */
  public Node node(String name) {
    return nodes.stream()
        .filter(n -> n.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no node " + name));
  }
}
