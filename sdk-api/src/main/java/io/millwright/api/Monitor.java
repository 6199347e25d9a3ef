package io.millwright.api;

import java.time.Instant;

/**
 * A predictor with memory, for readings that arrive one by one. Time and memory of {@link #update}
 * do not grow with the number of readings. After the same readings it gives the answer that the
 * {@link Predictor} gives for the whole history.
 *
 * <p>Thread-safe. Readings of one unit must arrive in the order of time; readings of different
 * units may arrive from different threads at the same time.
 *
 * @param <X> one reading
 * @param <V> one answer
 */
public interface Monitor<X, V> extends AutoCloseable {

  /**
   * Takes one reading in and answers for the unit as it now stands.
   *
   * @param unit which unit was read; an unknown unit starts with this reading
   * @param reading what was read
   * @param at when; not before the unit's last reading
   * @return a prediction, or an abstention while the unit's history is too short or its data too
   *     bad
   * @throws MillwrightException with {@link ErrorCode#BAD_VALUE} when the reading is older than the
   *     unit's last; the reading is not taken in
   */
  Outcome<V> update(String unit, X reading, Instant at);

  /**
   * Forgets a unit, for example after an overhaul. Does nothing for an unknown unit.
   *
   * @param unit the unit
   */
  void forget(String unit);

  /**
   * The memory of all units, to be restored in another process with the same model. A documented
   * format; no Java serialisation.
   *
   * @return the state
   */
  byte[] snapshot();

  /**
   * Replaces the memory of all units.
   *
   * @param snapshot what {@link #snapshot} returned
   * @throws MillwrightException with {@link ErrorCode#BAD_FILE} when it is damaged or belongs to
   *     another model; the memory stays as it was
   */
  void restore(byte[] snapshot);

  /**
   * What model this is.
   *
   * @return its description
   */
  ModelInfo info();

  /** Releases what the monitor holds. Closing twice does nothing. */
  @Override
  void close();
}
