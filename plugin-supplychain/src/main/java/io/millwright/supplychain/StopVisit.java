package io.millwright.supplychain;

/**
 * One visit of a route.
 *
 * @param stop the stop's name
 * @param arrival when the vehicle comes
 * @param begin when service begins, after waiting for the window
 * @param departure when it leaves
 */
public record StopVisit(String stop, double arrival, double begin, double departure) {}
