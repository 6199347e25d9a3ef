package io.millwright.api.data;

import io.millwright.api.ErrorCode;
import io.millwright.api.Finding;
import io.millwright.api.MillwrightException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The columns of a table, in order.
 *
 * @param columns the columns, with different names
 */
public record Schema(List<Column> columns) {

  /** Copies and checks. */
  public Schema {
    columns = List.copyOf(columns);
    Set<String> names = new HashSet<>();
    for (Column column : columns) {
      if (!names.add(column.name())) {
        throw new IllegalArgumentException("two columns are named \"" + column.name() + "\"");
      }
    }
  }

  /**
   * A schema of some columns.
   *
   * @param columns the columns
   * @return the schema
   */
  public static Schema of(Column... columns) {
    return new Schema(List.of(columns));
  }

  /**
   * The number of columns.
   *
   * @return the number of columns
   */
  public int size() {
    return columns.size();
  }

  /**
   * The place of a column.
   *
   * @param name its name
   * @return its index, counted from 0, or -1 when there is none
   */
  public int indexOf(String name) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(name)) {
        return i;
      }
    }
    return -1;
  }

  /**
   * A column by its name.
   *
   * @param name its name
   * @return the column
   * @throws MillwrightException with {@link ErrorCode#MISSING_COLUMN}, listing the columns there
   *     are
   */
  public Column column(String name) {
    int index = indexOf(name);
    if (index < 0) {
      throw new MillwrightException(
          ErrorCode.MISSING_COLUMN, "there is no column \"" + name + "\"\nMaybe one of " + names());
    }
    return columns.get(index);
  }

  /**
   * The names of the columns.
   *
   * @return the names, in order
   */
  public List<String> names() {
    return columns.stream().map(Column::name).toList();
  }

  /**
   * What keeps a table with this schema from being used where another schema is needed: missing
   * columns, wrong types, wrong units. Other columns and another order do no harm; a text may stand
   * for a category and the other way round.
   *
   * @param needed the columns that are needed
   * @return one finding for each obstacle; empty when there is none
   */
  public List<Finding> obstaclesTo(Schema needed) {
    List<Finding> findings = new ArrayList<>();
    for (Column need : needed.columns) {
      int index = indexOf(need.name());
      String place = "column \"" + need.name() + "\"";
      if (index < 0) {
        findings.add(
            new Finding(
                ErrorCode.MISSING_COLUMN,
                place,
                "is missing; there are " + names(),
                "add or rename a column."));
        continue;
      }
      Column have = columns.get(index);
      boolean bothTexts = have.type().isText() && need.type().isText();
      if (have.type() != need.type() && !bothTexts) {
        findings.add(
            new Finding(
                ErrorCode.WRONG_TYPE,
                place,
                "holds " + have.type() + ", but " + need.type() + " is needed",
                "read the column as " + need.type() + "."));
      } else if (!have.unit().equals(need.unit())) {
        findings.add(
            new Finding(
                ErrorCode.WRONG_UNIT,
                place,
                "is in " + have.unit() + ", but " + need.unit() + " is needed",
                have.unit().equals(Unit.NONE)
                    ? "declare the unit, as in the heading \""
                        + need.name()
                        + " ["
                        + need.unit().symbol()
                        + "]\"."
                    : "convert the values and declare the unit."));
      }
    }
    return findings;
  }
}
