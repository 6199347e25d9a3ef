/**
 * Learning to forecast: choice at rolling origins, networks, bands, predictors, and the bundle's
 * form of what was learnt. {@link io.millwright.supplychain.internal.forecast.Forecasting} is the
 * door. Internal: may change in any release.
 */
@NullMarked
package io.millwright.supplychain.internal.forecast;

import org.jspecify.annotations.NullMarked;
