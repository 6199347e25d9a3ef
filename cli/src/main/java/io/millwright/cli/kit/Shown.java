package io.millwright.cli.kit;

/** Makes text from files and models harmless where it is shown. */
public final class Shown {

  private Shown() {}

  /**
   * The text with everything that commands a terminal written out: control characters (ECMA-48) and
   * those that turn the direction of writing. Line ends and tabs stay.
   */
  public static String plain(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n' || c == '\t' || !commands(c)) {
        shown.append(c);
      } else {
        shown.append(String.format("\\u%04x", (int) c));
      }
    }
    return shown.toString();
  }

  private static boolean commands(char c) {
    return c < ' '
        || (c >= '\u007F' && c <= '\u009F')
        || c == '\u061C'
        || c == '\u200E'
        || c == '\u200F'
        || (c >= '\u202A' && c <= '\u202E')
        || (c >= '\u2066' && c <= '\u2069');
  }
}
