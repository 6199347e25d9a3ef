package io.millwright.runtime.tables;

import io.millwright.api.data.ReadingReport.Notation;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How the cells of a column of numbers are written: as plain numbers, each with the same unit, or
 * as times of day, which become hours.
 *
 * @param kind which of them
 * @param unit the unit of the cells; empty for plain numbers
 */
record CellForm(Notation kind, String unit) {

  static final CellForm PLAIN = new CellForm(Notation.PLAIN, "");
  static final CellForm CLOCK = new CellForm(Notation.TIME_OF_DAY, "h");

  private static final int LONGEST = 32;

  /** A number and what stands behind it, with or without a blank. */
  private static final Pattern BEHIND =
      Pattern.compile(
          "([+-]?(?:[\\d.,]*\\d))(\\s?)([\\p{L}\u00B5\u03A9\u00B0%\u2030\u2103\u2109\u20AC$\u00A3\u00A5]"
              + "[\\p{L}\u00B5\u03A9\u00B0%\u00B2\u00B3\u00B7/.\\d^-]{0,11})");

  private static final Pattern BEFORE =
      Pattern.compile("([\u20AC$\u00A3\u00A5])\\s?([+-]?(?:[\\d.,]*\\d))");

  private static final Pattern TIME =
      Pattern.compile(
          "([01]?\\d|2[0-3]):([0-5]\\d)(?::([0-5]\\d(?:\\.\\d+)?))?(?: ?([AaPp])[Mm])?");

  /** What counts things, and more that a heading's brackets seldom hold. */
  private static final Set<String> COUNTED =
      Set.of(
          "pcs",
          "pc",
          "Stk",
          "St\u00FCck",
          "\u4EF6",
          "\u4E2A",
          "\u53F0",
          "\u5143",
          "\u20AC",
          "$",
          "\u00A3",
          "\u00A5",
          "\u2030",
          "m2",
          "m\u00B2",
          "mm2",
          "mm\u00B2",
          "m3",
          "m\u00B3",
          "l/min",
          "l/h",
          "ml",
          "mg",
          "\u03BCm",
          "J",
          "kJ",
          "MW",
          "MWh",
          "psi",
          "inch",
          "d",
          "hPa",
          "Nm",
          "km/h",
          "km");

  /**
   * A number with its unit.
   *
   * @param number the number as it is written
   * @param unit the unit as UCUM spells it, where that is known
   * @param apart whether it is no name such as 10mm: a blank, a decimal mark or a sign tells
   */
  record Measure(String number, String unit, boolean apart) {}

  static boolean isUsual(String unit) {
    return Header.isUsual(unit) || COUNTED.contains(unit);
  }

  /** The number and the unit of a plain text; null when it is none. */
  static @Nullable Measure measure(String cell) {
    if (cell.length() > LONGEST || cell.length() < 2) {
      return null;
    }
    Matcher before = BEFORE.matcher(cell);
    if (before.matches()) {
      return new Measure(before.group(2), before.group(1), true);
    }
    Matcher behind = BEHIND.matcher(cell);
    if (!behind.matches()) {
      return null;
    }
    String unit = Header.spelled(behind.group(3));
    String number = behind.group(1);
    boolean apart =
        !behind.group(2).isEmpty()
            || number.indexOf('.') >= 0
            || number.indexOf(',') >= 0
            || !Character.isLetter(unit.charAt(0));
    // 12A and 5W are codes as often as currents and powers.
    return apart || (isUsual(unit) && (unit.length() > 1 || unit.charAt(0) > '~'))
        ? new Measure(number, unit, apart)
        : null;
  }

  /** The hours since midnight of a time of day; NaN when it is none. */
  static double hours(String cell) {
    Matcher time = cell.length() > LONGEST ? null : TIME.matcher(cell);
    if (time == null || !time.matches()) {
      return Double.NaN;
    }
    int hour = Integer.parseInt(time.group(1));
    if (time.group(4) != null) {
      if (hour < 1 || hour > 12) {
        return Double.NaN;
      }
      hour = hour % 12 + (time.group(4).equalsIgnoreCase("p") ? 12 : 0);
    }
    double seconds = time.group(3) == null ? 0 : Double.parseDouble(time.group(3));
    return hour + Integer.parseInt(time.group(2)) / 60.0 + seconds / 3600;
  }

  /** The value of a cell; NaN when it is not written so. */
  double value(String cell, Marks marks) {
    return switch (kind) {
      case PLAIN -> NumberText.value(cell, marks.decimal(), marks.thousands());
      case TIME_OF_DAY -> hours(cell);
      case WITH_UNIT -> {
        Measure measure = measure(cell);
        yield measure == null || !measure.unit().equals(unit)
            ? Double.NaN
            : NumberText.value(measure.number(), marks.decimal(), marks.thousands());
      }
    };
  }

  /** What its cells are called. */
  String name() {
    return switch (kind) {
      case PLAIN -> "a number";
      case TIME_OF_DAY -> "a time of day";
      case WITH_UNIT -> "a number in " + unit;
    };
  }
}
