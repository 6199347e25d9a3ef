package io.millwright.text.internal.search;

import io.millwright.api.text.Passage;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.de.GermanAnalyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.es.SpanishAnalyzer;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.it.ItalianAnalyzer;
import org.apache.lucene.analysis.nl.DutchAnalyzer;
import org.apache.lucene.analysis.pt.PortugueseAnalyzer;

/** Guesses the language of passages: by script, else by the stop words of Lucene. */
final class Tongue {

  static final String UNKNOWN = "und";

  private static final int ENOUGH = 500;

  private Tongue() {}

  static String of(List<Passage> passages) {
    int[] scripts = new int[5];
    Map<String, Integer> hits = new HashMap<>();
    Map<String, CharArraySet> stops =
        Map.of(
            "en", EnglishAnalyzer.getDefaultStopSet(),
            "de", GermanAnalyzer.getDefaultStopSet(),
            "fr", FrenchAnalyzer.getDefaultStopSet(),
            "es", SpanishAnalyzer.getDefaultStopSet(),
            "it", ItalianAnalyzer.getDefaultStopSet(),
            "nl", DutchAnalyzer.getDefaultStopSet(),
            "pt", PortugueseAnalyzer.getDefaultStopSet());
    int step = Math.max(1, passages.size() / ENOUGH);
    for (int i = 0; i < passages.size(); i += step) {
      String text = passages.get(i).title() + " " + passages.get(i).text();
      text.codePoints()
          .filter(Character::isLetter)
          .forEach(
              point -> {
                switch (Character.UnicodeScript.of(point)) {
                  case HAN -> scripts[0]++;
                  case HIRAGANA, KATAKANA -> scripts[1]++;
                  case HANGUL -> scripts[2]++;
                  case CYRILLIC -> scripts[3]++;
                  default -> scripts[4]++;
                }
              });
      for (String word : text.toLowerCase(Locale.ROOT).split("[^\\p{L}']+", -1)) {
        stops.forEach(
            (language, words) -> {
              if (words.contains(word)) {
                hits.merge(language, 1, Integer::sum);
              }
            });
      }
    }
    int all = java.util.Arrays.stream(scripts).sum();
    if (scripts[1] > 0.05 * all) {
      return "ja";
    }
    String[] of = {"zh", "ja", "ko", "ru"};
    for (int s = 0; s < of.length; s++) {
      if (scripts[s] > 0.2 * all) {
        return of[s];
      }
    }
    return hits.entrySet().stream()
        .max(
            Map.Entry.<String, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
        .map(Map.Entry::getKey)
        .orElse(UNKNOWN);
  }
}
