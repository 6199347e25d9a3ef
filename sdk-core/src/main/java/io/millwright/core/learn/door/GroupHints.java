package io.millwright.core.learn.door;

import io.millwright.api.data.Column;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Columns of labels that look like what rows belong to, such as machines or lots: many labels of
 * several rows each, which explain much of the target by themselves (analysis of variance). Where
 * rows are divided at random, figures and intervals hold for rows of these labels, and say nothing
 * of a new machine.
 */
final class GroupHints {

  private static final int LABELS = 8;
  private static final int ROWS_OF_EACH = 4;

  /** So much of the variance is worth a word (adjusted for the number of labels). */
  private static final double SHARE = 0.1;

  private GroupHints() {}

  /** What is said of the columns. */
  static <L> List<String> in(Layout<L> layout) {
    List<String> remarks = new ArrayList<>();
    Table inputs = layout.inputs();
    double[] target = numbers(layout.labels());
    for (int c = 0; c < inputs.schema().size(); c++) {
      Column column = inputs.schema().columns().get(c);
      if (column.type() != ColumnType.CATEGORY) {
        continue;
      }
      Optional<Double> share = explained(inputs, c, target);
      if (share.isPresent() && share.get() >= SHARE) {
        remarks.add(
            String.format(
                Locale.ROOT,
                "%s has %d labels that explain %.0f %% of the target by themselves: figures and"
                    + " intervals hold for rows of these labels; where new ones will be asked, name"
                    + " the column as the group",
                column.name(),
                sums(inputs, c, target).size(),
                100 * share.get()));
      }
    }
    return remarks;
  }

  /**
   * A number of each row, less their mean: the target, or whether it is the commonest class; NaN
   * where it is not learnt from.
   */
  static <L> double[] numbers(List<@Nullable L> labels) {
    Map<L, Integer> counts = new HashMap<>();
    for (L label : labels) {
      if (label != null && !(label instanceof Double)) {
        counts.merge(label, 1, Integer::sum);
      }
    }
    Optional<L> common =
        counts.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
    double[] numbers =
        labels.stream()
            .mapToDouble(
                l ->
                    l == null
                        ? Double.NaN
                        : l instanceof Double d ? d : l.equals(common.orElse(null)) ? 1 : 0)
            .toArray();
    // Sums of squares far from 0 would leave no digits for the differences.
    double mean = Arrays.stream(numbers).filter(v -> !Double.isNaN(v)).average().orElse(0);
    return Arrays.stream(numbers).map(v -> v - mean).toArray();
  }

  /** The count, sum and sum of squares of the target for each label. */
  private static Map<String, double[]> sums(Table inputs, int c, double[] target) {
    Map<String, double[]> sums = new HashMap<>();
    for (int r = 0; r < target.length; r++) {
      String label = inputs.label(r, c);
      if (label != null && !Double.isNaN(target[r])) {
        double[] of = sums.computeIfAbsent(label, l -> new double[3]);
        of[0]++;
        of[1] += target[r];
        of[2] += target[r] * target[r];
      }
    }
    return sums;
  }

  /** The adjusted share of the variance (epsilon squared, Kelley 1935); empty for few labels. */
  private static Optional<Double> explained(Table inputs, int c, double[] target) {
    Map<String, double[]> sums = sums(inputs, c, target);
    double n = 0;
    double sum = 0;
    double squares = 0;
    double within = 0;
    for (double[] of : sums.values()) {
      n += of[0];
      sum += of[1];
      squares += of[2];
      within += of[2] - of[1] * of[1] / of[0];
    }
    double total = squares - sum * sum / n;
    int k = sums.size();
    if (k < LABELS || n < ROWS_OF_EACH * k || !(total > 0)) {
      return Optional.empty();
    }
    return Optional.of(1 - within / (n - k) * ((n - 1) / total));
  }
}
