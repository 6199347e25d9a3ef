package io.millwright.core.learn.text;

import io.millwright.api.learn.Split;
import io.millwright.core.learn.Parts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Which texts are the same (duplicates) but for case and blanks. They are judged together, so that
 * the figures tell how well texts are read, not how well they are remembered.
 *
 * @param of for each text the number of its wording
 * @param firsts the first text of each wording
 */
record SameTexts(int[] of, List<Integer> firsts) {

  static SameTexts of(List<?> inputs) {
    Map<String, Integer> wordings = new HashMap<>();
    List<Integer> firsts = new ArrayList<>();
    int[] of = new int[inputs.size()];
    for (int i = 0; i < of.length; i++) {
      String wording =
          String.valueOf(inputs.get(i)).strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
      Integer known = wordings.putIfAbsent(wording, firsts.size());
      if (known == null) {
        firsts.add(i);
      }
      of[i] = known == null ? firsts.size() - 1 : known;
    }
    return new SameTexts(of, firsts);
  }

  /**
   * The folds of a split; by row texts of one wording stand in one fold.
   *
   * @param groups what each text belongs to
   * @param classes the class of each text, or empty
   */
  List<Parts.Fold> folds(Split split, List<String> groups, List<Integer> classes, long key) {
    if (!together(split)) {
      return Parts.of(split, groups, classes, false, key);
    }
    return Parts.of(split, firstOf(groups), firstOf(classes), false, key).stream()
        .map(f -> new Parts.Fold(spread(f.judged()), spread(f.validation()), spread(f.learnt())))
        .toList();
  }

  private boolean together(Split split) {
    return split.by() == Split.By.ROW && firsts.size() >= Math.max(2, split.folds());
  }

  private <T> List<T> firstOf(List<T> all) {
    return all.isEmpty() ? all : firsts.stream().map(all::get).toList();
  }

  private boolean[] spread(boolean[] wordings) {
    boolean[] texts = new boolean[of.length];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = wordings[of[i]];
    }
    return texts;
  }

  /** What the protocol says of them; empty where each text stands once. */
  String said(Split split) {
    int copies = of.length - firsts.size();
    return copies == 0 || !together(split)
        ? ""
        : ", " + copies + " of " + of.length + " texts judged together with the same text";
  }
}
