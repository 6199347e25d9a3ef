package io.millwright.runtime.monitoring;

/**
 * A sensor that lies, and what it would have read.
 *
 * @param sensor its place, from 0
 * @param fault what is wrong
 * @param other the place of the sensor it was exchanged with, or -1
 * @param virtual the reading estimated from the other sensors, in the unit of the sensor
 * @param deviation the standard deviation of that estimate on held-out normal readings, larger than
 *     the sensor's own noise
 */
public record SensorVerdict(
    int sensor, SensorFault fault, int other, double virtual, double deviation) {}
