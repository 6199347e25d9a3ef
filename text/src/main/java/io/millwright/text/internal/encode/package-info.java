/** Sentence encoders on ONNX Runtime, with a tokenizer of plain Java. Internal. */
@NullMarked
package io.millwright.text.internal.encode;

import org.jspecify.annotations.NullMarked;
