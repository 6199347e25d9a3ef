package io.millwright.api.assist;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers in texts. */
final class Numbers {

  /**
   * Digits with thousands marks and a decimal point, an exponent, a percent sign or word; the
   * numbers of a list and digits inside a word such as P12 are none. Scripts that set no blanks
   * between words do not make a word of a number.
   */
  private static final Pattern NUMBER =
      Pattern.compile(
          "(?<![\\p{L}&&[^\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsHangul}\\p{IsThai}]])(?<![0-9_.])"
              + "[-\u2212]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)"
              + "(?:\\.[0-9]+)?(?:[eE][-+]?[0-9]{1,3})?(\\s?(?:%|(?i:per\\s?cent|prozent)\\b))?");

  private static final Pattern LISTED = Pattern.compile("(?m)^\\s*[0-9]{1,2}[.)]\\s");

  /**
   * A number in a text.
   *
   * @param start its first character
   * @param end the character behind it
   * @param value its value, without regard to a percent sign
   * @param unit the size of its last digit
   * @param percent whether a percent sign follows
   */
  record Found(int start, int end, double value, double unit, boolean percent) {
    /** Whether a value is this number when it is rounded to its digits. */
    boolean is(double other) {
      return Double.isFinite(other)
          && (Math.abs(other - value) <= 0.5 * unit * (1 + 1e-9)
                  && (unit < 1 || Math.abs(other - value) < 0.5 + 1e-9)
              || Math.abs(other - value) <= 1e-9 * Math.abs(value));
    }
  }

  private Numbers() {}

  static List<Found> in(String given) {
    // Digits and signs of any script and width become plain ones; at[i] is where i stood.
    StringBuilder same = new StringBuilder(given.length());
    int[] at = new int[given.length() + 1];
    for (int i = 0; i < given.length(); i += Character.charCount(given.codePointAt(i))) {
      at[same.length()] = i;
      same.append(plain(given.codePointAt(i)));
    }
    at[same.length()] = given.length();
    String text = same.toString();
    List<int[]> listed = new ArrayList<>();
    Matcher items = LISTED.matcher(text);
    while (items.find()) {
      listed.add(new int[] {items.start(), items.end()});
    }
    List<Found> all = new ArrayList<>();
    Matcher matcher = NUMBER.matcher(text);
    while (matcher.find()) {
      int start = matcher.start();
      if (listed.stream().anyMatch(l -> start >= l[0] && start < l[1])) {
        continue;
      }
      String written = matcher.group();
      boolean percent = matcher.group(1) != null;
      String digits =
          (percent ? written.substring(0, matcher.start(1) - start) : written)
              .replace(",", "")
              .replace('\u2212', '-');
      // A dash between two numbers is "to", not minus.
      boolean range = digits.startsWith("-") && start > 0 && digit(text.charAt(start - 1));
      digits = range ? digits.substring(1) : digits;
      all.add(
          new Found(
              at[start], at[matcher.end()], Double.parseDouble(digits), unit(digits), percent));
    }
    return all;
  }

  /** One character: a digit of any script as 0 to 9, what has a plain form of one character so. */
  private static char plain(int point) {
    if (Character.isDigit(point)) {
      return (char) ('0' + Character.digit(point, 10));
    }
    String form = Normalizer.normalize(Character.toString(point), Normalizer.Form.NFKC);
    char first = form.charAt(0);
    // Two characters or more (such as the fraction one half) are no digit of a number.
    return form.length() == 1 ? first : Character.isLetter(point) ? 'x' : ' ';
  }

  private static boolean digit(char c) {
    return c >= '0' && c <= '9';
  }

  private static double unit(String digits) {
    int exponent = digits.toLowerCase(java.util.Locale.ROOT).indexOf('e');
    double scale =
        exponent < 0 ? 1 : Math.pow(10, Integer.parseInt(digits.substring(exponent + 1)));
    String mantissa = exponent < 0 ? digits : digits.substring(0, exponent);
    int point = mantissa.indexOf('.');
    return scale * (point < 0 ? 1 : Math.pow(10, -(mantissa.length() - point - 1)));
  }
}
