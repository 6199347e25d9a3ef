/**
 * Forecasts of series and of their sums that agree: sums, errors at rolling origins, projections,
 * samples. Internal.
 */
@NullMarked
package io.millwright.supplychain.internal.hierarchy;

import org.jspecify.annotations.NullMarked;
