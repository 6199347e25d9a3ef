/**
 * Answers with a model in plain Java: the forward pass of every layer, predictors, monitors of
 * streams, and the check of golden samples. Needs no native library and imports no engine, so that
 * a process that only predicts runs without one; an engine's forward pass fits in its place.
 * Internal.
 */
@NullMarked
package io.millwright.runtime.predict;

import org.jspecify.annotations.NullMarked;
