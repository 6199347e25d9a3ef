package io.millwright.maintenance;

import io.millwright.api.Trainer;

/**
 * Learns what the sensors of a fleet say of each other, from whole lives: wear moves several
 * sensors as it did in training, so it is no fault of a sensor. Linear, by the covariance of all
 * readings. Deterministic, immutable and thread-safe.
 */
public interface SensorTrainer extends Trainer<Fleet, SensorGuard> {}
