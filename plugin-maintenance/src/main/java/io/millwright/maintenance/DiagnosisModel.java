package io.millwright.maintenance;

import io.millwright.api.Trained;
import java.util.List;

/**
 * What faults sound like (classifier of faults by vibration). Its input is all recordings of one
 * machine: their common level is adapted to without labels when there are enough of them. Immutable
 * and thread-safe.
 */
public interface DiagnosisModel extends Trained<VibrationSet, Diagnoses> {

  /**
   * The faults it can name.
   *
   * @return their names, in order
   */
  List<String> faults();
}
