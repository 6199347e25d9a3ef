/**
 * Answers to the planner's questions: why a job is late, what would help, what becomes of a plan
 * after an event. Nothing here is for users: it may change at any time.
 */
@NullMarked
package io.millwright.scheduling.internal.planner;

import org.jspecify.annotations.NullMarked;
