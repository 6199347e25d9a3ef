package io.millwright.runtime.words;

import java.text.Normalizer;
import java.util.Locale;

/**
 * Brings texts into one form: Unicode NFKC (which makes full-width letters and digits plain), small
 * letters, one blank for each run of blanks and controls. Immutable and thread-safe.
 *
 * @param digits what becomes of digits
 */
public record Normaliser(Digits digits) {

  /** No text counts beyond so many characters. */
  public static final int LONGEST = 1 << 14;

  /** What becomes of digits. */
  public enum Digits {
    /** They stay. */
    KEPT,
    /** Each becomes 0, so that numbers count by their shape alone. */
    MASKED
  }

  /** The normal form; cut at {@link #LONGEST} characters. */
  public String of(String text) {
    String cut = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    String plain = Normalizer.normalize(cut, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    StringBuilder normal = new StringBuilder(plain.length());
    boolean blank = false;
    for (int i = 0; i < plain.length(); i++) {
      char c = plain.charAt(i);
      if (Character.isWhitespace(c) || Character.isISOControl(c) || Character.isSpaceChar(c)) {
        blank = !normal.isEmpty();
        continue;
      }
      if (blank) {
        normal.append(' ');
        blank = false;
      }
      normal.append(digits == Digits.MASKED && Character.isDigit(c) ? '0' : c);
    }
    return normal.toString();
  }
}
