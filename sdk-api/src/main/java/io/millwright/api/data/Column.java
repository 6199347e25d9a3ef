package io.millwright.api.data;

import java.util.Objects;

/**
 * One column of a table.
 *
 * @param name its name, unique in the table, not blank
 * @param type what it holds
 * @param unit the unit of its numbers; {@link Unit#NONE} for everything else
 */
public record Column(String name, ColumnType type, Unit unit) {

  /** Checks. */
  public Column {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(unit, "unit");
    if (name.isBlank()) {
      throw new IllegalArgumentException("a column needs a name");
    }
    if (!type.isNumeric() && !unit.equals(Unit.NONE)) {
      throw new IllegalArgumentException(
          "column \"" + name + "\" holds " + type + ", but has the unit " + unit);
    }
  }

  /**
   * A column of numbers.
   *
   * @param name its name
   * @param unit the unit of its numbers
   * @return the column
   */
  public static Column number(String name, Unit unit) {
    return new Column(name, ColumnType.NUMBER, unit);
  }

  /**
   * A column of numbers without unit.
   *
   * @param name its name
   * @return the column
   */
  public static Column number(String name) {
    return number(name, Unit.NONE);
  }

  /**
   * A column of labels.
   *
   * @param name its name
   * @return the column
   */
  public static Column category(String name) {
    return new Column(name, ColumnType.CATEGORY, Unit.NONE);
  }

  /**
   * A column of texts, such as identifiers.
   *
   * @param name its name
   * @return the column
   */
  public static Column text(String name) {
    return new Column(name, ColumnType.TEXT, Unit.NONE);
  }

  /**
   * A column of points in time.
   *
   * @param name its name
   * @return the column
   */
  public static Column time(String name) {
    return new Column(name, ColumnType.TIME, Unit.NONE);
  }

  /**
   * A column of images.
   *
   * @param name its name
   * @return the column
   */
  public static Column image(String name) {
    return new Column(name, ColumnType.IMAGE, Unit.NONE);
  }

  /**
   * The column of a unit's age in cycles.
   *
   * @param name its name
   * @return the column
   */
  public static Column age(String name) {
    return new Column(name, ColumnType.AGE, Unit.CYCLE);
  }
}
