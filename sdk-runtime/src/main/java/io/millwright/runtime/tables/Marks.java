package io.millwright.runtime.tables;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.CsvFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The decimal mark of a whole file, and what stands between thousands.
 *
 * @param decimal a point or a comma
 * @param thousands the stated mark between thousands; {@link NumberText#ANY} when none is stated
 * @param why what made it so
 * @param remarks what a person should know
 */
record Marks(char decimal, char thousands, String why, List<String> remarks) {

  /**
   * Decides.
   *
   * @param numeric the evidence of the columns that are or may be of numbers
   * @throws MillwrightException with {@link ErrorCode#BAD_FILE}, naming both readings, when two are
   *     plausible
   */
  static Marks of(Rows source, CsvFormat format, List<Evidence> numeric) {
    char thousands = format.thousands().orElse(NumberText.ANY);
    Evidence.@Nullable Example point = null;
    Evidence.@Nullable Example comma = null;
    Evidence.@Nullable Example eitherPoint = null;
    Evidence.@Nullable Example eitherComma = null;
    boolean doubtful = source.semicolons();
    for (Evidence e : numeric) {
      point = first(point, e.point);
      comma = first(comma, e.comma);
      eitherPoint = first(eitherPoint, e.eitherPoint);
      eitherComma = first(eitherComma, e.eitherComma);
      doubtful |= e.eitherPoint.count > 0 && e.plain.count > 0 && e.ungrouped.count == 0;
    }
    Optional<Character> stated =
        format
            .decimal()
            .or(
                () ->
                    thousands == '.'
                        ? Optional.of(',')
                        : thousands == ',' ? Optional.of('.') : Optional.empty());
    char decimal;
    String why;
    if (stated.isPresent()) {
      decimal = stated.get();
      why = "as stated";
    } else if (point != null && comma != null) {
      throw source.bad(
          comma.line,
          "\""
              + comma.cell
              + "\" is a number with a decimal comma, but \""
              + point.cell
              + "\" in line "
              + point.line
              + " one with a decimal point",
          "state the decimal mark, or that one of the columns holds text");
    } else if (point != null || comma != null) {
      Evidence.Example shown = point != null ? point : Objects.requireNonNull(comma);
      decimal = point != null ? '.' : ',';
      why = "\"" + shown.cell + "\" in line " + shown.line + " has no other reading";
    } else if (eitherComma != null || (eitherPoint != null && doubtful)) {
      throw both(source, eitherComma != null ? eitherComma : Objects.requireNonNull(eitherPoint));
    } else {
      decimal = '.';
      why = eitherPoint != null ? "the usual reading" : "no number has one";
    }
    List<String> remarks = new ArrayList<>();
    Evidence.@Nullable Example grouped = decimal == '.' ? eitherComma : eitherPoint;
    if (decimal == ',') {
      Evidence.@Nullable Example shown = comma != null ? comma : eitherComma;
      if (shown != null) {
        remarks.add("decimal mark is the comma, " + why + ": " + reading(shown, ',', thousands));
      }
    }
    if (grouped != null) {
      remarks.add(
          "marks between thousands are read: "
              + reading(grouped, decimal, thousands)
              + ", since the decimal mark is the "
              + (decimal == '.' ? "point" : "comma")
              + " ("
              + why
              + ")");
    }
    return new Marks(decimal, thousands, why, remarks);
  }

  private static String reading(Evidence.Example shown, char decimal, char thousands) {
    return "\""
        + shown.cell
        + "\" (line "
        + shown.line
        + ") is "
        + text(NumberText.value(shown.cell, decimal, thousands));
  }

  private static Evidence.@Nullable Example first(
      Evidence.@Nullable Example a, Evidence.Example b) {
    return a != null || b.count == 0 ? a : b;
  }

  private static MillwrightException both(Rows source, Evidence.Example cell) {
    boolean comma = cell.cell.indexOf(',') >= 0;
    double thousands = NumberText.value(cell.cell, comma ? '.' : ',', NumberText.ANY);
    double fraction = NumberText.value(cell.cell, comma ? ',' : '.', NumberText.ANY);
    return source.bad(
        cell.line,
        "\""
            + cell.cell
            + "\" is either "
            + text(thousands)
            + " ("
            + (comma ? "comma" : "point")
            + " between thousands) or "
            + text(fraction)
            + " (decimal "
            + (comma ? "comma" : "point")
            + "), and nothing in the file tells which",
        "state the decimal mark or the mark between thousands (on the command line --thousands '"
            + (comma ? ',' : '.')
            + "' or --decimal '"
            + (comma ? ',' : '.')
            + "')");
  }

  static String text(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
