package io.millwright.runtime.text;

import io.millwright.runtime.words.Normaliser;
import io.millwright.runtime.words.Words;
import java.util.Arrays;
import java.util.List;

/**
 * The n-grams of a text as hashed keys (feature hashing, Weinberger et al. 2009): runs of
 * characters over the whole text with a blank at both ends, or runs of words.
 *
 * @param kind what runs are made of
 * @param low the shortest run
 * @param high the longest run
 * @param digits what becomes of digits before
 */
public record Grams(Kind kind, int low, int high, Normaliser.Digits digits) {

  /** What runs are made of. */
  public enum Kind {
    /** Characters. */
    CHARACTERS,
    /** Words. */
    WORDS
  }

  private static final int LONGEST = 8;
  private static final int FNV_START = 0x811C9DC5;
  private static final int FNV_PRIME = 0x01000193;

  /** Checks. */
  public Grams {
    if (low < 1 || high < low || high > LONGEST) {
      throw new IllegalArgumentException("n-grams of " + low + " to " + high);
    }
  }

  /** The keys of all n-grams, sorted, each as often as it occurs. */
  public int[] of(String text) {
    String normal = new Normaliser(digits).of(text);
    int[] keys = kind == Kind.WORDS ? words(normal) : characters(normal);
    Arrays.sort(keys);
    return keys;
  }

  private int[] characters(String normal) {
    if (normal.isEmpty()) {
      return new int[0];
    }
    String padded = " " + normal + " ";
    int[] keys = new int[padded.length() * (high - low + 1)];
    int n = 0;
    for (int from = 0; from < padded.length(); from++) {
      int hash = FNV_START;
      for (int k = 0; k < high && from + k < padded.length(); k++) {
        hash = (hash ^ padded.charAt(from + k)) * FNV_PRIME;
        if (k + 1 >= low) {
          keys[n++] = mix(hash);
        }
      }
    }
    return Arrays.copyOf(keys, n);
  }

  private int[] words(String normal) {
    List<Words.Word> words = Words.of(normal);
    int[] keys = new int[words.size() * (high - low + 1)];
    int n = 0;
    for (int from = 0; from < words.size(); from++) {
      int hash = ~FNV_START;
      for (int k = 0; k < high && from + k < words.size(); k++) {
        Words.Word word = words.get(from + k);
        for (int i = word.start(); i < word.end(); i++) {
          hash = (hash ^ normal.charAt(i)) * FNV_PRIME;
        }
        hash = (hash ^ ' ') * FNV_PRIME;
        if (k + 1 >= low) {
          keys[n++] = mix(hash);
        }
      }
    }
    return Arrays.copyOf(keys, n);
  }

  /** The finaliser of MurmurHash3, so that keys of like runs differ in all their bits. */
  private static int mix(int h) {
    h = (h ^ (h >>> 16)) * 0x85EBCA6B;
    h = (h ^ (h >>> 13)) * 0xC2B2AE35;
    return h ^ (h >>> 16);
  }
}
