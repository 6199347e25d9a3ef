package io.millwright.scheduling.internal.model;

/** Says whether a search should end; asked every few iterations, so it must be cheap. */
@FunctionalInterface
public interface Stop {
  boolean now();
}
