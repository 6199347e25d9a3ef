/**
 * Learned dispatching: the state of a floor, what candidates are told apart by, active schedules
 * and a simulated live floor to practise on, the training of policies, and policies at work.
 * Internal.
 */
@NullMarked
package io.millwright.scheduling.internal.dispatch;

import org.jspecify.annotations.NullMarked;
