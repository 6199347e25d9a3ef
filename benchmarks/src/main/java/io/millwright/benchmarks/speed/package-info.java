/**
 * How fast things are beside bare DJL, as pairs in one run. {@code docs/benchmarks.md} has the
 * commands and the figures. Internal.
 */
@NullMarked
package io.millwright.benchmarks.speed;

import org.jspecify.annotations.NullMarked;
