package io.millwright.api;

import io.millwright.api.data.Unit;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * What is known, at one level of confidence, about the truth (prediction interval or prediction
 * set).
 */
public sealed interface Uncertainty {

  /**
   * A range that holds the truth with at least the stated probability, on average over inputs like
   * those of calibration.
   *
   * @param level the probability, between 0 and 1
   * @param low the lower end; negative infinity when open
   * @param high the upper end; positive infinity when open, which reads "at least {@code low}"
   * @param unit the unit of both ends
   */
  record Interval(double level, double low, double high, Unit unit) implements Uncertainty {
    /** Checks. */
    public Interval {
      Level.check(level);
      Objects.requireNonNull(unit, "unit");
      if (!(low <= high)) {
        throw new IllegalArgumentException("interval from " + low + " to " + high);
      }
    }

    /**
     * Whether a value lies within, ends included.
     *
     * @param value the value
     * @return true when it does
     */
    public boolean contains(double value) {
      return value >= low && value <= high;
    }

    /**
     * The width.
     *
     * @return high minus low; infinite when an end is open
     */
    public double width() {
      return high - low;
    }

    @Override
    public String toString() {
      String of = unit.equals(Unit.NONE) ? "" : " " + unit.symbol();
      if (high == Double.POSITIVE_INFINITY) {
        return low == Double.NEGATIVE_INFINITY
            ? "anything"
            : String.format(Locale.ROOT, "at least %.4g%s", low, of);
      }
      return low == Double.NEGATIVE_INFINITY
          ? String.format(Locale.ROOT, "at most %.4g%s", high, of)
          : String.format(Locale.ROOT, "%.4g to %.4g%s", low, high, of);
    }
  }

  /**
   * The labels among which the truth lies with at least the stated probability.
   *
   * @param level the probability, between 0 and 1
   * @param labels the labels, most probable first; never empty
   */
  record LabelSet(double level, List<String> labels) implements Uncertainty {
    /** Checks and copies. */
    public LabelSet {
      Level.check(level);
      labels = List.copyOf(labels);
      if (labels.isEmpty()) {
        throw new IllegalArgumentException("a label set needs a label");
      }
    }
  }

  /**
   * A range for each step of a forecast.
   *
   * @param level the probability with which one step's range holds its truth, between 0 and 1
   * @param steps the ranges, one for each step
   */
  record Band(double level, List<Interval> steps) implements Uncertainty {
    /** Checks and copies. */
    public Band {
      Level.check(level);
      steps = List.copyOf(steps);
    }
  }

  /**
   * Nothing is known: the model was not calibrated.
   *
   * @param why the reason
   */
  record None(String why) implements Uncertainty {
    /** Checks. */
    public None {
      if (why.isBlank()) {
        throw new IllegalArgumentException("say why there is no uncertainty");
      }
    }
  }
}
