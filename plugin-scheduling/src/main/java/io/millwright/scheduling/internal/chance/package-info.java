/**
 * Uncertain times: a shop whose durations, set-ups and breakdowns are drawn anew in each
 * replication, what plans come to in it, and the search for the plan that comes to most.
 */
@NullMarked
package io.millwright.scheduling.internal.chance;

import org.jspecify.annotations.NullMarked;
