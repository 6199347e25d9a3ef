package io.millwright.runtime.words;

import java.util.ArrayList;
import java.util.List;

/**
 * Divides a text into words: runs of letters and digits (with an apostrophe or a hyphen inside),
 * and each ideograph for itself, since Chinese and Japanese write no blanks. Other marks are no
 * words.
 */
public final class Words {

  private Words() {}

  /**
   * A word.
   *
   * @param start its first character in the text
   * @param end the character behind its last
   */
  public record Word(int start, int end) {
    /** The word as it stands in its text. */
    public String in(String text) {
      return text.substring(start, end);
    }
  }

  /** The words of a text, in order. */
  public static List<Word> of(String text) {
    return of(text, false);
  }

  /** The words of a text and, where asked for, its other marks, each for itself. */
  public static List<Word> of(String text, boolean marks) {
    List<Word> words = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      int point = text.codePointAt(at);
      int next = at + Character.charCount(point);
      if (Character.isIdeographic(point)) {
        words.add(new Word(at, next));
      } else if (Character.isLetterOrDigit(point)) {
        next = end(text, next);
        words.add(new Word(at, next));
      } else if (marks && !Character.isWhitespace(point)) {
        words.add(new Word(at, next));
      }
      at = next;
    }
    return words;
  }

  private static int end(String text, int from) {
    int at = from;
    while (at < text.length()) {
      int point = text.codePointAt(at);
      int next = at + Character.charCount(point);
      if (Character.isIdeographic(point)) {
        return at;
      }
      boolean inside =
          (point == '\'' || point == '-' || point == '\u2019')
              && next < text.length()
              && Character.isLetterOrDigit(text.codePointAt(next))
              && !Character.isIdeographic(text.codePointAt(next));
      int kind = Character.getType(point);
      boolean accent =
          kind == Character.NON_SPACING_MARK || kind == Character.COMBINING_SPACING_MARK;
      if (!Character.isLetterOrDigit(point) && !inside && !accent) {
        return at;
      }
      at = next;
    }
    return at;
  }
}
