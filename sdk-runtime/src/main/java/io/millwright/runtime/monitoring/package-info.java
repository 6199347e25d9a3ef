/**
 * Monitoring of processes and sensors that the areas share: multivariate limits from normal data,
 * change points, alarms with hysteresis, and sensors that lie. All watches take a reading in
 * constant time and memory, and their memory is a few numbers that a host can keep. Knows no area.
 * Public for plug-ins, follows semantic versioning.
 */
@NullMarked
package io.millwright.runtime.monitoring;

import org.jspecify.annotations.NullMarked;
