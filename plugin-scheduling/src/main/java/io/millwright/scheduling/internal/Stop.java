package io.millwright.scheduling.internal;

/** Says whether a search should end; asked every few iterations, so it must be cheap. */
@FunctionalInterface
interface Stop {
  boolean now();
}
