package io.millwright.production;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * The load of a line or a plant (units, utilisation, power) and what is known ahead: speeds,
 * calendar, tariff, plan, stocks.
 *
 * @param load the load with its seasons
 * @param known columns whose values are known for the periods to be predicted as well
 */
public record LoadSeries(Series load, List<Known> known) {

  /**
   * A column that is known ahead.
   *
   * @param name its name
   * @param values one number for each period of the load, and for those that are predicted; all
   *     finite
   */
  public record Known(String name, List<Double> values) {
    /** Checks and copies. */
    public Known {
      values = List.copyOf(values);
      for (int t = 0; t < values.size(); t++) {
        if (!Double.isFinite(values.get(t))) {
          throw new MillwrightException(
              ErrorCode.BAD_VALUE,
              "known column "
                  + name
                  + ", period "
                  + (t + 1)
                  + " is "
                  + values.get(t)
                  + "\nMaybe fill it: what is known ahead has no gaps");
        }
      }
    }

    /**
     * A column of labels as columns of 0 and 1, one for each label but the first (in order of the
     * alphabet).
     *
     * @param name its name
     * @param labels one label for each period
     * @return the columns
     * @throws MillwrightException with {@link ErrorCode#OUT_OF_RANGE} above 50 labels
     */
    public static List<Known> labels(String name, List<String> labels) {
      TreeSet<String> distinct = new TreeSet<>(labels);
      if (distinct.size() > 50) {
        throw new MillwrightException(
            ErrorCode.OUT_OF_RANGE,
            "known column "
                + name
                + " has "
                + distinct.size()
                + " labels\nMaybe it is an"
                + " identifier, which says nothing of the load");
      }
      List<Known> columns = new ArrayList<>();
      for (String label : distinct.subSet(distinct.first(), false, distinct.last(), true)) {
        columns.add(
            new Known(
                name + "=" + label, labels.stream().map(l -> l.equals(label) ? 1.0 : 0).toList()));
      }
      return columns;
    }
  }

  /** Copies, and checks that columns reach over the load. */
  public LoadSeries {
    known = List.copyOf(known);
    for (Known k : known) {
      if (k.values().size() < load.length()) {
        throw new MillwrightException(
            ErrorCode.WRONG_SHAPE,
            "known column "
                + k.name()
                + " has "
                + k.values().size()
                + " values, the load "
                + load.length()
                + "\nMaybe they begin at different periods");
      }
    }
  }

  /**
   * A load of which nothing else is known.
   *
   * @param load the load
   * @return the series
   */
  public static LoadSeries of(Series load) {
    return new LoadSeries(load, List.of());
  }

  /**
   * As it was known after the first periods; what is known ahead stays.
   *
   * @param periods how many
   * @return the shorter load
   */
  public LoadSeries first(int periods) {
    return new LoadSeries(load.first(periods), known);
  }
}
