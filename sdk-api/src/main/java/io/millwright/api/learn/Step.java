package io.millwright.api.learn;

import java.util.List;
import java.util.Objects;
import java.util.Set;

/** One step of a {@link Preparation}. Columns it does not speak of pass through unchanged. */
public sealed interface Step {

  /**
   * Finds and mends dirty values. When a table is prepared for training, every finding goes to a
   * row-level report; when predicting, a mended value sets a flag. The rules are applied in this
   * order: infinite values count as missing; values outside {@code ranges} count as missing; values
   * further than {@code outlier} robust deviations (1.4826 times the median absolute deviation)
   * from the training median count as missing; a reading that has not moved for more than {@code
   * stuck} rows, where the training data moved, counts as missing; missing values are then replaced
   * by {@code missing}.
   *
   * @param missing what takes the place of a missing value
   * @param outlier the distance beyond which a value is an outlier; 0 for no such check
   * @param stuck the number of equal rows beyond which a reading is stuck; 0 for no such check
   * @param duplicates whether a row equal to the row before it, in a sequence, or to any earlier
   *     row, among independent records, is left out of training
   * @param ranges what is physically possible, by column
   */
  record Clean(Missing missing, double outlier, int stuck, boolean duplicates, List<Range> ranges)
      implements Step {
    /** Checks and copies. */
    public Clean {
      Objects.requireNonNull(missing, "missing");
      Checks.notNegative("outlier", outlier);
      Checks.atLeast("stuck", stuck, 0);
      ranges = List.copyOf(ranges);
    }

    /**
     * Replaces missing values by the last one, or at the beginning by the training median, and
     * checks nothing else.
     *
     * @return the step
     */
    public static Clean standard() {
      return new Clean(Missing.LAST, 0, 0, false, List.of());
    }
  }

  /** What takes the place of a missing value. */
  enum Missing {
    /**
     * The last value of the same sequence; at its beginning, and in independent records, the
     * training median (for a category, the most frequent label).
     */
    LAST,
    /** The training median (for a category, the most frequent label). */
    MEDIAN,
    /**
     * In training as {@link #MEDIAN}. A model of independent records answers with the mean over
     * values that are likely beside the known ones of the record (multiple imputation), drawn from
     * the distributions of the columns joined by their rank correlations (a Gaussian copula), so
     * that its probabilities stay calibrated where values are missing at random. Of more than 100
     * columns none is drawn. A formula or graph that is exported knows the median alone.
     */
    LIKELY
  }

  /**
   * What is physically possible in a column.
   *
   * @param column the column's name
   * @param low the least possible value
   * @param high the largest possible value
   */
  record Range(String column, double low, double high) {
    /** Checks. */
    public Range {
      Objects.requireNonNull(column, "column");
      if (!(low <= high)) {
        throw new IllegalArgumentException(
            "range of column \"" + column + "\" from " + low + " to " + high);
      }
    }
  }

  /**
   * Turns every category into one column for each label seen in training, holding 1 or 0. An
   * unknown label gives zeros and a flag.
   */
  record Encode() implements Step {}

  /**
   * Turns columns of time into features of the calendar (seasonal features): the time of day as
   * sine and cosine of one, two and three cycles a day, the day of the week as seven columns of 0
   * and 1, the time of year as sine and cosine of one and two cycles a year. Each stands only where
   * training data tell of it: the time of day where it varies, the week from two weeks on, the year
   * from a year and a half on. The time itself does not remain: what rises for ever says nothing of
   * rows to come. Times are taken as they stand in the table, in UTC where they are instants.
   */
  record Calendar() implements Step {}

  /**
   * Adds a column of 1 and 0 for each column, of numbers or labels, whose being missing tells of
   * the answer (missing-indicator method): a reading that is lost when a machine is in trouble, a
   * test that is only made on doubtful parts. A column has one where the mean answer of the rows
   * without it differs from that of the others beyond chance (Welch 1947, with Bonferroni's
   * correction for the number of columns and classes), and both are ten rows at least; where the
   * training data have no answers none has. Must stand before {@link Clean}, which fills the values
   * in.
   */
  record MissingIndicators() implements Step {}

  /**
   * Turns columns of text into columns of numbers (bag of character n-grams): one for each run of
   * two to four characters that three rows or more hold, with one plus the logarithm of how often
   * the text holds it, or 0. Texts are read in one form (Unicode NFKC, small letters, one blank for
   * each run of blanks, one at both ends). Must be the first step; which runs are kept is told by
   * how many rows hold them, never by the answers. A text without any run of training gives zeros
   * and a flag; a missing one counts as an empty one. The runs stand in the bundle as they are.
   *
   * @param most how many runs of each column are kept at the most
   */
  record Text(int most) implements Step {
    /** Checks. */
    public Text {
      Checks.atLeast("most", most, 1);
    }
  }

  /**
   * Gives columns to the network's input of a name, such as an input that an embedding reads; the
   * other columns remain its main input. The columns are taken as they are where the step stands,
   * and no later step touches them: before {@link Encode} and {@link Scale} they stay ids, behind
   * them they are scaled. Labels become ids by alphabet, from 1 on, and 0 for one that training did
   * not have, with a flag. The input is the newest row's, a vector, also beside a {@link Window}.
   *
   * @param name the name of the input, by which {@link Branch#from} begins with it
   * @param columns its columns, of numbers or labels, in their order
   */
  record Input(String name, List<String> columns) implements Step {

    /** The name of the main input. */
    public static final String MAIN = "input";

    /** Checks and copies. */
    public Input {
      Branch.name("input", name);
      columns = List.copyOf(columns);
      if (name.equals(MAIN)
          || name.equals(Base.INPUT)
          || columns.isEmpty()
          || Set.copyOf(columns).size() < columns.size()) {
        throw new IllegalArgumentException(
            "input \""
                + name
                + "\" of the columns "
                + columns
                + "\nMaybe give it another name than \"input\" and \"base\", and each column once");
      }
    }

    /**
     * An input of some columns.
     *
     * @param name the name of the input
     * @param columns its columns
     * @return the step
     */
    public static Input of(String name, String... columns) {
      return new Input(name, List.of(columns));
    }
  }

  /**
   * Takes a column for the value of a known formula, in the unit of the answer, which the network
   * corrects (an offset; residual or grey-box modelling): it is added at the outputs before the
   * loss and in the answer, and the network does not see it. The column is taken as it is where the
   * step stands, by habit at the beginning; where it is missing, the model abstains. For heads of
   * one quantity and of quantile curves.
   *
   * @param column the column
   */
  record Base(String column) implements Step {

    /** The name of the input that carries it. */
    public static final String INPUT = "base";

    /** Checks. */
    public Base {
      Objects.requireNonNull(column, "column");
    }
  }

  /**
   * Brings every column of numbers to a common scale.
   *
   * @param method how
   * @param clip the largest size of a scaled value, which larger ones are cut to; 0 for no limit
   */
  record Scale(Scaling method, double clip) implements Step {
    /** Checks. */
    public Scale {
      Objects.requireNonNull(method, "method");
      Checks.notNegative("clip", clip);
    }
  }

  /** How a column is scaled. A column that does not vary in training becomes 0. */
  enum Scaling {
    /** Subtract the mean, divide by the standard deviation. */
    STANDARD,
    /** From the training range to 0 and 1. */
    MIN_MAX,
    /** Subtract the median, divide by the interquartile range. */
    ROBUST
  }

  /**
   * Finds the operating conditions and brings the readings of each condition to mean 0 and variance
   * 1 by itself, so that what is left is wear and not load. The columns that set the condition are
   * clustered (k-means on their standardised values; the number of clusters is the one beyond which
   * the spread within falls no more by a clear step). Gives the readings without the setting
   * columns. When the settings form no clear clusters, there is one condition.
   *
   * @param settings the columns that set the operating condition; empty to find them: those that
   *     stand at a few clear levels, do not drift with age within the conditions that the other
   *     columns tell of, and by which both halves of the sequences give the same conditions. Where
   *     the file holds no such column, conditions are told by the readings together
   * @param most the largest number of conditions looked for
   */
  record Conditions(List<String> settings, int most) implements Step {
    /** Checks and copies. */
    public Conditions {
      settings = List.copyOf(settings);
      Checks.atLeast("most", most, 1);
    }
  }

  /** Keeps the columns that vary in training. */
  record DropConstant() implements Step {}

  /**
   * Keeps the columns that drift over a sequence: whose mean over the last rows differs from that
   * over the first rows, in root mean square over sequences, by more than {@code ratio} times their
   * row-to-row noise. (Correlation with remaining life misses a reading that rises in one fault
   * mode and falls in another.) Keeps the five strongest when none passes.
   *
   * @param rows how many rows count as first and as last
   * @param ratio the least drift, in units of the noise
   */
  record Drifting(int rows, double ratio) implements Step {
    /** Checks. */
    public Drifting {
      Checks.atLeast("rows", rows, 1);
      Checks.notNegative("ratio", ratio);
    }
  }

  /**
   * Describes the course of every column up to each row by what a person would look at: averages of
   * several lengths, distance from the sequence's own beginning, level and slope of a line, and the
   * age. Replaces the columns. Time and memory of one more row do not grow with the sequence.
   *
   * @param weights exponentially weighted means, bias-corrected, one for each weight of the newest
   *     row
   * @param baselines the mean given by the first of {@code weights} minus the mean of the
   *     sequence's first rows, one for each number of rows
   * @param cumulative whether to add the mean of all rows so far
   * @param line over how many of the last rows a line is fitted, whose value at the row and slope
   *     per row are added; 0 for none
   * @param age whether to add the age, from the column of {@link
   *     io.millwright.api.data.ColumnType#AGE}, or where there is none the number of earlier rows:
   *     its 200th part, the natural logarithm of one plus it, and 1. When the age is not known
   *     (NaN), the number of rows since the record began stands in for it, with 0 for the 1
   */
  record Trends(
      List<Double> weights, List<Integer> baselines, boolean cumulative, int line, boolean age)
      implements Step {
    /** Checks and copies. */
    public Trends {
      weights = List.copyOf(weights);
      baselines = List.copyOf(baselines);
      for (double w : weights) {
        if (!(w > 0 && w <= 1)) {
          throw new IllegalArgumentException(
              "weights are " + weights + ", but must be above 0 and at most 1");
        }
      }
      for (int b : baselines) {
        Checks.atLeast("baselines", b, 1);
      }
      Checks.atLeast("line", line, 0);
      if (!baselines.isEmpty() && weights.isEmpty()) {
        throw new IllegalArgumentException("baselines need at least one weight");
      }
    }

    /**
     * Means with weights 0.2, 0.06 and 0.02, baselines of 10, 30 and 60 rows, the mean of all, a
     * line over 40 rows, and the age.
     *
     * @return the step
     */
    public static Trends standard() {
      return new Trends(List.of(0.2, 0.06, 0.02), List.of(10, 30, 60), true, 40, true);
    }
  }

  /**
   * Adds what two columns of numbers say together: their product, and on request their quotient;
   * for every pair, or for those alone that tell of the answer what the columns one by one do not.
   *
   * @param quotients whether to add quotients a / b and b / a, for pairs whose divisor keeps away
   *     from 0 in training
   * @param most how many are added at the most, chosen by a score test against a model that is
   *     linear in all columns (Rao 1948), among them squares; where the training data have no
   *     answers none is. 0 adds those of every pair, untested
   */
  record Interactions(boolean quotients, int most) implements Step {
    /** Checks. */
    public Interactions {
      Checks.atLeast("most", most, 0);
    }

    /**
     * The interactions of every pair, untested: their number grows with the square of the columns.
     *
     * @param quotients whether to add quotients
     */
    public Interactions(boolean quotients) {
      this(quotients, 0);
    }
  }

  /**
   * Gives the network the last rows of a sequence instead of only its last row. Must be the last
   * step. A shorter sequence is filled up at its beginning by its first row.
   *
   * @param length how many rows
   */
  record Window(int length) implements Step {
    /** Checks. */
    public Window {
      Checks.atLeast("length", length, 1);
    }
  }

  /**
   * Brings images to one size and scale: first to grey or colour, then to {@code width} times
   * {@code height} pixels by the mean of what each new pixel covers (bilinear where it covers less
   * than a pixel), then to a scale that knows of the light or does not. Must be the first step, on
   * a table whose only column holds images.
   *
   * <p>Training refuses images whose sides have another ratio than the first one's by more than 5
   * %, since they would be distorted, and images without any contrast. Predicting abstains for such
   * images, and flags those whose brightness or contrast lies outside of what training saw.
   *
   * @param width the width that the network sees, in pixels
   * @param height the height that the network sees, in pixels
   * @param colour whether the network sees red, green and blue, or grey (0.299 red + 0.587 green +
   *     0.114 blue, ITU-R BT.601)
   * @param exposure what the network sees of brightness and contrast
   */
  record Picture(int width, int height, boolean colour, Exposure exposure) implements Step {

    /** What a network sees of an image's brightness and contrast. */
    public enum Exposure {
      /** Nothing: each image is brought to mean 0 and variance 1 by itself. */
      REMOVED,
      /** Values as they are: fractions of white minus one half, times 4. */
      KEPT,
      /** Both, the values as they are behind the others as further channels of each pixel. */
      BOTH
    }

    /** Checks. */
    public Picture {
      Objects.requireNonNull(exposure, "exposure");
      Checks.atLeast("width", width, 1);
      Checks.atLeast("height", height, 1);
    }
  }
}
