package io.millwright.runtime.prepare;

import io.millwright.api.learn.Step;
import io.millwright.api.learn.Variation;
import java.util.List;
import java.util.Optional;

/**
 * A step with what it learnt from the training data, as plain data. Columns are named as they are
 * when the step begins; columns a step does not speak of pass through.
 */
public sealed interface FittedStep {

  /** What the training data held, checked before anything is changed. Always the first step. */
  record Seen(List<SeenNumber> numbers, List<SeenLabels> labels) implements FittedStep {
    /** Copies. */
    public Seen {
      numbers = List.copyOf(numbers);
      labels = List.copyOf(labels);
    }
  }

  /** The finite values of a column lay between these. */
  record SeenNumber(String column, double low, double high) {}

  /**
   * The labels of a column, in alphabetical order; their places are the codes that later steps
   * compute with.
   */
  record SeenLabels(String column, List<String> labels) {
    /** Copies. */
    public SeenLabels {
      labels = List.copyOf(labels);
    }
  }

  /**
   * Mends dirty values.
   *
   * @param last whether the last value of the sequence replaces a missing one, or the typical value
   *     always
   * @param likely what is drawn in place of a missing value of an independent record; empty for
   *     nothing
   */
  record Clean(
      boolean last, List<CleanNumber> numbers, List<CleanLabel> labels, Optional<Likely> likely)
      implements FittedStep {
    /** Copies. */
    public Clean {
      numbers = List.copyOf(numbers);
      labels = List.copyOf(labels);
    }

    /** Draws nothing. */
    public Clean(boolean last, List<CleanNumber> numbers, List<CleanLabel> labels) {
      this(last, numbers, labels, Optional.empty());
    }
  }

  /**
   * The distribution of a record: that of each column, joined by a Gaussian copula.
   *
   * @param columns the columns
   * @param correlations of their normal scores, below the diagonal, row by row
   */
  record Likely(List<LikelyColumn> columns, List<Double> correlations) {
    /** Copies and checks. */
    public Likely {
      columns = List.copyOf(columns);
      correlations = List.copyOf(correlations);
      if (correlations.size() != columns.size() * (columns.size() - 1) / 2) {
        throw new IllegalArgumentException(
            correlations.size() + " correlations of " + columns.size() + " columns");
      }
    }

    /** The correlation of two columns. */
    public double correlation(int i, int j) {
      int high = Math.max(i, j);
      return i == j ? 1 : correlations.get(high * (high - 1) / 2 + Math.min(i, j));
    }
  }

  /**
   * The distribution of a column.
   *
   * @param labels the labels in the order of their scores; empty for a column of numbers
   * @param points quantiles in equal steps from the least value to the largest; of labels the share
   *     of rows up to each
   */
  record LikelyColumn(String column, List<String> labels, List<Double> points) {
    /** Copies and checks. */
    public LikelyColumn {
      labels = List.copyOf(labels);
      points = List.copyOf(points);
      if (labels.isEmpty() ? points.size() < 2 : points.size() != labels.size()) {
        throw new IllegalArgumentException(
            points.size() + " points and " + labels.size() + " labels of " + column);
      }
    }
  }

  /**
   * How a column of numbers is cleaned.
   *
   * @param low the least possible value
   * @param high the largest possible value
   * @param outlierLow values below are outliers
   * @param outlierHigh values above are outliers
   * @param stuck the number of equal rows beyond which the reading is stuck; 0 for no such check
   * @param typical the training median
   */
  record CleanNumber(
      String column,
      double low,
      double high,
      double outlierLow,
      double outlierHigh,
      int stuck,
      double typical) {
    /** Whether a value by itself is neither missing, impossible nor an outlier. */
    public boolean accepts(double v) {
      return Double.isFinite(v)
          && v >= Math.max(low, outlierLow)
          && v <= Math.min(high, outlierHigh);
    }
  }

  /** The most frequent label of a column. */
  record CleanLabel(String column, String typical) {}

  /** Columns of labels that become a column of 0 and 1 for each label of {@link Seen}. */
  record Encode(List<String> columns) implements FittedStep {
    /** Copies. */
    public Encode {
      columns = List.copyOf(columns);
    }
  }

  /** Columns of time that become features of the calendar. */
  record Calendar(List<CalendarColumn> columns) implements FittedStep {
    /** Copies. */
    public Calendar {
      columns = List.copyOf(columns);
    }
  }

  /**
   * Columns that are followed by 1 where they are missing and 0 elsewhere, at the end of the row.
   */
  record MissingIndicators(List<String> columns) implements FittedStep {
    /** Copies. */
    public MissingIndicators {
      columns = List.copyOf(columns);
    }

    /** The name of the indicator of a column. */
    public static String feature(String column) {
      return column + " missing";
    }
  }

  /**
   * Which cycles of a column of time are features.
   *
   * @param low the earliest time of training, in milliseconds
   * @param high the latest
   * @param day whether the time of day is one
   * @param week whether the day of the week is one
   * @param year whether the time of year is one
   */
  record CalendarColumn(
      String column, long low, long high, boolean day, boolean week, boolean year) {}

  /** Columns of text that become counts of runs of characters. */
  record Text(List<TextColumn> columns) implements FittedStep {
    /** Copies. */
    public Text {
      columns = List.copyOf(columns);
    }
  }

  /**
   * The runs of a column of text.
   *
   * @param column the column
   * @param runs the runs of characters that are counted, each once
   */
  record TextColumn(String column, List<String> runs) {
    /** Copies. */
    public TextColumn {
      runs = List.copyOf(runs);
    }

    /** The names of the columns of numbers. */
    public List<String> features() {
      return runs.stream().map(run -> column + " \"" + run + "\"").toList();
    }
  }

  /** Columns set aside for an input of the network; labels become ids. */
  record Input(String name, List<String> columns) implements FittedStep {
    /** Copies. */
    public Input {
      columns = List.copyOf(columns);
    }
  }

  /**
   * Columns that are shifted and stretched.
   *
   * @param clip the largest size of a result; 0 for no limit
   */
  record Scale(List<Line> columns, double clip) implements FittedStep {
    /** Copies. */
    public Scale {
      columns = List.copyOf(columns);
    }
  }

  /** The value minus {@code offset}, times {@code factor}. */
  record Line(String column, double offset, double factor) {}

  /**
   * Readings that are standardised by operating condition. The result holds the readings and
   * whatever is neither reading nor setting.
   *
   * @param settings the columns that set the condition, with their scaling; they go
   * @param readings the columns that are standardised
   * @param conditions at least one
   */
  record Conditions(List<Line> settings, List<String> readings, List<Condition> conditions)
      implements FittedStep {
    /** Copies. */
    public Conditions {
      settings = List.copyOf(settings);
      readings = List.copyOf(readings);
      conditions = List.copyOf(conditions);
    }
  }

  /**
   * One operating condition.
   *
   * @param centre the scaled settings at its centre
   * @param reach the distance from the centre beyond which the condition is another one
   * @param offsets the mean of each reading
   * @param factors one over the standard deviation of each reading; 0 where it does not vary
   */
  record Condition(List<Double> centre, double reach, List<Double> offsets, List<Double> factors) {
    /** Copies. */
    public Condition {
      centre = List.copyOf(centre);
      offsets = List.copyOf(offsets);
      factors = List.copyOf(factors);
    }
  }

  /** The columns that are kept, in their order. */
  record Keep(List<String> columns) implements FittedStep {
    /** Copies. */
    public Keep {
      columns = List.copyOf(columns);
    }
  }

  /** The course of every column of numbers; learns nothing. */
  record Trends(Step.Trends trends) implements FittedStep {}

  /** Products and quotients that are added. */
  record Interactions(List<Pair> products, List<Pair> quotients) implements FittedStep {
    /** Copies. */
    public Interactions {
      products = List.copyOf(products);
      quotients = List.copyOf(quotients);
    }
  }

  /**
   * Two columns.
   *
   * @param least for a quotient, what {@code right} is kept away from 0 by, with the sign it has in
   *     training; 0 for a product
   */
  record Pair(String left, String right, double least) {}

  /** The last rows instead of the last row. */
  record Window(int length) implements FittedStep {}

  /**
   * Images brought to one size and scale.
   *
   * @param column the column of images
   * @param width the width that the network sees
   * @param height the height that the network sees
   * @param colour whether it sees red, green and blue, or grey
   * @param exposure what it sees of brightness and contrast
   * @param seenWidth the width of the first training image, whose ratio of sides all have
   * @param seenHeight the height of the first training image
   * @param darkest the least mean of a training image, as a fraction of white
   * @param brightest the largest mean
   * @param flattest the least standard deviation of a training image
   * @param sharpest the largest standard deviation
   */
  record Picture(
      String column,
      int width,
      int height,
      boolean colour,
      Step.Picture.Exposure exposure,
      int seenWidth,
      int seenHeight,
      double darkest,
      double brightest,
      double flattest,
      double sharpest)
      implements FittedStep {}

  /**
   * What training varied in images, which older files hold here; read and left alone, since it does
   * nothing when predicting.
   */
  record VaryPicture(PicturesVaried vary) implements FittedStep {}

  /** What older files say of the variation of images. */
  record PicturesVaried(
      boolean flips,
      boolean quarterTurns,
      double angle,
      double crop,
      double brightness,
      double contrast,
      double noise,
      double cutOut) {}

  /** The views of images whose outputs are averaged; changes nothing in what a network takes. */
  record Views(io.millwright.api.learn.Views views) implements FittedStep {
    /** Checks. */
    public Views {
      if (views.single()) {
        throw new IllegalArgumentException(
            "mirrored and turned are false, but one must be true: leave the step out for one view");
      }
    }
  }

  /** What training varied in rows; as {@link VaryPicture}. */
  record Augment(Variation.Rows augment) implements FittedStep {}
}
