package io.millwright.quality;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a control chart shows for one reading (point of a control chart).
 *
 * @param tracks the lines of the chart: of I-MR {@code value} and {@code moving range} (without the
 *     latter at the first reading and after a gap), of x-bar/R {@code mean} and {@code range}, of
 *     x-bar/s {@code mean} and {@code deviation}, of attribute charts {@code share}, {@code
 *     defective}, {@code defects} or {@code defects per unit}, of EWMA {@code average}, of CUSUM
 *     {@code high} and {@code low} (the latter as a negative number) in sigma, of a self-starting
 *     chart {@code score}, of multivariate charts {@code T2}
 * @param signals what is out of control; empty when nothing is
 * @param contributions of a multivariate chart how much of T2 each variable adds to that of the
 *     others (Mason, Tracy and Young 1995), by name; empty for other charts
 */
public record ChartPoint(
    List<Track> tracks, List<Signal> signals, Map<String, Double> contributions) {

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
    contributions = Collections.unmodifiableMap(new LinkedHashMap<>(contributions));
  }

  /**
   * A point without contributions.
   *
   * @param tracks the lines
   * @param signals what is out of control
   */
  public ChartPoint(List<Track> tracks, List<Signal> signals) {
    this(tracks, signals, Map.of());
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
