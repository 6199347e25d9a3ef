package io.millwright.scheduling;

import io.millwright.runtime.simulation.Sample;

/**
 * How a way of dispatching did on a stochastic shop, one value for each replication (replications
 * of a simulation). Trials of one study met the same arrivals, failures and durations, so that
 * {@link Sample#minus} compares them.
 *
 * @param name the rule, the policy or the search
 * @param tardiness mean weighted tardiness of a job, in ticks
 * @param flowTime mean time of a job from arrival to end, in ticks
 * @param late the share of jobs that were late, from 0 to 1
 * @param decisionMicros the mean time of one decision among several candidates, in microseconds;
 *     planning included
 */
public record LiveTrial(
    String name, Sample tardiness, Sample flowTime, Sample late, double decisionMicros) {}
