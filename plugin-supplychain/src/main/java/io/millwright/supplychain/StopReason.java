package io.millwright.supplychain;

import java.util.OptionalDouble;

/**
 * What one stop costs in a plan, with everything else as it is (marginal cost of a stop).
 *
 * @param stop the stop
 * @param vehicle who visits it, or empty text when it is left out
 * @param detour the distance that the plan would save without the stop, or what it would take to
 *     visit a stop that is left out, infinite when no vehicle can
 * @param cost the same in cost, prizes aside
 * @param other the vehicle that could take it over at least cost, or empty text when none can
 * @param otherCost what that would change in the cost of the plan, or empty
 */
public record StopReason(
    String stop,
    String vehicle,
    double detour,
    double cost,
    String other,
    OptionalDouble otherCost) {}
