package io.millwright.text.internal.search;

import java.util.Map;
import java.util.Optional;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.cjk.CJKBigramFilter;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.icu.ICUFoldingFilter;
import org.apache.lucene.analysis.icu.segmentation.DefaultICUTokenizerConfig;
import org.apache.lucene.analysis.icu.segmentation.ICUTokenizer;
import org.apache.lucene.analysis.ngram.NGramTokenFilter;
import org.apache.lucene.analysis.snowball.SnowballFilter;

/**
 * How texts become terms: tokens of ICU, folded (case, accents, full width) and, where a language
 * has endings, stemmed by Snowball; beside them pieces of words, which bridge misspellings,
 * abbreviations and other segmentations.
 */
final class Analysis {

  private static final Map<String, String> STEMMERS =
      Map.of(
          "en", "English",
          "de", "German",
          "fr", "French",
          "es", "Spanish",
          "it", "Italian",
          "nl", "Dutch",
          "pt", "Portuguese",
          "ru", "Russian");

  private Analysis() {}

  /** Whole words. */
  static Analyzer words(String language) {
    Optional<String> stemmer = Optional.ofNullable(STEMMERS.get(language));
    return new Analyzer() {
      @Override
      protected TokenStreamComponents createComponents(String field) {
        Tokenizer tokens = new ICUTokenizer(new DefaultICUTokenizerConfig(true, true));
        TokenStream stream = tokens;
        if (language.equals("en")) {
          stream = new EnglishPossessiveFilter(stream);
        }
        stream = new ICUFoldingFilter(stream);
        if (stemmer.isPresent()) {
          stream = new SnowballFilter(stream, stemmer.get());
        }
        return new TokenStreamComponents(tokens, stream);
      }
    };
  }

  /** Pieces of words: pairs of ideographs, runs of four letters. */
  static Analyzer pieces(String language) {
    boolean ideographs = language.equals("zh") || language.equals("ja");
    return new Analyzer() {
      @Override
      protected TokenStreamComponents createComponents(String field) {
        Tokenizer tokens = new ICUTokenizer(new DefaultICUTokenizerConfig(!ideographs, true));
        TokenStream stream = new ICUFoldingFilter(tokens);
        stream =
            ideographs
                ? new CJKBigramFilter(stream, 15, true)
                : new NGramTokenFilter(stream, 4, 4, true);
        return new TokenStreamComponents(tokens, stream);
      }
    };
  }
}
