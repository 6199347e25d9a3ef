package io.millwright.runtime.text;

import io.millwright.runtime.words.Normaliser;
import io.millwright.runtime.words.Words;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A vocabulary of pieces of words learnt from texts by byte-pair encoding (Sennrich, Haddow and
 * Birch 2016): the most frequent neighbours are joined again and again. Words are then divided into
 * the longest pieces, from the left. Immutable and thread-safe.
 *
 * @param pieces the pieces; a word's first one begins with a low line. Ids count from 1 in this
 *     order; 0 stands for nothing and for what is unknown
 * @param places the place of each piece
 */
public record Subwords(List<String> pieces, Map<String, Integer> places) {

  private static final int MOST = 1 << 16;
  private static final int LONGEST = 24;
  private static final char BEGIN = '_';
  private static final Normaliser NORMALISER = new Normaliser(Normaliser.Digits.MASKED);

  /** Copies and checks. */
  public Subwords {
    pieces = List.copyOf(pieces);
    places = Map.copyOf(places);
    if (pieces.isEmpty() || pieces.size() > MOST || places.size() != pieces.size()) {
      throw new IllegalArgumentException(pieces.size() + " pieces, or not all different");
    }
  }

  /** A vocabulary of known pieces. */
  public static Subwords of(List<String> pieces) {
    Map<String, Integer> places = new LinkedHashMap<>();
    for (int i = 0; i < pieces.size(); i++) {
      places.put(pieces.get(i), i + 1);
    }
    return new Subwords(pieces, places);
  }

  /** Learns at most so many pieces beside single characters. */
  public static Subwords learn(List<String> texts, int joins) {
    Map<String, Integer> counts = new TreeMap<>();
    for (String text : texts) {
      String normal = NORMALISER.of(text);
      for (Words.Word word : Words.of(normal)) {
        counts.merge(BEGIN + word.in(normal), 1, Integer::sum);
      }
    }
    List<List<String>> words = new ArrayList<>();
    List<Integer> times = new ArrayList<>();
    TreeMap<String, Integer> all = new TreeMap<>();
    counts.forEach(
        (word, count) -> {
          List<String> parts = new ArrayList<>();
          word.codePoints().forEach(p -> parts.add(Character.toString(p)));
          words.add(parts);
          times.add(count);
          parts.forEach(p -> all.putIfAbsent(p, 0));
        });
    List<String> pieces = new ArrayList<>(all.keySet());
    if (pieces.isEmpty()) {
      pieces.add(String.valueOf(BEGIN));
    }
    for (int join = 0; join < joins && pieces.size() < MOST; join++) {
      String best = best(words, times);
      if (best.isEmpty()) {
        break;
      }
      String[] pair = best.split("\u0000", -1);
      String joined = pair[0] + pair[1];
      if (!all.containsKey(joined)) {
        all.put(joined, 0);
        pieces.add(joined);
      }
      words.forEach(parts -> join(parts, pair[0], pair[1]));
    }
    return of(pieces);
  }

  /** The neighbours that stand together most often, at least twice; of equals the first. */
  private static String best(List<List<String>> words, List<Integer> times) {
    Map<String, Integer> pairs = new HashMap<>();
    for (int w = 0; w < words.size(); w++) {
      List<String> parts = words.get(w);
      for (int i = 1; i < parts.size(); i++) {
        if (parts.get(i - 1).length() + parts.get(i).length() <= LONGEST) {
          pairs.merge(parts.get(i - 1) + "\u0000" + parts.get(i), times.get(w), Integer::sum);
        }
      }
    }
    return pairs.entrySet().stream()
        .filter(e -> e.getValue() > 1)
        .max(
            Map.Entry.<String, Integer>comparingByValue()
                .thenComparing(Map.Entry.<String, Integer>comparingByKey().reversed()))
        .map(Map.Entry::getKey)
        .orElse("");
  }

  private static void join(List<String> parts, String left, String right) {
    for (int i = 1; i < parts.size(); i++) {
      if (parts.get(i - 1).equals(left) && parts.get(i).equals(right)) {
        parts.set(i - 1, left + right);
        parts.remove(i);
      }
    }
  }

  /** The ids of a text's pieces, at most so many, filled up with 0. */
  public void lay(String text, float[] into, int from, int length) {
    String normal = NORMALISER.of(text);
    int at = 0;
    for (Words.Word word : Words.of(normal)) {
      String rest = BEGIN + word.in(normal);
      while (!rest.isEmpty() && at < length) {
        int size = Math.min(LONGEST, rest.length());
        while (size > 1 && !places.containsKey(rest.substring(0, size))) {
          size--;
        }
        into[from + at++] = places.getOrDefault(rest.substring(0, size), 0);
        rest = rest.substring(size);
      }
    }
    while (at < length) {
      into[from + at++] = 0;
    }
  }
}
