/**
 * How good and how fast the plans of shop floors are, beside OR-Tools' CP-SAT in the same run. Each
 * class with a {@code main} is a program; {@code docs/experiments/scheduling-search.md} has the
 * commands and the figures. Internal.
 */
@NullMarked
package io.millwright.benchmarks.shops;

import org.jspecify.annotations.NullMarked;
