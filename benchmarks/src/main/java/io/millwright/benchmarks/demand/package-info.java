/**
 * How good forecasts and stock are, on public data and through the public API alone. Each class is
 * a program; {@code docs/supplychain.md} has the commands and the figures. Internal.
 */
@NullMarked
package io.millwright.benchmarks.demand;

import org.jspecify.annotations.NullMarked;
