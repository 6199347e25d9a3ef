package io.millwright.connect;

/** How far a reading may be trusted (OPC UA: severity of the status code). */
public enum SignalQuality {
  /** As good as the source gives it. */
  GOOD,
  /** With a doubt that the source names: not calibrated, estimated, at a limit. */
  UNCERTAIN,
  /** Not to be used. */
  BAD,
  /** Nothing is known of the source any more: it was cut off, died, or was silent for too long. */
  STALE;

  /**
   * Whether a value counts.
   *
   * @return true for {@link #GOOD} and {@link #UNCERTAIN}
   */
  public boolean usable() {
    return this == GOOD || this == UNCERTAIN;
  }
}
