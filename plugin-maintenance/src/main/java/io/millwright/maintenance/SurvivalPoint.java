package io.millwright.maintenance;

/**
 * One step of a nonparametric survival function.
 *
 * @param time when
 * @param atRisk how many lived until then; NaN when intervals overlap
 * @param failures how many failed then
 * @param survival the share that lives longer
 * @param error its standard error by Greenwood's formula (1926); NaN when lives are censored to the
 *     left or in intervals
 * @param low the lower end of its interval on the scale log(-log) (Kalbfleisch and Prentice 1980)
 * @param high the upper end
 */
public record SurvivalPoint(
    double time,
    double atRisk,
    double failures,
    double survival,
    double error,
    double low,
    double high) {}
