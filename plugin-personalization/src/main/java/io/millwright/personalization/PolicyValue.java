package io.millwright.personalization;

/**
 * What a policy would earn a decision, by off-policy evaluation, each with half a 95 % confidence
 * interval (estimators of off-policy evaluation).
 *
 * @param ips inverse propensity scoring (Horvitz and Thompson 1952); unbiased, wide
 * @param ipsError half its interval
 * @param snips self-normalised (Swaminathan and Joachims 2015)
 * @param snipsError half its interval
 * @param doublyRobust with a ridge model of the reward, fitted on the other half (Dudik et al.
 *     2011)
 * @param doublyRobustError half its interval
 * @param logged what the logged policy earned
 * @param effective the effective number of decisions, (sum w)^2 / sum w^2; below some hundreds the
 *     intervals themselves are unsure
 */
public record PolicyValue(
    double ips,
    double ipsError,
    double snips,
    double snipsError,
    double doublyRobust,
    double doublyRobustError,
    double logged,
    double effective) {}
