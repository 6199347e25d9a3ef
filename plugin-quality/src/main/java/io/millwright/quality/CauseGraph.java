package io.millwright.quality;

import java.util.List;
import java.util.Objects;

/**
 * A causal graph, partially directed. Immutable.
 *
 * @param columns the variables
 * @param links what drives what
 */
public record CauseGraph(List<String> columns, List<Link> links) {

  /** Checks that links join known columns, and copies. */
  public CauseGraph {
    columns = List.copyOf(columns);
    links = List.copyOf(links);
    for (Link link : links) {
      if (!columns.contains(link.from()) || !columns.contains(link.to())) {
        throw new io.millwright.api.MillwrightException(
            io.millwright.api.ErrorCode.BAD_VALUE,
            "link "
                + link.from()
                + " to "
                + link.to()
                + " joins a column that the graph does not have\nMaybe add the column");
      }
    }
  }

  /**
   * A link.
   *
   * @param from the cause
   * @param to the effect
   * @param directed whether the data or the order of steps tell which is the cause; otherwise from
   *     is the earlier of the two columns
   * @param strength the share of resamples that have the link, whichever way; 1 where it was given
   */
  public record Link(String from, String to, boolean directed, double strength) {
    /** Checks. */
    public Link {
      Objects.requireNonNull(from, "from");
      Objects.requireNonNull(to, "to");
      if (from.equals(to) || !(strength >= 0 && strength <= 1)) {
        throw new io.millwright.api.MillwrightException(
            io.millwright.api.ErrorCode.BAD_VALUE,
            "link " + from + " to " + to + " of strength " + strength);
      }
    }

    /**
     * A link that is known.
     *
     * @param from the cause
     * @param to the effect
     * @return the link
     */
    public static Link known(String from, String to) {
      return new Link(from, to, true, 1);
    }
  }
}
