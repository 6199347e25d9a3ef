package io.millwright.runtime.prepare;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Gathers a {@link CleaningReport} while training data are cleaned. */
final class CleaningLog {

  private final List<CleaningReport.Entry> entries = new ArrayList<>();
  private final Map<CleaningReport.Kind, Integer> counts = new EnumMap<>(CleaningReport.Kind.class);
  private final List<CleaningReport.LeftOut> leftOut = new ArrayList<>();
  private int sequence;

  void sequence(int newSequence) {
    sequence = newSequence;
  }

  void add(int row, String column, CleaningReport.Kind kind, String was, String now) {
    counts.merge(kind, 1, Integer::sum);
    if (entries.size() < CleaningReport.MOST) {
      entries.add(new CleaningReport.Entry(sequence, row, column, kind, was, now));
    }
  }

  void leftOut(List<Integer> rows) {
    leftOut.add(new CleaningReport.LeftOut(sequence, rows));
  }

  CleaningReport report() {
    List<CleaningReport.Entry> sorted = new ArrayList<>(entries);
    sorted.sort(
        java.util.Comparator.comparingInt(CleaningReport.Entry::sequence)
            .thenComparingInt(CleaningReport.Entry::row));
    return new CleaningReport(sorted, counts, leftOut);
  }
}
