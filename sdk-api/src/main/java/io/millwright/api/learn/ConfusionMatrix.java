package io.millwright.api.learn;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * How often each class was taken for each class (confusion matrix). Immutable, thread-safe. A
 * figure whose divisor is 0, such as the precision of a class that was never predicted, is 0, so
 * that averages over classes stay defined.
 *
 * @param labels the classes, in order
 * @param counts by true class, then by predicted class; fractional when weighted; not negative
 */
public record ConfusionMatrix(List<String> labels, List<List<Double>> counts) {

  /** How figures of classes become one figure. */
  public enum Average {
    /** The mean over classes, each counting the same. */
    MACRO,
    /** From the counts of all classes together; for one label per sample this is the accuracy. */
    MICRO,
    /** The mean over classes, each counting as often as it is true. */
    WEIGHTED
  }

  /** Copies and checks. */
  public ConfusionMatrix {
    labels = List.copyOf(labels);
    counts = counts.stream().map(List::copyOf).toList();
    if (labels.isEmpty() || new LinkedHashSet<>(labels).size() != labels.size()) {
      throw new IllegalArgumentException("labels are " + labels + ", but must be different");
    }
    for (List<Double> row : counts) {
      for (double count : row) {
        if (!(count >= 0) || Double.isInfinite(count)) {
          throw new IllegalArgumentException("a count is " + count);
        }
      }
    }
    int size = labels.size();
    if (counts.size() != size || counts.stream().anyMatch(row -> row.size() != size)) {
      throw new IllegalArgumentException(
          size + " labels need a square of " + size + " by " + size + " counts: " + counts);
    }
  }

  /**
   * Counts labels.
   *
   * @param truth the true labels
   * @param predicted the predicted labels, as many, in the same order
   * @return the matrix over all labels that occur, in alphabetical order
   * @throws MillwrightException with {@link ErrorCode#TOO_FEW_DATA} or {@link
   *     ErrorCode#WRONG_SHAPE}
   */
  public static ConfusionMatrix of(List<String> truth, List<String> predicted) {
    double[] ones = new double[truth.size()];
    Arrays.fill(ones, 1);
    return of(truth, predicted, ones);
  }

  /**
   * Counts labels with weights.
   *
   * @param truth the true labels
   * @param predicted the predicted labels, as many, in the same order
   * @param weights the weight of each, not negative, not all 0
   * @return the matrix over all labels that occur, in alphabetical order
   * @throws MillwrightException with {@link ErrorCode#TOO_FEW_DATA}, {@link ErrorCode#WRONG_SHAPE}
   *     or {@link ErrorCode#BAD_VALUE}
   */
  public static ConfusionMatrix of(List<String> truth, List<String> predicted, double[] weights) {
    MetricChecks.sameLength("true labels", truth.size(), "predicted labels", predicted.size());
    MetricChecks.weights(truth.size(), weights);
    Set<String> all = new java.util.TreeSet<>(truth);
    all.addAll(predicted);
    List<String> labels = new ArrayList<>(all);
    Map<String, Integer> index = new LinkedHashMap<>();
    labels.forEach(label -> index.put(label, index.size()));
    double[][] counts = new double[labels.size()][labels.size()];
    for (int i = 0; i < truth.size(); i++) {
      counts[index.getOrDefault(truth.get(i), 0)][index.getOrDefault(predicted.get(i), 0)] +=
          weights[i];
    }
    return new ConfusionMatrix(
        labels, Arrays.stream(counts).map(row -> Arrays.stream(row).boxed().toList()).toList());
  }

  /**
   * How often one class was taken for another.
   *
   * @param truth the true class
   * @param predicted the predicted class
   * @return the count
   * @throws MillwrightException with {@link ErrorCode#BAD_LABEL} for an unknown class
   */
  public double count(String truth, String predicted) {
    return counts.get(index(truth)).get(index(predicted));
  }

  /**
   * The number, or weight, of all samples.
   *
   * @return the sum of all counts
   */
  public double total() {
    double sum = 0;
    for (int i = 0; i < labels.size(); i++) {
      sum += support(i);
    }
    return sum;
  }

  /**
   * The share of samples whose class was found.
   *
   * @return the accuracy, between 0 and 1
   */
  public double accuracy() {
    double right = 0;
    for (int i = 0; i < labels.size(); i++) {
      right += counts.get(i).get(i);
    }
    return ratio(right, total());
  }

  /**
   * Of the samples taken for a class, the share that is of it: TP / (TP + FP).
   *
   * @param label the class
   * @return the precision, between 0 and 1
   * @throws MillwrightException with {@link ErrorCode#BAD_LABEL} for an unknown class
   */
  public double precision(String label) {
    int i = index(label);
    return ratio(counts.get(i).get(i), claimed(i));
  }

  /**
   * Of the samples of a class, the share that was found: TP / (TP + FN).
   *
   * @param label the class
   * @return the recall, between 0 and 1
   * @throws MillwrightException with {@link ErrorCode#BAD_LABEL} for an unknown class
   */
  public double recall(String label) {
    int i = index(label);
    return ratio(counts.get(i).get(i), support(i));
  }

  /**
   * The harmonic mean of precision and recall: 2 TP / (2 TP + FP + FN).
   *
   * @param label the class
   * @return the figure, between 0 and 1
   * @throws MillwrightException with {@link ErrorCode#BAD_LABEL} for an unknown class
   */
  public double f1(String label) {
    int i = index(label);
    return ratio(2 * counts.get(i).get(i), claimed(i) + support(i));
  }

  /**
   * The precision over all classes.
   *
   * @param average how
   * @return the averaged precision
   */
  public double precision(Average average) {
    return averaged(average, this::precision);
  }

  /**
   * The recall over all classes.
   *
   * @param average how
   * @return the averaged recall
   */
  public double recall(Average average) {
    return averaged(average, this::recall);
  }

  /**
   * F1 over all classes.
   *
   * @param average how
   * @return the averaged figure
   */
  public double f1(Average average) {
    return averaged(average, this::f1);
  }

  /**
   * What a decision costs on average: Σ counts × costs / Σ counts.
   *
   * @param costs by true class, then by predicted class, in the order of the labels
   * @return the cost of one sample, in the unit of the costs
   * @throws MillwrightException with {@link ErrorCode#WRONG_SHAPE} or {@link ErrorCode#BAD_VALUE}
   */
  public double expectedCost(double[][] costs) {
    if (costs.length != labels.size()) {
      throw wrongCosts(costs.length);
    }
    double sum = 0;
    for (int i = 0; i < costs.length; i++) {
      if (costs[i].length != labels.size()) {
        throw wrongCosts(costs[i].length);
      }
      MetricChecks.finite("cost of row " + i + ", column", costs[i]);
      for (int j = 0; j < costs.length; j++) {
        sum += counts.get(i).get(j) * costs[i][j];
      }
    }
    return ratio(sum, total());
  }

  private MillwrightException wrongCosts(int size) {
    return new MillwrightException(
        ErrorCode.WRONG_SHAPE,
        "costs have a side of "
            + size
            + " for "
            + labels.size()
            + " classes\nMaybe give one row for each true class and in it one cost for each of "
            + labels);
  }

  private double averaged(Average average, ToDoubleFunction<String> figure) {
    double total = total();
    return switch (average) {
      case MICRO -> accuracy();
      case MACRO -> labels.stream().mapToDouble(figure).sum() / labels.size();
      case WEIGHTED -> {
        double sum = 0;
        for (int i = 0; i < labels.size(); i++) {
          sum += support(i) * figure.applyAsDouble(labels.get(i));
        }
        yield ratio(sum, total);
      }
    };
  }

  private int index(String label) {
    int index = labels.indexOf(label);
    if (index < 0) {
      throw new MillwrightException(
          ErrorCode.BAD_LABEL, "there is no class \"" + label + "\"\nMaybe one of " + labels);
    }
    return index;
  }

  private double support(int label) {
    double sum = 0;
    for (double count : counts.get(label)) {
      sum += count;
    }
    return sum;
  }

  private double claimed(int label) {
    double sum = 0;
    for (List<Double> row : counts) {
      sum += row.get(label);
    }
    return sum;
  }

  private static double ratio(double a, double b) {
    return b == 0 ? 0 : a / b;
  }
}
