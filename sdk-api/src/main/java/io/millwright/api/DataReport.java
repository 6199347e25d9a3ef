package io.millwright.api;

import java.util.List;
import java.util.Objects;

/**
 * What was found in training data before anything was learnt from them (data quality report).
 *
 * @param rows the rows that were given
 * @param learnt the rows that can be learnt from: their target is known
 * @param remarks what is worth knowing, one sentence each, the most important first: columns left
 *     out, missing values, repeated rows, the balance of classes, thin groups, whether more data
 *     would help
 * @param leaks the columns that give the answer away; training stops at them unless they are
 *     trusted
 */
public record DataReport(long rows, long learnt, List<String> remarks, List<Finding> leaks) {

  private static final DataReport NONE = new DataReport(0, 0, List.of(), List.of());

  /** Checks and copies. */
  public DataReport {
    if (learnt < 0 || learnt > rows) {
      throw new IllegalArgumentException(learnt + " of " + rows + " rows can be learnt from");
    }
    remarks = List.copyOf(remarks);
    leaks = List.copyOf(leaks);
  }

  /**
   * The report of a model whose trainer makes none.
   *
   * @return an empty report
   */
  public static DataReport none() {
    return NONE;
  }

  /** For people: one line for each remark. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(rows).append(" rows, ").append(learnt).append(" of them to learn from");
    remarks.forEach(r -> text.append('\n').append(r));
    leaks.forEach(l -> text.append('\n').append(Objects.toString(l)));
    return text.toString();
  }
}
