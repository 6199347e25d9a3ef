package io.millwright.scheduling;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.util.ArrayList;
import java.util.List;

/**
 * The words of a file in which line breaks say nothing, one after the other; complaints name the
 * line they are met in.
 */
final class Words {

  private final String name;
  private final List<String> words = new ArrayList<>();
  private final List<Integer> lines = new ArrayList<>();
  private int next;

  /**
   * @param name the file's, for complaints
   * @param text its text
   * @param comment what lines begin with that say nothing; empty for none
   */
  Words(String name, String text, String comment) {
    this.name = name;
    int line = 0;
    for (String raw : text.lines().toList()) {
      line++;
      if (!comment.isEmpty() && raw.strip().startsWith(comment)) {
        continue;
      }
      for (String word : raw.strip().split("\\s+", -1)) {
        if (!word.isEmpty()) {
          words.add(word);
          lines.add(line);
        }
      }
    }
  }

  String name() {
    return name;
  }

  MillwrightException bad(String message) {
    int line = lines.isEmpty() ? 1 : lines.get(Math.max(0, Math.min(next, lines.size()) - 1));
    return new MillwrightException(
        ErrorCode.BAD_FILE,
        name + ", line " + line + ": " + message + "\nMaybe the file has another format");
  }

  /** The next word, a whole number within bounds. */
  int number(String what, int least, int most) {
    if (next == words.size()) {
      throw bad("the file ends before " + what);
    }
    String word = words.get(next++);
    try {
      int value = Integer.parseInt(word);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw bad("\"" + word + "\" is not a whole number");
    }
    throw bad(what + " is " + word + ", but must lie between " + least + " and " + most);
  }

  /** Nothing may stand behind the last part. */
  void end(String last) {
    if (next < words.size()) {
      next++;
      throw bad("behind " + last + " stands \"" + words.get(next - 1) + "\"");
    }
  }
}
