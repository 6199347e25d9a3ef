/**
 * What Millwright does, as meters of Micrometer. Optional: a host with a {@link
 * io.micrometer.core.instrument.MeterRegistry} gives {@link
 * io.millwright.integration.micrometer.MillwrightMetrics} to the builder as a listener, and wraps
 * the predictors whose answers it wants to see in {@link
 * io.millwright.integration.micrometer.MeteredPredictor}; a watch is given {@link
 * io.millwright.integration.micrometer.WatchMetrics}.
 */
@NullMarked
package io.millwright.integration.micrometer;

import org.jspecify.annotations.NullMarked;
