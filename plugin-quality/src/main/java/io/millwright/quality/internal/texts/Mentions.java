package io.millwright.quality.internal.texts;

import io.millwright.quality.QualityTexts.Mention;
import io.millwright.quality.QualityTexts.Term;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Looks the words of a vocabulary up in texts. */
final class Mentions {

  private static final List<String> ENDINGS = List.of("ing", "ed", "es", "s");
  private static final int STEM = 3;
  private static final int ONE_WRONG = 5;
  private static final int TWO_WRONG = 9;

  private final List<Term> terms;
  private final List<List<String>> words = new ArrayList<>();

  /**
   * How far a word of a text is from one of the vocabulary: 0, 1 for letters wrong, 2 for other.
   */
  private final Map<String, Map<String, Integer>> known = new HashMap<>();

  Mentions(List<Term> vocabulary) {
    terms =
        vocabulary.stream()
            .filter(t -> !Words.of(t.word()).all().isEmpty())
            .sorted(Comparator.comparingInt((Term t) -> Words.of(t.word()).all().size()).reversed())
            .toList();
    terms.forEach(t -> words.add(Words.of(t.word()).all()));
  }

  List<Mention> of(String text) {
    Words read = Words.of(text);
    List<Mention> out = new ArrayList<>();
    int at = 0;
    while (at < read.all().size()) {
      int best = -1;
      int wrong = 2;
      for (int k = 0; k < words.size(); k++) {
        boolean shorter = best >= 0 && words.get(k).size() < words.get(best).size();
        int off = shorter ? 2 : off(words.get(k), read.all(), at);
        if (off < wrong) {
          wrong = off;
          best = k;
        }
      }
      if (best < 0) {
        at++;
        continue;
      }
      int last = at + words.get(best).size() - 1;
      Term term = terms.get(best);
      out.add(
          new Mention(
              read.starts().get(at), read.ends().get(last), term.kind(), term.term(), wrong == 0));
      at = last + 1;
    }
    return out;
  }

  private int off(List<String> term, List<String> text, int at) {
    if (at + term.size() > text.size()) {
      return 2;
    }
    int most = 0;
    for (int i = 0; i < term.size(); i++) {
      String word = text.get(at + i);
      int off =
          known
              .computeIfAbsent(word, k -> new HashMap<>())
              .computeIfAbsent(term.get(i), k -> off(k, word));
      most = Math.max(most, off);
      if (most == 2) {
        return 2;
      }
    }
    return most;
  }

  private static int off(String term, String word) {
    if (!Collections.disjoint(stems(term), stems(word))) {
      return 0;
    }
    int shorter = Math.min(term.length(), word.length());
    int allowed = shorter >= TWO_WRONG ? 2 : shorter >= ONE_WRONG ? 1 : 0;
    boolean number = word.chars().anyMatch(Character::isDigit);
    return !number
            && Math.abs(term.length() - word.length()) <= allowed
            && distance(term, word) <= allowed
        ? 1
        : 2;
  }

  /** The word, and what is left without each ending. */
  private static Set<String> stems(String word) {
    Set<String> out = new HashSet<>(Set.of(word));
    for (String ending : ENDINGS) {
      if (word.endsWith(ending) && word.length() - ending.length() >= STEM) {
        out.add(word.substring(0, word.length() - ending.length()));
      }
    }
    return out;
  }

  /** Letters changed, left out, put in, or two neighbours swapped (Damerau 1964). */
  private static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(d[i - 1][j - 1] + change, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        d[i][j] = swapped ? Math.min(d[i][j], d[i - 2][j - 2] + 1) : d[i][j];
      }
    }
    return d[a.length()][b.length()];
  }
}
