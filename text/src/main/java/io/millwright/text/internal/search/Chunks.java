package io.millwright.text.internal.search;

import com.ibm.icu.text.BreakIterator;
import com.ibm.icu.util.ULocale;
import java.util.ArrayList;
import java.util.List;

/** Cuts a text into pieces of a few sentences, which an encoder can read and a person can quote. */
final class Chunks {

  /** About so many characters make a piece. */
  private static final int SIZE = 400;

  private Chunks() {}

  /** The sentences of a text, as from and to. */
  static List<int[]> sentences(String text, String language) {
    BreakIterator breaks = BreakIterator.getSentenceInstance(new ULocale(language));
    breaks.setText(text);
    List<int[]> all = new ArrayList<>();
    int from = breaks.first();
    for (int to = breaks.next(); to != BreakIterator.DONE; from = to, to = breaks.next()) {
      if (!text.substring(from, to).isBlank()) {
        all.add(new int[] {from, to});
      }
    }
    return all;
  }

  /** Pieces of neighbouring sentences, each beginning with the last sentence of the one before. */
  static List<String> of(String text, String language) {
    List<int[]> sentences = sentences(text, language);
    List<String> pieces = new ArrayList<>();
    int first = 0;
    while (first < sentences.size()) {
      int last = first;
      int begin = sentences.get(first)[0];
      while (last + 1 < sentences.size() && sentences.get(last + 1)[1] - begin <= SIZE) {
        last++;
      }
      pieces.add(text.substring(begin, sentences.get(last)[1]).strip());
      if (last + 1 >= sentences.size()) {
        break;
      }
      first = Math.max(first + 1, last);
    }
    if (pieces.isEmpty()) {
      pieces.add(text.strip());
    }
    return pieces;
  }
}
