package io.millwright.sample.press;

/** How a measured energy compares with what the model expects. */
public enum Verdict {
  /** Within the interval. */
  AS_EXPECTED,
  /** Above the interval: look for a worn pump, a leaking valve, a wrong oil. */
  TOO_MUCH,
  /** Below the interval: look at the meter, or for a stroke that hit nothing. */
  TOO_LITTLE,
  /** The model abstains or was not calibrated. */
  UNKNOWN
}
