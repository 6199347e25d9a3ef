/**
 * TensorFlow: the only room that imports {@code org.tensorflow}. It starts the library without any
 * download, compiles a network plan to a graph, and gives outputs and gradients; weights, learning
 * rules and randomness stay in Java, as with every engine. Writes networks as SavedModels. {@link
 * io.millwright.engine.tensorflow.TensorFlowEngine} itself names no TensorFlow type, so that it can
 * be found where TensorFlow is absent. Internal.
 */
@NullMarked
package io.millwright.engine.tensorflow;

import org.jspecify.annotations.NullMarked;
