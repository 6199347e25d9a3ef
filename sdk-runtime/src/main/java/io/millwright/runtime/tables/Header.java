package io.millwright.runtime.tables;

import io.millwright.api.data.Unit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The heading of a column.
 *
 * @param text all of it
 * @param name the part before the unit
 * @param unit the unit in brackets at the end, square or full-width, or round around a usual unit;
 *     {@link Unit#NONE} when there is none
 */
record Header(String text, String name, Unit unit) {

  private static final Pattern WITH_UNIT =
      Pattern.compile(
          "(.*\\S)\\s*([\\[\uFF3B\u3010\uFF08(])\\s*([^\\[\\]\uFF3B\uFF3D\u3010\u3011\uFF08\uFF09()]{1,40}?)\\s*[\\]\uFF3D\u3011\uFF09)]");

  /** Other ways to write a unit of UCUM; this is spelling, nothing is converted. */
  private static final Map<String, String> SPELLED =
      Map.of(
          "\u2103",
          "Cel",
          "\u00B0C",
          "Cel",
          "\u2109",
          "[degF]",
          "\u00B0F",
          "[degF]",
          "N\u00B7m",
          "N.m",
          "\u03BCm",
          "um",
          "\u00B5m",
          "um",
          "m\u00B3/h",
          "m3/h",
          "\u03A9",
          "Ohm");

  /** What round brackets of ASCII must hold to be taken for the brackets of a unit. */
  private static final Set<String> USUAL =
      Set.of(
          "Cel", "[degF]", "K", "%", "Pa", "kPa", "MPa", "bar", "mbar", "N", "kN", "N.m", "Nm",
          "rpm", "r/min", "um", "mm", "cm", "m", "ms", "s", "min", "h", "mA", "A", "mV", "V", "kV",
          "W", "kW", "kWh", "Hz", "kHz", "mm/s", "m/s", "g", "kg", "t", "L", "l", "L/min", "m3/h",
          "dB", "ppm", "Ohm");

  /** A unit as UCUM spells it, where that is known. */
  static String spelled(String symbol) {
    return SPELLED.getOrDefault(symbol, symbol);
  }

  static boolean isUsual(String symbol) {
    return USUAL.contains(symbol);
  }

  static Header of(String field) {
    String text = strip(field);
    String month = TimeText.month(NumberText.plain(text));
    if (month != null) {
      return new Header(month, month, Unit.NONE);
    }
    Matcher matcher = WITH_UNIT.matcher(text);
    if (matcher.matches()) {
      String symbol = NumberText.plain(matcher.group(3));
      symbol = spelled(symbol);
      if (!matcher.group(2).equals("(") || USUAL.contains(symbol)) {
        return new Header(text, matcher.group(1), Unit.of(symbol));
      }
    }
    return new Header(text, text, Unit.NONE);
  }

  /**
   * The headings of a source; refuses too many, empty ones, the same ones, and a row of readings in
   * their place.
   */
  static List<Header> all(Rows source, long line, List<String> fields, int most) {
    if (fields.size() > most) {
      throw source.bad(
          line,
          fields.size() + " headings, but at most " + most + " columns are read",
          "raise the bound, or split the file");
    }
    List<Header> headers = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (String field : fields) {
      Header header = of(field);
      if (header.text().isEmpty()) {
        throw source.bad(
            line,
            "heading " + (headers.size() + 1) + " is empty",
            "the line ends in a separator, or a column has no name");
      }
      if (!names.add(header.text())) {
        throw source.bad(line, "two headings are \"" + header.text() + "\"", "rename one of them");
      }
      headers.add(header);
    }
    if (readings(headers)) {
      throw source.bad(
          line,
          "all headings are numbers, such as \"" + headers.get(0).text() + "\"",
          "the file has no line of headings, and its first readings would be lost: name the columns"
              + " in the first line");
    }
    return headers;
  }

  /** Whether all are numbers, and do not merely count the columns. */
  private static boolean readings(List<Header> headers) {
    boolean counted = headers.size() > 1;
    for (int i = 0; i < headers.size(); i++) {
      String text = NumberText.plain(headers.get(i).text());
      if (NumberText.kind(text) == NumberText.Kind.WORD) {
        return false;
      }
      counted &= text.equals(Integer.toString(i)) || text.equals(Integer.toString(i + 1));
    }
    return !headers.isEmpty() && !counted;
  }

  private static String strip(String field) {
    int from = 0;
    int to = field.length();
    while (from < to && NumberText.blank(field.charAt(from))) {
      from++;
    }
    while (to > from && NumberText.blank(field.charAt(to - 1))) {
      to--;
    }
    return field.substring(from, to);
  }
}
