/**
 * Routes for a fleet: the compiled problem, the tours under search, ruin and recreate, and the
 * independent check of a plan. Internal; the facade hands it out as {@link
 * io.millwright.supplychain.RouteOptimizer}.
 */
@NullMarked
package io.millwright.supplychain.internal.routing;

import org.jspecify.annotations.NullMarked;
