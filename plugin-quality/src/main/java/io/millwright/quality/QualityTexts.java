package io.millwright.quality;

import java.util.List;
import java.util.Set;

/**
 * Texts of quality, such as complaints, 8D reports and inspection notes: groups of duplicates,
 * parts and defects by a vocabulary, and the trend of themes. Classes and entities that are learnt
 * come from {@link io.millwright.api.Millwright#texts}. Obtained from {@link Quality#texts};
 * thread-safe; the same texts give the same answer. Texts may be in any language; Chinese is read
 * by characters.
 */
public interface QualityTexts {

  /**
   * Groups texts that say the same in nearly the same words (near-duplicate detection): each joins
   * the first group whose first text it is like, by the cosine of tf-idf weights of words and of
   * three characters in a row. All whole numbers count as one word.
   *
   * @param texts the texts, at most 50,000; empty ones are in no group
   * @param alike the least cosine, within (0, 1]; 0.6 joins most that people would join
   * @return groups of two and more rows, numbered from 0, the largest first
   */
  List<List<Integer>> duplicates(List<String> texts, double alike);

  /**
   * Finds the words of a vocabulary (dictionary-based entity extraction), the longest first: in any
   * case, with the endings -s, -es, -ed and -ing, and with one letter wrong from five letters on,
   * two from nine.
   *
   * @param texts the texts
   * @param vocabulary the words
   * @return the mentions of each text, in its order
   */
  List<List<Mention>> mentions(List<String> texts, List<Term> vocabulary);

  /**
   * Themes by words alone: words and pairs of neighbouring words that stand in at least 5 texts and
   * one in 200, and in at most half.
   *
   * @param texts the texts
   * @return the themes of each text
   */
  List<Set<String>> words(List<String> texts);

  /**
   * Which themes rise and fall: logistic regression of the share of texts with the theme on the
   * period, its variance corrected for overdispersion; probabilities corrected for the number of
   * themes (Holm 1979).
   *
   * @param themes the themes of each text
   * @param periods the period of each text, such as months since the first
   * @param level the level of intervals, within (0, 1)
   * @return a trend for each theme of at least 5 texts, the smallest probability first; empty for
   *     fewer than 3 periods
   */
  List<ThemeTrend> trends(List<Set<String>> themes, List<Integer> periods, double level);

  /**
   * A word of a vocabulary.
   *
   * @param word as it is written, one word or several
   * @param kind such as {@code part}, {@code defect} or {@code cause}
   * @param term what it stands for; several words may stand for one
   */
  record Term(String word, String kind, String term) {}

  /**
   * A word that was found.
   *
   * @param start the first character, from 0
   * @param end the character behind the last one
   * @param kind its kind
   * @param term what it stands for
   * @param exact whether no letter was wrong
   */
  record Mention(int start, int end, String kind, String term, boolean exact) {}
}
