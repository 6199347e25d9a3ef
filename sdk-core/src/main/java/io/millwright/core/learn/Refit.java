package io.millwright.core.learn;

/** Fits a voice that was chosen anew, in the form and size that was chosen, to other items. */
@FunctionalInterface
interface Refit<L, V> {

  /**
   * @param training whose folds say which items are learnt from
   * @param prepared the items
   */
  Voice fit(Training<?, L, V> training, Prepared<L, V> prepared);
}
