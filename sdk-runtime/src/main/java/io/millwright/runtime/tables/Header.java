package io.millwright.runtime.tables;

import io.millwright.api.data.Unit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The heading of a column.
 *
 * @param text all of it
 * @param name the part before the unit
 * @param unit the unit in brackets at the end; {@link Unit#NONE} when there is none
 */
record Header(String text, String name, Unit unit) {

  private static final Pattern WITH_UNIT =
      Pattern.compile("(.*\\S)\\s*\\[\\s*([^\\[\\]]{1,40}?)\\s*\\]");

  static Header of(String field) {
    String text = field.strip();
    Matcher matcher = WITH_UNIT.matcher(text);
    return matcher.matches()
        ? new Header(text, matcher.group(1), Unit.of(matcher.group(2)))
        : new Header(text, text, Unit.NONE);
  }
}
