package io.millwright.maintenance;

import java.util.List;

/**
 * Diagnoses of the recordings of one machine.
 *
 * @param all one for each recording, in order
 * @param adapted whether the level of the machine was adapted to
 */
public record Diagnoses(List<Diagnosis> all, boolean adapted) {

  /** Copies. */
  public Diagnoses {
    all = List.copyOf(all);
  }
}
