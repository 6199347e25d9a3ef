package io.millwright.core.learn;

/**
 * A voice and what it says of the held-out items.
 *
 * @param voice fitted to what was not held out
 * @param said what folds that did not see them say of the held-out items
 * @param again how the same is fitted to other items
 */
record Heard<L, V>(Voice voice, double[][] said, Refit<L, V> again) {}
