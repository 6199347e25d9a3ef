/**
 * Anomalies of courses, scores of suppliers, and networks whose suppliers fail: flows, exposure,
 * simulation. Internal.
 */
@NullMarked
package io.millwright.supplychain.internal.risk;

import org.jspecify.annotations.NullMarked;
