/**
 * ONNX Runtime behind two doors: {@link io.millwright.engine.onnx.OnnxNetworks} opens any ONNX file
 * with inner tensors as outputs, {@link io.millwright.engine.onnx.OnnxEngine} lets such a file
 * answer as an opaque model. The only room that imports {@code ai.onnxruntime}. Internal: may
 * change in any release.
 */
@NullMarked
package io.millwright.engine.onnx;

import org.jspecify.annotations.NullMarked;
