/**
 * Uncertainty measured on held-out samples: conformal intervals and quantiles, calibrated
 * probabilities, label sets. Pure arithmetic on arrays; imports no engine. Internal.
 */
@NullMarked
package io.millwright.runtime.calibrate;

import org.jspecify.annotations.NullMarked;
