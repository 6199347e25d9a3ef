/**
 * The plain-Java runtime: the forward pass of every layer, in one table of layers, without a native
 * library. It gives the same bits on every platform, and is what the golden samples of other
 * runtimes are held against. Internal.
 */
@NullMarked
package io.millwright.runtime.plain;

import org.jspecify.annotations.NullMarked;
