package io.millwright.quality;

/**
 * How a line went so far (counters of an inspection line). Every frame that came in is in exactly
 * one of the last four numbers, or still waits.
 *
 * @param frames how many came in
 * @param inTime how many were answered in time
 * @param late how many were answered, but late
 * @param passedBy how many had no answer, since their deadline was over before their turn, or more
 *     frames waited than may
 * @param faulty how many could not be read or made the model fail
 */
public record LineCounts(long frames, long inTime, long late, long passedBy, long faulty) {}
