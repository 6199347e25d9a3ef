package io.millwright.quality;

import java.util.List;
import java.util.Objects;

/**
 * What a control chart shows for one reading.
 *
 * @param tracks the lines of the chart: of I-MR {@code value} and {@code moving range} (without the
 *     latter at the first reading and after a gap), of x-bar/s {@code mean} and {@code deviation},
 *     of a p chart {@code share}, of EWMA {@code average}, of CUSUM {@code high} and {@code low}
 *     (the latter as a negative number), in sigma
 * @param signals what is out of control; empty when nothing is
 */
public record ChartPoint(List<Track> tracks, List<Signal> signals) {

  /**
   * One line of a chart at one reading.
   *
   * @param name its name
   * @param value where it stands
   * @param low its lower limit
   * @param centre its centre
   * @param high its upper limit
   */
  public record Track(String name, double value, double low, double centre, double high) {
    /** Checks. */
    public Track {
      Objects.requireNonNull(name, "name");
    }
  }

  /**
   * Something out of control.
   *
   * @param rule the rule that says so
   * @param track the name of the line
   */
  public record Signal(Rule rule, String track) {
    /** Checks. */
    public Signal {
      Objects.requireNonNull(rule, "rule");
      Objects.requireNonNull(track, "track");
    }
  }

  /** Copies. */
  public ChartPoint {
    tracks = List.copyOf(tracks);
    signals = List.copyOf(signals);
  }

  /**
   * Whether nothing signals.
   *
   * @return true when the process runs as it did when the limits were drawn, as far as one can see
   */
  public boolean inControl() {
    return signals.isEmpty();
  }
}
