package io.millwright.runtime.access;

/** What a person or a program may be allowed to do (access right). */
public enum Permission {
  /** Train models, and use the facades of plug-ins, which train too. */
  TRAIN,
  /** Open models and ask them. */
  OPEN,
  /** Ask why a model answers as it does. */
  EXPLAIN,
  /** Put models into a store, point aliases to them, roll them back. */
  PROMOTE,
  /** Take model files out of a store, or write them for other software. */
  EXPORT,
  /** Delete and mend what is in a store. */
  DELETE,
  /** Read audit logs, journals, the history of aliases and the report of the host. */
  READ_LOG
}
