package io.millwright.quality;

import java.util.List;

/** Acceptance sampling plans for lots. Obtained from {@link Quality#sampling}; thread-safe. */
public interface SamplingPlans {

  /**
   * The single sampling plan by attributes of ISO 2859-1 (identical to ANSI/ASQ Z1.4 for normal and
   * tightened inspection), computed from its scheme: sample sizes and AQLs rise by the fifth root
   * of 10, and acceptance numbers stay along the diagonals.
   *
   * @param lot the size of the lot, at least 2
   * @param level the inspection level
   * @param aql the acceptance quality limit in percent, or in defects per hundred units: one of the
   *     26 preferred values from 0.010 to 1000
   * @param tightened whether inspection is tightened; otherwise normal. Reduced inspection is not
   *     computed
   * @return the plan, of the whole lot when the sample would be larger
   * @throws io.millwright.api.MillwrightException with {@link
   *     io.millwright.api.ErrorCode#BAD_OPTION} for an AQL that is not preferred, or one above 10
   *     whose plan accepts more defects than it has parts, so that it counts no defective parts
   */
  AcceptancePlan.Attributes iso2859(long lot, Level level, double aql, boolean tightened);

  /**
   * A single sampling plan by variables that matches the plan of ISO 2859-1 for the same lot, as
   * those of ISO 3951-1 do: the smallest sample whose operating characteristic passes it at 95 %
   * and 10 % acceptance. Sizes may differ by a few from the printed tables, which were smoothed.
   *
   * @param lot the size of the lot
   * @param level the inspection level
   * @param aql the acceptance quality limit in percent, at most 10
   * @param tightened whether inspection is tightened
   * @param sigmaKnown whether the standard deviation of the process is known
   * @return the plan
   */
  AcceptancePlan.Variables iso3951(
      long lot, Level level, double aql, boolean tightened, boolean sigmaKnown);

  /**
   * The smallest plan by attributes that keeps both risks.
   *
   * @param risks quality and risk of producer and consumer
   * @return the plan, by the binomial law
   */
  AcceptancePlan.Attributes attributes(Risks risks);

  /**
   * The smallest plan by variables that keeps both risks.
   *
   * @param risks quality and risk of producer and consumer
   * @param sigmaKnown whether the standard deviation of the process is known
   * @return the plan, by the normal or the noncentral t law
   */
  AcceptancePlan.Variables variables(Risks risks, boolean sigmaKnown);

  /**
   * The operating characteristic of a plan.
   *
   * @param plan the plan
   * @param lot the size of the lot; 0 for lots from a continuing process
   * @param shares shares of defective parts, 0 to 1
   * @return a point for each share: hypergeometric for a lot, binomial for a process, of variables
   *     normal or noncentral t
   */
  List<OcPoint> curve(AcceptancePlan plan, long lot, List<Double> shares);

  /** The inspection levels of ISO 2859-1, table 1. */
  enum Level {
    /** Special, for small samples and large risks. */
    S1,
    /** Special. */
    S2,
    /** Special. */
    S3,
    /** Special. */
    S4,
    /** General, less discrimination. */
    I,
    /** General, the usual one. */
    II,
    /** General, more discrimination. */
    III
  }

  /**
   * What a plan must keep.
   *
   * @param good the share of defectives that the producer may make (AQL), as a share
   * @param producer the probability of rejecting such a lot, at most
   * @param bad the share that the consumer will not have (LTPD, LQ), above {@code good}
   * @param consumer the probability of accepting such a lot, at most
   */
  record Risks(double good, double producer, double bad, double consumer) {
    /** Checks. */
    public Risks {
      if (!(good > 0 && good < bad && bad < 1)
          || !(producer > 0 && producer < 1)
          || !(consumer > 0 && consumer < 1)
          || !(consumer < 1 - producer)) {
        throw new IllegalArgumentException(
            "good is "
                + good
                + " with risk "
                + producer
                + ", bad "
                + bad
                + " with risk "
                + consumer
                + "; all must lie between 0 and 1, good below bad, and the risks below 1 together");
      }
    }
  }

  /**
   * One point of an operating characteristic.
   *
   * @param share the share of defective parts
   * @param accepted the probability that a lot is accepted
   * @param outgoing the average outgoing quality: the share of defectives that is left when
   *     rejected lots are sorted and defectives replaced
   * @param inspected the average number of parts inspected in a lot when rejected lots are sorted;
   *     NaN without a lot
   */
  record OcPoint(double share, double accepted, double outgoing, double inspected) {}
}
