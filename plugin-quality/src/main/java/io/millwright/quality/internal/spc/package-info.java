/**
 * Statistical process control: charts, phase I, capability and the economic design of a chart.
 * Internal: may change in any release.
 */
@NullMarked
package io.millwright.quality.internal.spc;

import org.jspecify.annotations.NullMarked;
