package io.millwright.core.learn;

/** Asked while a training runs: whether to end it. */
@FunctionalInterface
interface Stopped {
  boolean now();
}
