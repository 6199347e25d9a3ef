package io.millwright.quality;

/**
 * The design of an x-bar chart that costs least.
 *
 * @param size the readings of a subgroup
 * @param interval the time between subgroups
 * @param width the distance of the limits from the centre in standard deviations of the mean
 * @param cost the expected cost of an hour
 * @param falseAlarm the probability of a false signal at one subgroup
 * @param power the probability that one subgroup shows the shift
 */
public record ChartDesign(
    int size, double interval, double width, double cost, double falseAlarm, double power) {}
