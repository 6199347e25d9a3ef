package io.millwright.api.text;

import java.util.List;

/**
 * Passages that can be searched. Module {@code millwright-text} has one on Lucene; hosts may
 * implement their own. Thread-safe.
 */
public interface PassageIndex extends AutoCloseable {

  /**
   * Searches.
   *
   * @param query what is looked for
   * @return the best passages, best first; empty when no word of the question is known
   */
  List<Hit> search(PassageQuery query);

  /**
   * How many passages there are.
   *
   * @return the number of passages
   */
  int size();

  /** Releases files. Closing twice does nothing. */
  @Override
  void close();

  /**
   * A passage that was found.
   *
   * @param passage the passage
   * @param score what it was ranked by; comparable within one search only
   * @param probability how probable it is that the passage answers the question; NaN for an index
   *     that was not calibrated
   * @param highlight the piece of the text that fits best, the words of the question between
   *     brackets {@code [ ]}
   */
  record Hit(Passage passage, double score, double probability, String highlight) {}
}
