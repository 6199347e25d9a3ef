package io.millwright.runtime.monitoring;

/** What is wrong with a sensor (kind of sensor fault). */
public enum SensorFault {
  /** Readings are missing. */
  MISSING,
  /** The same reading again and again, for longer than ever in the training data. */
  STUCK,
  /** Readings off by a constant from what the other sensors say. */
  BIASED,
  /** Readings that move away from what the other sensors say. */
  DRIFTING,
  /** Readings that scatter more about what the other sensors say. */
  NOISY,
  /** Readings of another sensor, with which this one was exchanged. */
  SWAPPED
}
