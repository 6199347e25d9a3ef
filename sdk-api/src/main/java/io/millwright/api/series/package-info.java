/**
 * Pre-trained models of time series: what an artifact or a host implements so that forecasters can
 * ask it. Under semantic versioning.
 */
@NullMarked
package io.millwright.api.series;

import org.jspecify.annotations.NullMarked;
