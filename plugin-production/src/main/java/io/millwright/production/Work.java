package io.millwright.production;

/** What a resource does during an event of the log (state categories of ISO 22400-2, 6.2). */
public enum Work {
  /** It makes pieces: production. */
  RUN,
  /** It is made ready for other work: set-up. */
  SETUP,
  /** It cannot work: breakdown and repair. */
  DOWN
}
