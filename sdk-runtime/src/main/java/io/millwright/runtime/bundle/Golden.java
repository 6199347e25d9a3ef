package io.millwright.runtime.bundle;

import io.millwright.api.data.Table;
import java.util.List;

/**
 * A golden sample: rows, and what the trained network gave for them.
 *
 * @param rows the encoded input
 * @param outputs the averaged outputs (of classes: the averaged probabilities), before target and
 *     calibration
 */
public record Golden(Table rows, List<Double> outputs) {
  /** Copies. */
  public Golden {
    outputs = List.copyOf(outputs);
  }
}
