package io.millwright.runtime.tables;

import java.io.IOException;
import java.io.Reader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The character between cells.
 *
 * @param mark the character
 * @param why what made it so
 */
record Separator(char mark, String why) {

  private static final String KNOWN = ",;\t|";
  private static final int HEAD = 1 << 16;
  private static final int LINES = 50;
  private static final Pattern STATED = Pattern.compile("(?i)sep=([,;\t|])[\r\n]");
  private static final Pattern DECIMAL_COMMA = Pattern.compile("[+-]?\\d*,\\d+");

  /**
   * What a first line such as {@code sep=;} says, as Excel reads and writes it; else the most
   * frequent of the known ones in the heading, quoted text left out.
   */
  static Separator of(Reader text) throws IOException {
    StringBuilder head = new StringBuilder();
    char[] buffer = new char[8192];
    for (int n = text.read(buffer); n > 0 && head.length() < HEAD; n = text.read(buffer)) {
      head.append(buffer, 0, n);
    }
    Matcher stated = STATED.matcher(head);
    if (stated.lookingAt()) {
      return new Separator(stated.group(1).charAt(0), "the first line states it");
    }
    int from = 0;
    while (from < head.length() && (head.charAt(from) == '\n' || head.charAt(from) == '\r')) {
      from++;
    }
    int[] counts = new int[KNOWN.length()];
    int end = count(head, from, counts);
    int best = 0;
    for (int i = 1; i < counts.length; i++) {
      best = counts[i] > counts[best] ? i : best;
    }
    if (counts[best] > 0) {
      return new Separator(
          KNOWN.charAt(best), "it stands " + counts[best] + " times in the heading");
    }
    // A single column: a comma in its cells can only be a decimal mark.
    boolean commas = false;
    boolean numbers = true;
    for (String line : head.substring(end).lines().limit(LINES).toList()) {
      boolean has = line.indexOf(',') >= 0;
      commas |= has;
      numbers &= !has || DECIMAL_COMMA.matcher(line.strip()).matches();
    }
    return commas && numbers
        ? new Separator(';', "there is one column, of numbers with a decimal comma")
        : new Separator(',', "there is one column");
  }

  private static int count(CharSequence text, int from, int[] counts) {
    boolean quoted = false;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!quoted && (c == '\n' || c == '\r')) {
        return i;
      }
      if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && KNOWN.indexOf(c) >= 0) {
        counts[KNOWN.indexOf(c)]++;
      }
    }
    return text.length();
  }

  /** How a person calls it. */
  String word() {
    return switch (mark) {
      case ',' -> "comma";
      case ';' -> "semicolon";
      case '\t' -> "tab";
      case '|' -> "bar";
      default -> "\"" + mark + "\"";
    };
  }
}
