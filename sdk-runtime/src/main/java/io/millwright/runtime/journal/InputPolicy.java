package io.millwright.runtime.journal;

/** What a journal keeps of inputs (data minimisation). */
public enum InputPolicy {
  /** All values, as JSON. */
  WHOLE,
  /** The SHA-256 of all values: tells whether an input is the same, not what it was. */
  HASHED,
  /** Nothing. */
  NONE
}
