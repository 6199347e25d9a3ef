package io.millwright.api;

/**
 * What a model can do beyond answering (feature flag of a model). Declared as data, and checked
 * both ways by the test kit.
 */
public enum Capability {
  /** Its uncertainty was measured on held-out groups. */
  CALIBRATED,
  /** {@link Predictor#explain} works. */
  EXPLAIN,
  /** Its plug-in offers a {@link Monitor} for it. */
  STREAM
}
