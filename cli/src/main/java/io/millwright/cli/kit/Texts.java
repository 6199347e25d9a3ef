package io.millwright.cli.kit;

import io.millwright.api.ErrorCode;
import io.millwright.api.Finding;
import io.millwright.api.Flag;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.Table;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Cells, flags, findings and numbers of things as texts. */
public final class Texts {
  private Texts() {}

  /** A cell; a whole number without its point. */
  public static String at(Table table, String column, int row) {
    int at = table.schema().names().indexOf(column);
    String text = null;
    if (at >= 0 && table.schema().columns().get(at).type() == ColumnType.NUMBER) {
      double v = table.number(row, at);
      if (!Double.isNaN(v)) {
        text = v == Math.rint(v) && Math.abs(v) < 1e15 ? Long.toString((long) v) : "" + v;
      }
    } else {
      // Cell by cell: a whole column for each row would take a million times a million.
      text = at < 0 ? table.labels(column).get(row) : table.label(row, at);
    }
    if (text == null) {
      throw new MillwrightException(
          ErrorCode.MISSING_VALUE,
          "row " + (row + 1) + " has no " + column + "\nMaybe leave the row out");
    }
    return text;
  }

  /**
   * What a person should know about an answer, in words and in brackets; nothing when there is
   * nothing.
   */
  public static String flags(Set<Flag> flags) {
    String words =
        flags.stream()
            .map(
                f ->
                    switch (f) {
                      case IMPUTED -> "a missing or impossible reading was replaced";
                      case OUTSIDE_TRAINING_RANGE -> "outside the range of training";
                      case UNKNOWN_CATEGORY -> "a label that training did not have";
                      case UNKNOWN_CONDITION -> "far from the conditions of training";
                      case SHORT_HISTORY -> "a short history";
                      case AT_LIMIT -> "at the limit of what the model can say";
                      case REVIEW -> "to be decided by a person";
                      case OUTLIER -> "an outlier in the history";
                      case INFINITE -> "an infinite reading";
                      case LEVEL_SHIFT -> "the level of the history has shifted";
                    })
            .collect(Collectors.joining("; "));
    return words.isEmpty() ? "" : "  (" + words + ")";
  }

  /** Why there is no answer: what was found, and the way out. */
  public static String noAnswer(List<Finding> findings) {
    return "no answer: "
        + findings.stream()
            .map(
                f ->
                    f.place()
                        + ": "
                        + f.message()
                        + (f.remedy().isEmpty() ? "" : ". Maybe " + f.remedy()))
            .collect(Collectors.joining("; "));
  }

  /** A number of things: {@code 1 period}, {@code 12 periods}. */
  public static String count(long number, String one) {
    return String.format(Locale.ROOT, "%,d %s%s", number, one, number == 1 ? "" : "s");
  }
}
