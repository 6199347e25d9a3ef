package io.millwright.supplychain;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What a day on the road has beside the problem itself: traffic by time of day (time-dependent
 * vehicle routing), breaks of drivers, and several trips of one vehicle (multi-trip). Immutable and
 * thread-safe.
 */
public final class DayRules {

  private final List<Traffic> traffic;
  private final double breakAfter;
  private final double breakLasts;
  private final int trips;
  private final double reload;

  /**
   * How much longer ways take in a span of time. Vehicles slow down when the span begins and speed
   * up when it ends, so that nobody arrives earlier by leaving later (Ichoua, Gendreau and Potvin
   * 2003).
   *
   * @param from when it begins
   * @param to when it ends, after {@code from}
   * @param factor what travel times are multiplied by, 0.1 to 20
   */
  public record Traffic(double from, double to, double factor) {
    /** Checks. */
    public Traffic {
      if (!(to > from) || !(factor >= 0.1 && factor <= 20) || Double.isInfinite(to - from)) {
        throw new MillwrightException(
            ErrorCode.BAD_OPTION,
            "traffic from "
                + from
                + " to "
                + to
                + " with the factor "
                + factor
                + "\nMaybe 420, 540 and 1.5: half as long again from seven to nine");
      }
    }

    private String words() {
      return "from " + number(from) + " to " + number(to) + " (factor " + number(factor) + ")";
    }
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  private DayRules(
      List<Traffic> traffic, double breakAfter, double breakLasts, int trips, double reload) {
    this.traffic = traffic;
    this.breakAfter = breakAfter;
    this.breakLasts = breakLasts;
    this.trips = trips;
    this.reload = reload;
  }

  /**
   * No traffic, no breaks, one trip.
   *
   * @return the rules
   */
  public static DayRules none() {
    return new DayRules(List.of(), Double.POSITIVE_INFINITY, 0, 1, 0);
  }

  /**
   * With traffic; outside of all spans travel times are those of the problem.
   *
   * @param spans the spans, which do not overlap
   * @return the new rules
   * @throws MillwrightException with {@link ErrorCode#BAD_OPTION} when two overlap
   */
  public DayRules traffic(Traffic... spans) {
    List<Traffic> sorted = new ArrayList<>(List.of(spans));
    sorted.sort(Comparator.comparingDouble(Traffic::from));
    for (int i = 1; i < sorted.size(); i++) {
      if (sorted.get(i).from < sorted.get(i - 1).to) {
        throw new MillwrightException(
            ErrorCode.BAD_OPTION,
            "the traffic "
                + sorted.get(i - 1).words()
                + " overlaps with that "
                + sorted.get(i).words()
                + "\nMaybe end the first at "
                + number(sorted.get(i).from)
                + ", or give three spans where both hold at once");
      }
    }
    return new DayRules(List.copyOf(sorted), breakAfter, breakLasts, trips, reload);
  }

  /**
   * With breaks: on duty, driving, serving and waiting, nobody goes on for longer than this without
   * one. Breaks are taken at depots and stops; waiting as long as a break is one.
   *
   * @param after the longest time on duty, above 0
   * @param lasting how long a break is, above 0
   * @return the new rules
   */
  public DayRules breaks(double after, double lasting) {
    if (!(after > 0) || !(lasting > 0) || Double.isInfinite(lasting)) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "a break of " + lasting + " after " + after + "\nMaybe 45 minutes after 270");
    }
    return new DayRules(traffic, after, lasting, trips, reload);
  }

  /**
   * With several trips of a vehicle, each with a full load, from and to its own depot.
   *
   * @param most how many trips a vehicle makes at most, 1 to 20
   * @param reloading how long it stands at the depot between two trips, 0 or more
   * @return the new rules
   */
  public DayRules trips(int most, double reloading) {
    if (most < 1 || most > 20 || !(reloading >= 0) || Double.isInfinite(reloading)) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          most + " trips with " + reloading + " between\nMaybe 3 trips with 30 between");
    }
    return new DayRules(traffic, breakAfter, breakLasts, most, reloading);
  }

  /**
   * The traffic.
   *
   * @return the spans in order
   */
  public List<Traffic> traffic() {
    return traffic;
  }

  /**
   * The longest time on duty without a break.
   *
   * @return the time, infinite without breaks
   */
  public double breakAfter() {
    return breakAfter;
  }

  /**
   * How long a break is.
   *
   * @return the time, 0 without breaks
   */
  public double breakLasts() {
    return breakLasts;
  }

  /**
   * How many trips a vehicle makes at most.
   *
   * @return the number
   */
  public int trips() {
    return trips;
  }

  /**
   * How long a vehicle stands between trips.
   *
   * @return the time
   */
  public double reload() {
    return reload;
  }

  /**
   * When somebody arrives who departs at some time.
   *
   * @param departure the time of departure
   * @param travelTime the travel time without any traffic, 0 or more
   * @return the time of arrival
   */
  public double arrival(double departure, double travelTime) {
    double clock = departure;
    double left = travelTime;
    for (Traffic span : traffic) {
      if (left <= 0 || span.to <= clock) {
        continue;
      }
      if (clock < span.from) {
        double free = Math.min(left, span.from - clock);
        clock += free;
        left -= free;
      }
      double inside = Math.min(left, (span.to - clock) / span.factor);
      if (left > 0) {
        clock += inside * span.factor;
        left -= inside;
      }
    }
    return clock + Math.max(0, left);
  }
}
