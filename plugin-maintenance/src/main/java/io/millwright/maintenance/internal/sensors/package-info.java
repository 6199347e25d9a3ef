/** Sensors that lie, in histories of units. Reached by {@link SensorRooms} only. */
@NullMarked
package io.millwright.maintenance.internal.sensors;

import org.jspecify.annotations.NullMarked;
