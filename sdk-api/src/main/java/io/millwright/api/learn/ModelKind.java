package io.millwright.api.learn;

/** The kinds of models that are chosen among when tables are learnt from. */
public enum ModelKind {
  /** Linear and logistic regression, with interactions where the preparation makes them. */
  LINEAR,
  /** A sum of one curve for each feature (generalised additive model). */
  ADDITIVE,
  /** One decision tree, small enough to be read. */
  DECISION_TREE,
  /** Boosted trees (gradient boosting). */
  BOOSTED_TREES,
  /** Networks. */
  NETWORK
}
