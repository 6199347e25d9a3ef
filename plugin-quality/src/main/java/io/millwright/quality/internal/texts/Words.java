package io.millwright.quality.internal.texts;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The words of a text, in lower case, with their places; each Chinese character is one. */
record Words(List<String> all, List<Integer> starts, List<Integer> ends) {

  static Words of(String text) {
    List<String> all = new ArrayList<>();
    List<Integer> starts = new ArrayList<>();
    List<Integer> ends = new ArrayList<>();
    int from = -1;
    for (int i = 0; i <= text.length(); i++) {
      boolean inside = i < text.length() && Character.isLetterOrDigit(text.charAt(i));
      boolean alone = inside && Character.isIdeographic(text.charAt(i));
      if (from >= 0 && (!inside || alone)) {
        all.add(text.substring(from, i).toLowerCase(Locale.ROOT));
        starts.add(from);
        ends.add(i);
        from = -1;
      }
      if (alone) {
        all.add(text.substring(i, i + 1));
        starts.add(i);
        ends.add(i + 1);
      } else if (inside && from < 0) {
        from = i;
      }
    }
    return new Words(all, starts, ends);
  }

  static boolean chinese(String word) {
    return word.length() == 1 && Character.isIdeographic(word.charAt(0));
  }
}
