package io.millwright.core.learn.text;

import io.millwright.api.learn.Split;
import io.millwright.api.text.TextPair;
import io.millwright.core.learn.Parts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Which texts are the same (duplicates) but for case and blanks. They are judged together, so that
 * the figures tell how well texts are read, not how well they are remembered. Pairs are judged
 * together when they share a text, directly or through others, unless that would leave one family
 * too large for a fold; then only those of the same two texts.
 *
 * @param of for each text the number of its family
 * @param firsts the first text of each family
 */
record SameTexts(int[] of, List<Integer> firsts) {

  /** No family of pairs may hold more than this share of them, else folds would be uneven. */
  private static final double LARGEST = 0.1;

  static SameTexts of(List<?> inputs) {
    List<String> wordings = new ArrayList<>();
    for (Object input : inputs) {
      if (input instanceof TextPair pair) {
        String one = wording(pair.one());
        String other = wording(pair.other());
        wordings.add(one.compareTo(other) < 0 ? one + "\n" + other : other + "\n" + one);
      } else {
        wordings.add(wording(input));
      }
    }
    SameTexts families = families(sharing(inputs, wordings));
    int[] sizes = new int[families.firsts.size()];
    Arrays.stream(families.of).forEach(f -> sizes[f]++);
    boolean uneven = Arrays.stream(sizes).anyMatch(n -> n > Math.max(2, LARGEST * inputs.size()));
    return uneven ? families(wordings) : families;
  }

  private static String wording(Object text) {
    return String.valueOf(text).strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
  }

  private static SameTexts families(List<String> names) {
    Map<String, Integer> known = new HashMap<>();
    List<Integer> firsts = new ArrayList<>();
    int[] of = new int[names.size()];
    for (int i = 0; i < of.length; i++) {
      Integer before = known.putIfAbsent(names.get(i), firsts.size());
      of[i] = before == null ? firsts.size() : before;
      if (before == null) {
        firsts.add(i);
      }
    }
    return new SameTexts(of, firsts);
  }

  /** For each pair one text of all that it is joined with; other inputs as they are worded. */
  private static List<String> sharing(List<?> inputs, List<String> wordings) {
    Map<String, String> above = new HashMap<>();
    for (Object input : inputs) {
      if (input instanceof TextPair pair) {
        above.put(root(above, wording(pair.one())), root(above, wording(pair.other())));
      }
    }
    List<String> names = new ArrayList<>();
    for (int i = 0; i < wordings.size(); i++) {
      names.add(
          inputs.get(i) instanceof TextPair pair
              ? root(above, wording(pair.one()))
              : wordings.get(i));
    }
    return names;
  }

  private static String root(Map<String, String> above, String text) {
    String at = text;
    for (String next = above.getOrDefault(at, at);
        !next.equals(at);
        next = above.getOrDefault(at, at)) {
      above.put(at, above.getOrDefault(next, next));
      at = next;
    }
    return at;
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
