package io.millwright.cli;

/**
 * Texts as they may reach a terminal: names come from files, and a file may hold escape sequences
 * that clear the screen, rename the window or hide what follows. They are shown instead of obeyed.
 */
final class Harmless {
  private Harmless() {}

  /** The text with every control character but line feed and tab as {@code \}{@code u001b}. */
  static String text(String text) {
    StringBuilder shown = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isHarmful(c)) {
        if (shown == null) {
          shown = new StringBuilder(text.length() + 16).append(text, 0, i);
        }
        shown.append(String.format("\\u%04x", (int) c));
      } else if (shown != null) {
        shown.append(c);
      }
    }
    return shown == null ? text : shown.toString();
  }

  /** Controls of both kinds, and marks that turn the direction of writing. */
  private static boolean isHarmful(char c) {
    return (Character.isISOControl(c) && c != '\n' && c != '\t')
        || (c >= '\u202a' && c <= '\u202e')
        || (c >= '\u2066' && c <= '\u2069');
  }
}
