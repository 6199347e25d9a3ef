package io.millwright.maintenance;

import io.millwright.runtime.simulation.Sample;

/**
 * What a policy costs in a simulated plant, one value for each replication (replications of a
 * simulation). Runs of one problem share their random numbers, so that {@link Sample#minus}
 * compares two policies.
 *
 * @param cost the cost of a unit of time, of all machines
 * @param downtime the share of time in which a machine stands, the mean over machines; work within
 *     pauses does not count
 * @param failures failures of all machines in a unit of time
 * @param planned planned works of all machines in a unit of time
 */
public record PolicyRun(Sample cost, Sample downtime, Sample failures, Sample planned) {}
