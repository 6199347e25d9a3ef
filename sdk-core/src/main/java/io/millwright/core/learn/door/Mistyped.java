package io.millwright.core.learn.door;

import io.millwright.api.data.ColumnType;
import io.millwright.api.data.Table;
import io.millwright.runtime.support.KeyedRandom;
import io.millwright.runtime.support.KeyedRandom.Purpose;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Targets far from all others that nothing in their rows foretells: mistyped numbers, broken
 * readings, codes for "missing". A few of them decide a squared error alone, so that the mean
 * becomes the best model of all; they are left out of learning and judging, and said. What is rare
 * but real is kept: values that are not far on a logarithmic scale either, that follow from the
 * inputs, or that stand next to one another in the table.
 */
final class Mistyped {

  private static final int LEAST_ROWS = 100;

  /** Times the range of the middle half: beyond any tail but that of a power law. */
  private static final double FAR = 10;

  /** The same of logarithms, 6.7 standard deviations of a lognormal. */
  private static final double FAR_IN_LOG = 5;

  private static final double MOST_SHARE = 0.03;

  /** So many rows without a stranger are compared with strangers. */
  private static final int COMPARED = 2000;

  private static final int MOST_STRANGERS = 200;

  /**
   * So many neighbours of strangers are strangers where inputs foretell them; by chance 1 to 3 %.
   */
  private static final double NEIGHBOURS_ALIKE = 0.1;

  private static final double ABOVE_CHANCE = 5;

  private static final double ORDERED = 0.9;
  private static final double LABEL_SHARE = 0.5;
  private static final double IN_ROWS = 0.3;

  private static final int MOST_NAMED = 3;

  private Mistyped() {}

  /** The rows whose target is left out; empty nearly always. */
  static Set<Integer> rows(Table inputs, double[] targets) {
    List<Integer> far = far(targets);
    if (far.isEmpty()) {
      return Set.of();
    }
    double first = targets[far.get(0)];
    boolean code = far.size() > 1 && far.stream().allMatch(r -> targets[r] == first);
    if (!code && (together(far) || foretold(inputs, targets, far))) {
      return Set.of();
    }
    return new TreeSet<>(far);
  }

  /** What is said of them. */
  static String remark(Set<Integer> rows, double[] targets, String target) {
    return String.format(
        Locale.ROOT,
        "%d targets far from all others, which nothing in their rows foretells, are left out of"
            + " learning and judging: %s%s. Trust \"%s\" to keep them",
        rows.size(),
        String.join(
            ", ",
            rows.stream()
                .limit(MOST_NAMED)
                .map(r -> Strangers.text(targets[r]) + " in row " + (r + 1))
                .toList()),
        rows.size() > MOST_NAMED ? ", …" : "",
        target);
  }

  private static List<Integer> far(double[] targets) {
    List<Integer> far = Strangers.far(targets, FAR);
    double[] known = Arrays.stream(targets).filter(Double::isFinite).toArray();
    if (known.length < LEAST_ROWS || far.size() > MOST_SHARE * known.length) {
      return List.of();
    }
    if (Arrays.stream(known).allMatch(v -> v > 0)) {
      far.retainAll(Strangers.far(Arrays.stream(targets).map(Math::log).toArray(), FAR_IN_LOG));
    }
    return far;
  }

  /** Whether many stand in neighbouring rows: an episode, not single slips. */
  private static boolean together(List<Integer> far) {
    int beside = 0;
    for (int i = 0; i < far.size(); i++) {
      boolean before = i > 0 && far.get(i) - far.get(i - 1) == 1;
      boolean after = i + 1 < far.size() && far.get(i + 1) - far.get(i) == 1;
      beside += before || after ? 1 : 0;
    }
    return beside > IN_ROWS * far.size();
  }

  private static boolean foretold(Table inputs, double[] targets, List<Integer> far) {
    KeyedRandom random = KeyedRandom.of(0, Purpose.AUGMENT, -3, 0);
    Set<Integer> strangers = Set.copyOf(far);
    List<Integer> others = new ArrayList<>();
    for (int r = 0; r < targets.length; r++) {
      if (Double.isFinite(targets[r]) && !strangers.contains(r)) {
        others.add(r);
      }
    }
    java.util.Collections.shuffle(others, new java.util.Random(random.nextLong()));
    List<Integer> used = new ArrayList<>(far.subList(0, Math.min(MOST_STRANGERS, far.size())));
    int own = used.size();
    if (own < 2) {
      return false; // one alone is like nothing
    }
    used.addAll(others.subList(0, Math.min(COMPARED, others.size())));
    double[][] points = MoreData.points(inputs, used);
    double alike = 0;
    for (int i = 0; i < own; i++) {
      for (int n : MoreData.nearest(points, i, 0, points.length)) {
        alike += n < own && n != i ? 1 : 0;
      }
    }
    // A point is its own nearest neighbour.
    double least = Math.max(NEIGHBOURS_ALIKE, ABOVE_CHANCE * own / used.size());
    if (alike > least * own * Math.min(MoreData.NEIGHBOURS - 1, own - 1)) {
      return true;
    }
    for (int c = 0; c < inputs.schema().size(); c++) {
      ColumnType type = inputs.schema().columns().get(c).type();
      boolean follows =
          type.isText()
              ? byLabel(inputs, c, used, own)
              : type.isNumeric() && byOrder(inputs, c, used, own);
      if (follows) {
        return true;
      }
    }
    return false;
  }

  /** Whether a label holds most strangers, and little else. */
  private static boolean byLabel(Table inputs, int column, List<Integer> used, int own) {
    Map<String, int[]> counts = new HashMap<>();
    for (int i = 0; i < used.size(); i++) {
      counts
          .computeIfAbsent(String.valueOf(inputs.label(used.get(i), column)), k -> new int[2])[
          i < own ? 0 : 1]++;
    }
    int explained =
        counts.values().stream()
            .filter(c -> c[0] > 1 && c[0] > LABEL_SHARE * (c[0] + c[1]))
            .mapToInt(c -> c[0])
            .sum();
    return 2 * explained > own;
  }

  /** Whether strangers lie above or below the others (area under the ROC curve). */
  private static boolean byOrder(Table inputs, int column, List<Integer> used, int own) {
    double[] values = used.stream().mapToDouble(r -> inputs.number(r, column)).toArray();
    double above = 0;
    double pairs = 0;
    for (int i = 0; i < own; i++) {
      for (int k = own; k < values.length; k++) {
        if (Double.isFinite(values[i]) && Double.isFinite(values[k])) {
          above += values[i] > values[k] ? 1 : values[i] == values[k] ? 0.5 : 0;
          pairs++;
        }
      }
    }
    return own >= 5 && pairs > 0 && Math.abs(above / pairs - 0.5) > ORDERED - 0.5;
  }
}
