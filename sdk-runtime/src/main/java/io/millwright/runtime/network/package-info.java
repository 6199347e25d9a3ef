/**
 * What a network specification means, independent of any engine: its plan (shapes, order and names
 * of weights), its weights, its randomness, and the two interfaces through which an engine
 * computes. Imports no engine. Internal.
 */
@NullMarked
package io.millwright.runtime.network;

import org.jspecify.annotations.NullMarked;
