package io.millwright.quality;

/** A single sampling plan: how many parts of a lot are inspected, and when the lot is accepted. */
public sealed interface AcceptancePlan {

  /**
   * How many parts are inspected.
   *
   * @return the sample size
   */
  int sample();

  /**
   * By attributes: parts are good or defective.
   *
   * @param sample how many are inspected
   * @param accept how many defective ones are accepted at most
   */
  record Attributes(int sample, int accept) implements AcceptancePlan {
    /** Checks. */
    public Attributes {
      if (sample < 1 || accept < 0 || accept >= sample) {
        throw new IllegalArgumentException(
            "sample is " + sample + " and accept " + accept + ", but must be above 0, and less");
      }
    }
  }

  /**
   * By variables, for a normal characteristic with one limit of specification: the lot is accepted
   * when the mean lies at least {@code k} standard deviations within the limit (Form k of ISO
   * 3951-1).
   *
   * @param sample how many are measured
   * @param k the acceptability constant
   * @param sigmaKnown whether the standard deviation is that of the process, or that of the sample
   */
  record Variables(int sample, double k, boolean sigmaKnown) implements AcceptancePlan {
    /** Checks. */
    public Variables {
      if (sample < (sigmaKnown ? 1 : 2) || !Double.isFinite(k)) {
        throw new IllegalArgumentException("sample is " + sample + " and k " + k);
      }
    }
  }
}
