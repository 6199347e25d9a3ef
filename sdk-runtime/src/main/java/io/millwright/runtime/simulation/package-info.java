/**
 * Discrete-event simulation that the areas share: a calendar of events, random numbers that belong
 * to a place and not to a moment (common random numbers), and replications whose answer is a mean
 * with a confidence interval. Knows no area. Public for plug-ins, follows semantic versioning.
 */
@NullMarked
package io.millwright.runtime.simulation;

import org.jspecify.annotations.NullMarked;
