/** Trains the series model on drawn series, and judges it on real ones. */
@NullMarked
package io.millwright.benchmarks.series;

import org.jspecify.annotations.NullMarked;
