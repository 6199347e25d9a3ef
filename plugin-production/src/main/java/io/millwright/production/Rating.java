package io.millwright.production;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What a line makes of a product at each speed of its range (production rate curve); between the
 * points it is linear, since a period can be divided between two speeds.
 *
 * @param line the line
 * @param product the product
 * @param points at least one, by rising speed; the first and the last are the ends of the range
 */
public record Rating(String line, String product, List<Point> points) {

  /**
   * A speed.
   *
   * @param speed the speed, in the line's own unit
   * @param good good pieces an hour
   * @param scrap rejected pieces an hour
   * @param energy energy an hour, in kWh
   * @param deviation the standard error of {@code good}; 0 when it is known
   */
  public record Point(double speed, double good, double scrap, double energy, double deviation) {}

  /**
   * A run that was measured.
   *
   * @param speed the speed
   * @param hours how long, above 0
   * @param good good pieces
   * @param scrap rejected pieces
   * @param energy energy in kWh
   */
  public record Run(double speed, double hours, double good, double scrap, double energy) {}

  /** Checks and copies. */
  public Rating {
    points = List.copyOf(points);
    if (points.isEmpty()) {
      throw new MillwrightException(
          ErrorCode.TOO_FEW_DATA,
          "line " + line + " has no speed for " + product + "\nMaybe leave the rating out");
    }
    double before = 0;
    for (Point p : points) {
      boolean numbers =
          p.good >= 0 && p.scrap >= 0 && p.energy >= 0 && p.deviation >= 0 && p.speed > before;
      if (!numbers || !Double.isFinite(p.good + p.scrap + p.energy + p.deviation + p.speed)) {
        throw new MillwrightException(
            ErrorCode.OUT_OF_RANGE,
            "line "
                + line
                + ", product "
                + product
                + ": "
                + p
                + "\nMaybe a rate is negative, or speeds do not rise from above 0");
      }
      before = p.speed;
    }
  }

  /**
   * Learns a rating from runs: they are divided by speed into groups of about equal size, and each
   * gives a point at its mean speed, with rates over all its hours and the standard error of the
   * good rate.
   *
   * @param line the line
   * @param product the product
   * @param runs at least 2 for each point
   * @param count how many points, at least 1
   * @return the rating
   * @throws MillwrightException with {@link ErrorCode#TOO_FEW_DATA}, {@link ErrorCode#OUT_OF_RANGE}
   */
  public static Rating learnt(String line, String product, List<Run> runs, int count) {
    if (count < 1 || runs.size() < 2 * count) {
      throw new MillwrightException(
          ErrorCode.TOO_FEW_DATA,
          "line "
              + line
              + ", product "
              + product
              + ": "
              + runs.size()
              + " runs for "
              + count
              + " points\nMaybe ask for fewer points: each needs 2 runs");
    }
    List<Run> sorted = new ArrayList<>(runs);
    sorted.sort(Comparator.comparingDouble(Run::speed));
    List<Point> points = new ArrayList<>();
    for (int g = 0; g < count; g++) {
      List<Run> group = sorted.subList(g * runs.size() / count, (g + 1) * runs.size() / count);
      points.add(point(line, product, group));
    }
    List<Point> rising = new ArrayList<>();
    for (Point p : points) {
      if (rising.isEmpty() || p.speed > rising.get(rising.size() - 1).speed + 1e-12) {
        rising.add(p);
      }
    }
    return new Rating(line, product, rising);
  }

  private static Point point(String line, String product, List<Run> group) {
    double hours = 0;
    double speed = 0;
    double good = 0;
    double scrap = 0;
    double energy = 0;
    for (Run r : group) {
      if (!(r.hours > 0) || !(r.good >= 0) || !(r.scrap >= 0) || !(r.energy >= 0)) {
        throw new MillwrightException(
            ErrorCode.OUT_OF_RANGE,
            "line "
                + line
                + ", product "
                + product
                + ": "
                + r
                + "\nMaybe a count is negative, or a run took no time");
      }
      hours += r.hours;
      speed += r.hours * r.speed;
      good += r.good;
      scrap += r.scrap;
      energy += r.energy;
    }
    double rate = good / hours;
    // The standard error of a ratio of sums.
    double squares = 0;
    for (Run r : group) {
      double miss = r.good - rate * r.hours;
      squares += miss * miss;
    }
    int n = group.size();
    double error = Math.sqrt(squares * n / (n - 1.0)) / hours;
    return new Point(speed / hours, rate, scrap / hours, energy / hours, error);
  }
}
