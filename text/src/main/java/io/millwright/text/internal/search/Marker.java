package io.millwright.text.internal.search;

import io.millwright.api.text.Passage;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;

/** Finds the words of a question in a passage. Thread-safe. */
final class Marker {

  private static final int LONGEST = 300;

  private final Analyzer analyzer;
  private final String language;

  Marker(Analyzer analyzer, String language) {
    this.analyzer = analyzer;
    this.language = language;
  }

  /** The share of the question, weighed by rarity, whose words stand in the passage. */
  double coverage(Passage passage, List<String> words, double[] idf) throws IOException {
    Set<String> there = new HashSet<>(Terms.of(analyzer, Indexing.TITLE, passage.title()));
    for (Terms.Placed term : Terms.placed(analyzer, Indexing.TEXT, passage.text())) {
      there.add(term.term());
    }
    double found = 0;
    double all = 0;
    for (int t = 0; t < idf.length; t++) {
      all += idf[t];
      found += there.contains(words.get(t)) ? idf[t] : 0;
    }
    return all > 0 ? found / all : 0;
  }

  /** The sentence with most of the question, its words that weigh something between brackets. */
  String highlight(Passage passage, List<String> words, double[] idf) throws IOException {
    String text = passage.text();
    List<Terms.Placed> terms = Terms.placed(analyzer, Indexing.TEXT, text);
    int[] best = {0, Math.min(text.length(), LONGEST)};
    double most = 0;
    for (int[] sentence : Chunks.sentences(text, language)) {
      double sum = 0;
      Set<String> seen = new HashSet<>();
      for (Terms.Placed term : terms) {
        int at = words.indexOf(term.term());
        if (at >= 0
            && term.start() >= sentence[0]
            && term.end() <= sentence[1]
            && seen.add(term.term())) {
          sum += idf[at];
        }
      }
      if (sum > most) {
        most = sum;
        best = sentence;
      }
    }
    int end = Math.min(best[1], best[0] + LONGEST);
    StringBuilder marked = new StringBuilder();
    int at = best[0];
    for (Terms.Placed term : terms) {
      int word = words.indexOf(term.term());
      if (term.start() >= at && term.end() <= end && word >= 0 && idf[word] > 0) {
        marked
            .append(text, at, term.start())
            .append('[')
            .append(text, term.start(), term.end())
            .append(']');
        at = term.end();
      }
    }
    return marked.append(text, at, end).append(end < best[1] ? "..." : "").toString().strip();
  }
}
