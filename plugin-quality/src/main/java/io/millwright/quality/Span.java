package io.millwright.quality;

/**
 * A confidence interval with its estimate.
 *
 * @param value the estimate
 * @param low the lower end
 * @param high the upper end
 */
public record Span(double value, double low, double high) {}
