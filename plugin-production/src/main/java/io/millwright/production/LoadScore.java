package io.millwright.production;

/**
 * How good predictions of the load were at one distance, each made from what was known that long
 * before (rolling origin).
 *
 * @param method who predicted: {@code model}, or a baseline
 * @param ahead how many periods ahead
 * @param count how many periods were judged
 * @param mae mean absolute error of the median
 * @param rmse root of the mean squared error of the mean
 * @param maeOfMean mean absolute error of the mean
 * @param cover80 share of truths within the 80 % interval; NaN for baselines
 * @param cover90 share of truths within the 90 % interval; NaN for baselines
 * @param width90 mean width of the 90 % interval; NaN for baselines
 */
public record LoadScore(
    String method,
    int ahead,
    int count,
    double mae,
    double rmse,
    double maeOfMean,
    double cover80,
    double cover90,
    double width90) {}
