/**
 * A small pre-trained model of time series: what follows a history, what stood in its gaps, and
 * which of its values are strange. Under semantic versioning; needs no engine.
 */
@NullMarked
package io.millwright.series;

import org.jspecify.annotations.NullMarked;
