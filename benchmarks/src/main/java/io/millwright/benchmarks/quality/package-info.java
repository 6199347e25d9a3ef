/**
 * How good the models are, on public data and through the public API alone. Each class is a
 * program; {@code docs/benchmarks.md} has the commands and the figures. Internal.
 */
@NullMarked
package io.millwright.benchmarks.quality;

import org.jspecify.annotations.NullMarked;
