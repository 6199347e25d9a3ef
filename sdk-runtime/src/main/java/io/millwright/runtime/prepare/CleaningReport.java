package io.millwright.runtime.prepare;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What cleaning found in training data.
 *
 * @param entries what was found, in order of sequence, row and column; at most {@link #MOST} of
 *     them
 * @param counts how much was found, by kind, without that limit
 * @param leftOut rows that must not be learnt from, by sequence; complete
 */
public record CleaningReport(
    List<Entry> entries, Map<Kind, Integer> counts, List<LeftOut> leftOut) {

  /** How many entries are kept. */
  public static final int MOST = 10_000;

  /** Copies. */
  public CleaningReport {
    entries = List.copyOf(entries);
    Map<Kind, Integer> ordered = new EnumMap<>(Kind.class);
    ordered.putAll(counts);
    counts = Collections.unmodifiableMap(ordered);
    leftOut = List.copyOf(leftOut);
  }

  /** What was wrong with a value. */
  public enum Kind {
    /** Infinite. */
    INFINITE,
    /** Physically impossible. */
    OUT_OF_RANGE,
    /** Too far from the median. */
    OUTLIER,
    /** Has not moved for too long. */
    STUCK,
    /** Missing. */
    MISSING,
    /** The whole row repeats an earlier one and is left out. */
    DUPLICATE
  }

  /**
   * One finding.
   *
   * @param sequence the sequence, counted from 0
   * @param row the row in it, counted from 0
   * @param column the column; empty for a whole row
   * @param kind what was wrong
   * @param was the value as it was, as text
   * @param now the value that took its place, as text; empty when there is none
   */
  public record Entry(int sequence, int row, String column, Kind kind, String was, String now) {}

  /**
   * The rows of a sequence that are left out of training.
   *
   * @param sequence the sequence, counted from 0
   * @param rows the rows, counted from 0, rising
   */
  public record LeftOut(int sequence, List<Integer> rows) {
    /** Copies. */
    public LeftOut {
      rows = List.copyOf(rows);
    }
  }

  /** How much of a kind was found. */
  public int count(Kind kind) {
    return counts.getOrDefault(kind, 0);
  }

  /** How much was found. */
  public int total() {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }
}
