/**
 * Fits the steps of a preparation to training data and applies them, row after row, in the same way
 * to a training table, a single prediction and a stream of readings. Imports no engine. Internal.
 */
@NullMarked
package io.millwright.runtime.prepare;

import org.jspecify.annotations.NullMarked;
