package io.millwright.scheduling.internal.search;

/**
 * How much of the budget is used, from 0 to 1: what cooling follows. By iterations it is the same
 * at every run; by time it is not.
 */
@FunctionalInterface
public interface Pace {
  double progress(long iterations);
}
