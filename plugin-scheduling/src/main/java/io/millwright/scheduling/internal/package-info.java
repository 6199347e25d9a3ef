/**
 * The searches behind the scheduling facade, on arrays of numbers and without allocation in their
 * loops. Nothing here is for users: it may change at any time. A search reads a shop through {@code
 * Floor}, works on a key and counts iterations, and hands back an order of operations with chosen
 * alternatives, which {@code Timetable} turns into a plan; a new search belongs beside the others
 * as one more {@code Island}.
 */
@NullMarked
package io.millwright.scheduling.internal;

import org.jspecify.annotations.NullMarked;
