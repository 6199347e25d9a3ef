package io.millwright.scheduling;

/**
 * Dispatching rules: which of the waiting operations a free machine takes next. They decide at once
 * and forget nothing, but look no further; a search starts from the best of them.
 */
public enum Rule {
  /** Shortest processing time. */
  SPT,
  /** Longest processing time. */
  LPT,
  /** Most work remaining in the job. */
  MWKR,
  /** Most operations remaining in the job. */
  MOPNR,
  /** Flow due date (work of the job so far) by most work remaining, smallest first. */
  FDD_MWKR,
  /** Earliest due date. */
  EDD,
  /** Weighted shortest remaining work: the work left in the job by its weight, smallest first. */
  WSPT,
  /** Time to the due date by the job's weight, smallest first. */
  WEIGHTED_DUE,
  /**
   * Apparent tardiness cost (Vepsalainen and Morton 1987): weight by duration, discounted by slack,
   * in which a job is expected to wait before each later operation for twice its duration; the
   * look-ahead is five mean durations. With set-ups discounted by set-up time too (Lee, Bhaskaran
   * and Pinedo 1997).
   */
  ATC,
  /** Critical ratio: time to the due date by work remaining, smallest first. */
  CR,
  /** First come, first served. */
  FIFO
}
