/**
 * The classical methods of forecasting on plain arrays: seasonal adjustment, exponential smoothing,
 * Theta, and the methods for demand that comes now and then. Pure functions without randomness;
 * missing values are filled before a method sees a series. Internal: may change in any release.
 */
@NullMarked
package io.millwright.supplychain.internal.classic;

import org.jspecify.annotations.NullMarked;
