package io.millwright.text.internal.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;

/** The terms of a text. */
final class Terms {

  /** A question of more terms is cut. */
  private static final int MOST = 256;

  /** A term and where it stands. */
  record Placed(String term, int start, int end) {}

  private Terms() {}

  /** The different terms, in order. */
  static List<String> of(Analyzer analyzer, String field, String text) throws IOException {
    Set<String> terms = new LinkedHashSet<>();
    for (Placed term : placed(analyzer, field, text)) {
      if (terms.size() < MOST) {
        terms.add(term.term);
      }
    }
    return List.copyOf(terms);
  }

  static List<Placed> placed(Analyzer analyzer, String field, String text) throws IOException {
    List<Placed> terms = new ArrayList<>();
    try (TokenStream stream = analyzer.tokenStream(field, text)) {
      CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
      OffsetAttribute offset = stream.addAttribute(OffsetAttribute.class);
      stream.reset();
      while (stream.incrementToken()) {
        terms.add(new Placed(term.toString(), offset.startOffset(), offset.endOffset()));
      }
      stream.end();
    }
    return terms;
  }
}
