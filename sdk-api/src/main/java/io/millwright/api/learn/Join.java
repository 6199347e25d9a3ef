package io.millwright.api.learn;

/** How the results of parallel branches become one (merge modes). */
public enum Join {
  /** The features of all branches one after the other, in their order. */
  CONCATENATE,
  /** The sum, feature by feature. */
  ADD,
  /** The product, feature by feature. */
  MULTIPLY
}
