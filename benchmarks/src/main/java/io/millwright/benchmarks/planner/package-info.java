/**
 * Measures what a planner of a shop floor is promised: how fast and how gently a plan is repaired,
 * and whether the remedies of an explanation bring what they say. Programs to run and change;
 * nothing here is for users.
 */
@NullMarked
package io.millwright.benchmarks.planner;

import org.jspecify.annotations.NullMarked;
