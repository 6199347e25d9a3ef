package io.millwright.api.data;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * One quantity over time: a value for each period from the first on, NaN where it is missing.
 * {@link SeriesTables} reads many of them from tables.
 *
 * @param id whose values these are: an article, a machine, a meter
 * @param frequency how often values come
 * @param start the number of the first period, see {@link Frequency#number}
 * @param values the values, NaN for a period without one; may be empty
 */
public record Series(String id, Frequency frequency, long start, List<Double> values) {

  /**
   * Checks and copies.
   *
   * @throws MillwrightException with {@link ErrorCode#BAD_VALUE}, naming series and period, when a
   *     value is infinite
   */
  public Series {
    Objects.requireNonNull(frequency, "frequency");
    if (id.isBlank()) {
      throw new IllegalArgumentException("a series needs a name");
    }
    values = List.copyOf(values);
    for (int t = 0; t < values.size(); t++) {
      if (Double.isInfinite(values.get(t))) {
        throw new MillwrightException(
            ErrorCode.BAD_VALUE,
            "series "
                + id
                + ", period "
                + frequency.label(start + t)
                + ": the value is "
                + values.get(t)
                + "\nMaybe leave it out: a missing period is filled");
      }
    }
  }

  /**
   * A series of numbers.
   *
   * @param id whose values these are
   * @param frequency how often values come
   * @param first the label of the first period
   * @param values the values, NaN where missing
   * @return the series
   */
  public static Series of(String id, Frequency frequency, String first, double... values) {
    List<Double> boxed = new ArrayList<>(values.length);
    for (double v : values) {
      boxed.add(v);
    }
    return new Series(id, frequency, frequency.number(first), boxed);
  }

  /**
   * The number of periods, missing ones included.
   *
   * @return the length
   */
  public int length() {
    return values.size();
  }

  /**
   * The number of values that are not missing.
   *
   * @return the number
   */
  public int known() {
    return (int) values.stream().filter(v -> !v.isNaN()).count();
  }

  /**
   * The label of a period.
   *
   * @param period counted from 0; may lie beyond the end
   * @return the label
   */
  public String label(int period) {
    return frequency.label(start + period);
  }

  /**
   * The series as it was after its first periods.
   *
   * @param periods how many to keep, at most {@link #length}
   * @return the shorter series
   */
  public Series first(int periods) {
    return new Series(id, frequency, start, values.subList(0, periods));
  }

  /**
   * The series with 0 for every missing period from its first known value on, as in a ledger of
   * movements, where no row means that nothing moved.
   *
   * @return the new series
   */
  public Series missingMeansZero() {
    List<Double> zeros = values.stream().map(v -> v.isNaN() ? 0.0 : v).toList();
    return known() == 0 ? this : new Series(id, frequency, start, zeros);
  }

  /**
   * How many periods at the end have no value: where others go on, the series ended so long ago.
   *
   * @return the number of missing periods after the last known one
   */
  public int silent() {
    int silent = 0;
    while (silent < values.size() && values.get(values.size() - 1 - silent).isNaN()) {
      silent++;
    }
    return silent;
  }

  /**
   * The values as an array, a copy.
   *
   * @return one number for each period, NaN where missing
   */
  public double[] toArray() {
    double[] array = new double[values.size()];
    for (int t = 0; t < array.length; t++) {
      array[t] = values.get(t);
    }
    return array;
  }
}
