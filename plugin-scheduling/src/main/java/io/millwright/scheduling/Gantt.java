package io.millwright.scheduling;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A plan as a picture: for documents, for browsers, for terminals. Immutable and thread-safe; the
 * same plan gives the same text.
 *
 * @param shop the shop
 * @param plan its plan
 * @param chain the explained chain to draw, from {@link Lateness#chain}; may be empty
 * @param history the search's story to draw; may be empty
 * @param robust what the plan comes to when times are uncertain, to stand in the report; may be
 *     empty
 */
public record Gantt(
    Shop shop,
    Schedule plan,
    List<Link> chain,
    List<HistoryPoint> history,
    Optional<RobustPlan> robust) {

  /** What the rows of a chart stand for. */
  public enum Rows {
    /** One row a machine. */
    MACHINES,
    /** One row a job. */
    JOBS
  }

  /** Checks for nulls and copies. */
  public Gantt {
    Objects.requireNonNull(shop, "shop");
    Objects.requireNonNull(plan, "plan");
    chain = List.copyOf(chain);
    history = List.copyOf(history);
    Objects.requireNonNull(robust, "robust");
  }

  /**
   * The chart of a plan.
   *
   * @param shop the shop
   * @param plan its plan
   * @return the chart
   */
  public static Gantt of(Shop shop, Schedule plan) {
    return new Gantt(shop, plan, List.of(), List.of(), Optional.empty());
  }

  /**
   * The same chart with an explained chain drawn into it.
   *
   * @param links the chain
   * @return the new chart
   */
  public Gantt explaining(List<Link> links) {
    return new Gantt(shop, plan, links, history, robust);
  }

  /**
   * The same chart with the story of the search below it in the report.
   *
   * @param points in order of time
   * @return the new chart
   */
  public Gantt withHistory(List<HistoryPoint> points) {
    return new Gantt(shop, plan, chain, points, robust);
  }

  /**
   * The same chart with the chances of each order below it in the report.
   *
   * @param of what the plan comes to
   * @return the new chart
   */
  public Gantt withChances(RobustPlan of) {
    return new Gantt(shop, plan, chain, history, Optional.of(of));
  }

  /**
   * An SVG document.
   *
   * @param rows what the rows stand for
   * @param width the width in pixels, at least 300
   * @return the document
   */
  public String svg(Rows rows, int width) {
    if (width < 300) {
      throw new IllegalArgumentException("width is " + width + ", but must be at least 300");
    }
    return new GanttSvg(this, rows).document(width);
  }

  /**
   * A report in one HTML page without outside parts: both charts with zoom, the late jobs, the
   * measures, the chain, and objective and bound over time.
   *
   * @return the page
   */
  public String html() {
    return GanttPage.of(this);
  }

  /**
   * A chart for a terminal: a row a machine, a letter a job, {@code ~} for set-ups, {@code :} where
   * the machine rests, and a legend.
   *
   * @param width the number of columns for the time axis, at least 10
   * @return lines of text
   */
  public String text(int width) {
    if (width < 10) {
      throw new IllegalArgumentException("width is " + width + ", but must be at least 10");
    }
    return GanttText.of(this, width);
  }
}
