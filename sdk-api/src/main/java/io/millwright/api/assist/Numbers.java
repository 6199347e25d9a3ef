package io.millwright.api.assist;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers in texts. */
final class Numbers {

  /**
   * Digits with thousands marks and a decimal point, an exponent, a percent sign; the numbers of a
   * list and digits inside a word such as P12 are none.
   */
  private static final Pattern NUMBER =
      Pattern.compile(
          "(?<![\\p{L}\\p{Nd}_.])[-\u2212]?(?:\\p{Nd}{1,3}(?:,\\p{Nd}{3})+|\\p{Nd}+)"
              + "(?:\\.\\p{Nd}+)?(?:[eE][-+]?\\p{Nd}{1,3})?(\\s?%)?");

  private static final Pattern LISTED = Pattern.compile("(?m)^\\s*\\p{Nd}{1,2}[.)]\\s");

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
    // Full-width digits become plain ones of the same length, so that places stay.
    StringBuilder same = new StringBuilder(given.length());
    for (int i = 0; i < given.length(); i++) {
      String plain = Normalizer.normalize(String.valueOf(given.charAt(i)), Normalizer.Form.NFKC);
      same.append(plain.length() == 1 ? plain : String.valueOf(given.charAt(i)));
    }
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
      String digits = written.replace(",", "").replace("%", "").replace('\u2212', '-').strip();
      // A dash between two numbers is "to", not minus.
      boolean range = digits.startsWith("-") && start > 0 && digit(text.charAt(start - 1));
      digits = range ? digits.substring(1) : digits;
      all.add(new Found(start, matcher.end(), Double.parseDouble(digits), unit(digits), percent));
    }
    return all;
  }

  private static boolean digit(char c) {
    return Character.isDigit(c);
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
