package io.millwright.supplychain.internal.forecast;

import java.util.Optional;

/** What speaks beside the methods, with a share that rolling origins give it. Thread-safe. */
interface Voice {

  /** The forecast of a series; empty when there is none of it. */
  Optional<double[]> forecast(Past past, int horizon);

  /** What it is, for the text of the choice. */
  String name();
}
