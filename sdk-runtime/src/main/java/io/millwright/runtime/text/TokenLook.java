package io.millwright.runtime.text;

import io.millwright.runtime.words.Normaliser;
import io.millwright.runtime.words.Words;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a chain sees of each word of a text, as hashed keys: the word, its neighbours, its
 * beginning, end and inside, and how it is written.
 */
public final class TokenLook {

  private static final int FNV_START = 0x811C9DC5;
  private static final int FNV_PRIME = 0x01000193;
  private static final int AFFIX = 5;
  private static final int PIECE = 3;

  private TokenLook() {}

  /** The keys of each word, sorted, without repeats. */
  public static int[][] of(String text, List<Words.Word> words) {
    Normaliser normaliser = new Normaliser(Normaliser.Digits.MASKED);
    List<String> plain = new ArrayList<>();
    for (Words.Word word : words) {
      plain.add(normaliser.of(word.in(text)));
    }
    int[][] all = new int[words.size()][];
    for (int t = 0; t < all.length; t++) {
      all[t] = keys(text, words, plain, t);
    }
    return all;
  }

  private static int[] keys(String text, List<Words.Word> words, List<String> plain, int t) {
    Keys keys = new Keys();
    String word = plain.get(t);
    keys.add("w", word);
    for (int d = -3; d <= 3; d++) {
      if (d != 0) {
        keys.add("w" + d, at(plain, t + d));
      }
    }
    keys.add("p", at(plain, t - 1) + " " + word);
    keys.add("n", word + " " + at(plain, t + 1));
    keys.add("pn", at(plain, t - 1) + " " + at(plain, t + 1));
    keys.add("pp", at(plain, t - 2) + " " + at(plain, t - 1));
    keys.add("nn", at(plain, t + 1) + " " + at(plain, t + 2));
    keys.add("ppw", at(plain, t - 2) + " " + at(plain, t - 1) + " " + word);
    keys.add("wnn", word + " " + at(plain, t + 1) + " " + at(plain, t + 2));
    for (int n = 1; n <= Math.min(AFFIX, word.length()); n++) {
      keys.add("a", word.substring(0, n));
      keys.add("e", word.substring(word.length() - n));
    }
    String padded = "^" + word + "$";
    for (int from = 0; from + PIECE <= padded.length(); from++) {
      keys.add("g", padded.substring(from, from + PIECE));
    }
    for (int d = -1; d <= 1; d += 2) {
      String other = at(plain, t + d);
      keys.add("e" + d, other.substring(Math.max(0, other.length() - PIECE)));
      keys.add("a" + d, other.substring(0, Math.min(PIECE, other.length())));
    }
    keys.add("s", shape(words.get(t).in(text)));
    keys.add("l", Integer.toString(Math.min(8, words.size())));
    keys.add("f", Integer.toString(Math.min(3, t)));
    keys.add("b", Integer.toString(Math.min(3, words.size() - 1 - t)));
    return keys.done();
  }

  /** The keys with those of the tags that a chain before gave to the words around. */
  public static int[][] within(int[][] keys, int[] tags) {
    int[][] all = new int[keys.length][];
    for (int t = 0; t < all.length; t++) {
      Keys more = new Keys();
      for (int key : keys[t]) {
        more.add(key);
      }
      String own = tag(tags, t);
      more.add("o", own);
      more.add("op", tag(tags, t - 1) + " " + own);
      more.add("on", own + " " + tag(tags, t + 1));
      more.add("onn", own + " " + tag(tags, t + 1) + " " + tag(tags, t + 2));
      all[t] = more.done();
    }
    return all;
  }

  private static String tag(int[] tags, int t) {
    return t < 0 || t >= tags.length ? "-" : Integer.toString(tags[t]);
  }

  private static String at(List<String> words, int t) {
    return t < 0 ? "<s>" : t >= words.size() ? "</s>" : words.get(t);
  }

  /** Capitals, small letters, digits and other marks, runs drawn together. */
  static String shape(String word) {
    StringBuilder shape = new StringBuilder();
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      char kind =
          Character.isUpperCase(c)
              ? 'X'
              : Character.isDigit(c) ? '0' : Character.isLetter(c) ? 'x' : c;
      if (shape.isEmpty() || shape.charAt(shape.length() - 1) != kind) {
        shape.append(kind);
      }
    }
    return shape.toString();
  }

  /** Grows. */
  private static final class Keys {
    private int[] all = new int[64];
    private int size;

    void add(String kind, String value) {
      int hash = FNV_START;
      for (int i = 0; i < kind.length(); i++) {
        hash = (hash ^ kind.charAt(i)) * FNV_PRIME;
      }
      hash = (hash ^ '=') * FNV_PRIME;
      for (int i = 0; i < value.length(); i++) {
        hash = (hash ^ value.charAt(i)) * FNV_PRIME;
      }
      int h = hash;
      h = (h ^ (h >>> 16)) * 0x85EBCA6B;
      h = (h ^ (h >>> 13)) * 0xC2B2AE35;
      add(h ^ (h >>> 16));
    }

    void add(int key) {
      if (size == all.length) {
        all = Arrays.copyOf(all, 2 * size);
      }
      all[size++] = key;
    }

    int[] done() {
      return Arrays.stream(all, 0, size).sorted().distinct().toArray();
    }
  }
}
