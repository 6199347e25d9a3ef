package io.millwright.runtime.tables;

import org.jspecify.annotations.Nullable;

/** How people and machines write numbers: what a cell could mean, and what it means. */
final class NumberText {

  /** What a cell can be as a number. */
  enum Kind {
    /** No number at all. */
    WORD,
    /** Reads the same whatever the marks are. */
    PLAIN,
    /** A number only when the point is the decimal mark. */
    POINT,
    /** A number only when the comma is the decimal mark. */
    COMMA,
    /** {@code 1.302}: one and a bit, or over a thousand. */
    EITHER_POINT,
    /** {@code 1,302}: over a thousand, or one and a bit. */
    EITHER_COMMA,
    /** Beyond all numbers, written as a word or too large. */
    INFINITE
  }

  /** No mark between thousands is stated: any that fits is taken. */
  static final char ANY = 0;

  private static final int EXACT_DIGITS = 15;

  private NumberText() {}

  /** A cell without blanks at its ends and with full-width characters made plain. */
  static String plain(String cell) {
    int from = 0;
    int to = cell.length();
    while (from < to && blank(cell.charAt(from))) {
      from++;
    }
    while (to > from && blank(cell.charAt(to - 1))) {
      to--;
    }
    String text = from == 0 && to == cell.length() ? cell : cell.substring(from, to);
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= '\u2000') {
        return narrow(text);
      }
    }
    return text;
  }

  private static String narrow(String text) {
    StringBuilder narrow = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= '\uFF01' && c <= '\uFF5E') {
        c = (char) (c - 0xFEE0);
      } else if (c == '\u2212') {
        c = '-';
      } else if (c == '\u3000') {
        c = ' ';
      }
      narrow.append(c);
    }
    return narrow.toString();
  }

  static boolean blank(char c) {
    return c <= ' '
        || c == '\u00A0'
        || c == '\u3000'
        || c == '\uFEFF'
        || (c > '\u007F' && Character.isWhitespace(c));
  }

  /** What a plain text can be. */
  static Kind kind(String text) {
    int n = text.length();
    String turned = turned(text);
    if (turned != null) {
      return kind(turned);
    }
    int at = n > 0 && (text.charAt(0) == '-' || text.charAt(0) == '+') ? 1 : 0;
    int first = at;
    while (at < n && digit(text.charAt(at))) {
      at++;
    }
    int whole = at - first;
    if (at == n) {
      return whole > 0 ? Kind.PLAIN : Kind.WORD;
    }
    if (whole == 0 && text.charAt(at) != '.' && text.charAt(at) != ',') {
      return infinite(text, first) ? Kind.INFINITE : Kind.WORD;
    }
    char mark = text.charAt(at);
    if (mark == '.' || mark == ',') {
      int behind = at + 1;
      int end = behind;
      while (end < n && digit(text.charAt(end))) {
        end++;
      }
      int part = end - behind;
      if (end == n) {
        if (whole + part == 0) {
          return Kind.WORD;
        }
        if (whole >= 1 && whole <= 3 && part == 3 && text.charAt(first) != '0') {
          return mark == '.' ? Kind.EITHER_POINT : Kind.EITHER_COMMA;
        }
        return mark == '.' ? Kind.POINT : Kind.COMMA;
      }
    }
    return slow(text, first);
  }

  /**
   * A number below zero as books and SAP write it, {@code 20.32-} or {@code (20.32)}, with its sign
   * in front; null for anything else, and for a single digit, which may be a grade.
   */
  static @Nullable String turned(String text) {
    int n = text.length();
    if (n < 3 || (text.charAt(n - 1) != '-' && text.charAt(n - 1) != ')')) {
      return null;
    }
    boolean behind = text.charAt(n - 1) == '-';
    if (!behind && text.charAt(0) != '(') {
      return null;
    }
    String number = text.substring(behind ? 0 : 1, n - 1).strip();
    int digits = 0;
    for (int i = 0; i < number.length(); i++) {
      char c = number.charAt(i);
      if (!digit(c) && !separates(c)) {
        return null;
      }
      digits += digit(c) ? 1 : 0;
    }
    // Names begin with zeros, numbers below one have a decimal mark.
    return digits < 2 || code(number) || !digit(number.charAt(0)) ? null : "-" + number;
  }

  private static Kind slow(String text, int first) {
    boolean point = !Double.isNaN(value(text, '.', ANY));
    boolean comma = !Double.isNaN(value(text, ',', ANY));
    if (!point && !comma) {
      return Kind.WORD;
    }
    if (Double.isInfinite(value(text, point ? '.' : ',', ANY))) {
      return Kind.INFINITE;
    }
    if (point && comma) {
      boolean marked = text.indexOf('.', first) >= 0 || text.indexOf(',', first) >= 0;
      return !marked ? Kind.PLAIN : text.indexOf('.') >= 0 ? Kind.EITHER_POINT : Kind.EITHER_COMMA;
    }
    return point ? Kind.POINT : Kind.COMMA;
  }

  private static boolean infinite(String text, int first) {
    String word = text.substring(first);
    return word.equalsIgnoreCase("infinity")
        || word.equalsIgnoreCase("inf")
        || word.equals("\u221E");
  }

  /**
   * Whether a number without marks is rather a code: it begins with a zero, or has more digits than
   * a double can hold.
   */
  static boolean code(String text) {
    int n = text.length();
    if (n < 2) {
      return false;
    }
    int from = text.charAt(0) == '-' || text.charAt(0) == '+' ? 1 : 0;
    if (n - from <= EXACT_DIGITS && (from > 0 || text.charAt(0) != '0')) {
      return false;
    }
    for (int i = from; i < n; i++) {
      if (!digit(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /**
   * The value of a plain text.
   *
   * @param decimal the decimal mark
   * @param thousands the mark between thousands; {@link #ANY} for whatever fits
   * @return the value, possibly infinite; NaN when it is no number
   */
  static double value(String text, char decimal, char thousands) {
    String turned = turned(text);
    if (turned != null) {
      return value(turned, decimal, thousands);
    }
    int n = text.length();
    int first = n > 0 && (text.charAt(0) == '-' || text.charAt(0) == '+') ? 1 : 0;
    if (first == n) {
      return Double.NaN;
    }
    StringBuilder digits = null;
    char between = 0;
    int group = 0;
    int groups = 0;
    int part = -1;
    int at = first;
    for (; at < n; at++) {
      char c = text.charAt(at);
      if (digit(c)) {
        if (part >= 0) {
          part++;
        } else {
          group++;
        }
      } else if (c == decimal && part < 0) {
        part = 0;
        if (c != '.' && digits == null) {
          digits = new StringBuilder(n).append(text, 0, at);
        }
        if (digits != null) {
          digits.append('.');
        }
        continue;
      } else if (part < 0 && separates(c) && (thousands == ANY || same(c, thousands))) {
        boolean fits =
            groups == 0
                ? group >= 1 && group <= 3 && text.charAt(first) != '0'
                : group == 3 && c == between;
        if (!fits) {
          return Double.NaN;
        }
        between = c;
        groups++;
        group = 0;
        if (digits == null) {
          digits = new StringBuilder(n).append(text, 0, at);
        }
        continue;
      } else {
        break;
      }
      if (digits != null) {
        digits.append(c);
      }
    }
    if ((groups > 0 && group != 3) || (groups == 0 && group + Math.max(0, part) == 0)) {
      return at == first && infinite(text, first)
          ? (text.charAt(0) == '-' ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY)
          : Double.NaN;
    }
    if (at < n && !exponent(text, at)) {
      return Double.NaN;
    }
    if (digits != null) {
      digits.append(text, at, n);
    }
    return Double.parseDouble(digits == null ? text : digits.toString());
  }

  private static boolean exponent(String text, int at) {
    int n = text.length();
    if (text.charAt(at) != 'e' && text.charAt(at) != 'E') {
      return false;
    }
    int i = at + 1;
    if (i < n && (text.charAt(i) == '-' || text.charAt(i) == '+')) {
      i++;
    }
    int from = i;
    while (i < n && digit(text.charAt(i))) {
      i++;
    }
    return i == n && i > from;
  }

  private static boolean digit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean separates(char c) {
    return c == ',' || c == '.' || c == '\'' || c == '\u2019' || gap(c);
  }

  private static boolean gap(char c) {
    return c == ' ' || c == '\u00A0' || c == '\u202F' || c == '\u2009';
  }

  private static boolean same(char c, char stated) {
    return c == stated || (gap(c) && gap(stated)) || (apostrophe(c) && apostrophe(stated));
  }

  private static boolean apostrophe(char c) {
    return c == '\'' || c == '\u2019';
  }
}
