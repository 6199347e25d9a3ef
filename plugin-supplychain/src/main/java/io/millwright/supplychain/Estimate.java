package io.millwright.supplychain;

/**
 * A figure with its 95 % confidence or credible interval.
 *
 * @param value the figure
 * @param low the lower end
 * @param high the upper end
 */
public record Estimate(double value, double low, double high) {}
