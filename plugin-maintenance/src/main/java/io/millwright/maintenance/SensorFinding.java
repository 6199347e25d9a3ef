package io.millwright.maintenance;

import io.millwright.runtime.monitoring.SensorFault;

/**
 * A sensor that lies.
 *
 * @param sensor its column
 * @param fault what is wrong with it
 * @param other the column it was exchanged with, or empty
 * @param virtual what it would read by the other sensors
 * @param deviation the standard deviation of that estimate on held-out normal readings
 */
public record SensorFinding(
    String sensor, SensorFault fault, String other, double virtual, double deviation) {}
