package io.millwright.quality.internal.spc;

import io.millwright.quality.ChartPoint;
import io.millwright.quality.Reading;

/**
 * The arithmetic of a chart: one reading in, one point out, in constant time and memory. Limits are
 * computed once; what is remembered of a unit lies in {@link Memory}. Immutable.
 */
interface Kernel {

  /** Memory before the first reading. */
  Memory begin();

  /** Why a reading cannot be charted; empty when it can. */
  String wrong(Reading reading);

  /** Takes in a reading that is sound. */
  ChartPoint take(Memory memory, Reading reading);
}
