/**
 * Maintenance policies: the plant as arrays, its simulation, the search for limits and the windows
 * of a plan. Belongs to the facade's {@code policy()}; nothing outside it uses it.
 */
@NullMarked
package io.millwright.maintenance.internal.policy;

import org.jspecify.annotations.NullMarked;
