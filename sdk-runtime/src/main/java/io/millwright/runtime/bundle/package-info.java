/**
 * Models as data: what a model consists of, the file it is kept in, and the folder of files. Reads
 * nothing without bounds, names no class, runs no code; imports no engine. The format is documented
 * in {@code docs/bundle-format.md}. Internal.
 */
@NullMarked
package io.millwright.runtime.bundle;

import org.jspecify.annotations.NullMarked;
