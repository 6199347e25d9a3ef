package io.millwright.api.text;

import java.util.List;

/**
 * A frozen sentence encoder: texts become vectors whose cosine says how alike their meanings are.
 * Optional artifacts implement it, and hosts may; an implementation that is found as a service
 * ({@link java.util.ServiceLoader}) is used where its {@linkplain #languages languages} fit. Must
 * be thread-safe and give the same vectors for the same texts.
 */
public interface TextEncoder {

  /**
   * What identifies the weights, since a model that was trained with one encoder cannot be asked
   * with another.
   *
   * @return a name and a digest of the weights, such as {@code all-minilm-l6-v2-q@3f2a...}
   */
  String id();

  /**
   * The size of a vector.
   *
   * @return at least 1
   */
  int size();

  /**
   * The languages that it reads, as ISO 639-1 codes.
   *
   * @return such as {@code [en]}
   */
  List<String> languages();

  /**
   * The vectors of texts.
   *
   * @param texts the texts; those that are too long for the encoder are cut
   * @return one vector of {@link #size} numbers for each text, of length 1 (L2 norm); zeros for a
   *     text without content
   */
  float[][] encode(List<String> texts);
}
