package io.millwright.cli.supplychain;

import io.millwright.api.data.Frequency;
import io.millwright.api.data.Series;
import java.util.List;
import java.util.Optional;

/** Whether the last period of a file may not be over yet. Holds nothing. */
final class DemandEnd {

  private static final int BEFORE = 6;

  /** Below so large a share of the least of the periods before, the last one is strange. */
  private static final double LOW = 0.5;

  private DemandEnd() {}

  /** What is said of the last period, where all series together fall in it alone. */
  static Optional<String> of(List<Series> all) {
    List<Series> going =
        all.stream()
            .filter(s -> s.frequency().step() != Frequency.Step.COUNT)
            .filter(s -> s.length() > BEFORE && s.silent() == 0)
            .toList();
    if (going.isEmpty() || 2 * going.size() < all.size()) {
      return Optional.empty();
    }
    double least = Double.POSITIVE_INFINITY;
    int before = going.get(0).frequency().seasons().stream().findFirst().orElse(BEFORE);
    for (int back = 2; back <= Math.max(BEFORE, before) + 1; back++) {
      double sum = sum(going, back);
      least = Double.isNaN(sum) ? least : Math.min(least, sum);
    }
    double last = sum(going, 1);
    if (!(last < LOW * least)) {
      return Optional.empty();
    }
    Series first = going.get(0);
    return Optional.of(
        String.format(
            java.util.Locale.ROOT,
            "%s may not be over yet: it has %.4g in all, while none of the periods before has less"
                + " than %.4g; leave it out until it is whole",
            first.label(first.length() - 1),
            last,
            least));
  }

  /** The sum of a period counted from the end; NaN where a series has none. */
  private static double sum(List<Series> all, int back) {
    double sum = 0;
    for (Series s : all) {
      sum += s.length() < back ? Double.NaN : s.values().get(s.length() - back);
    }
    return sum;
  }
}
