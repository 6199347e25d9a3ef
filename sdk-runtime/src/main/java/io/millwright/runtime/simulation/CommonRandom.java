package io.millwright.runtime.simulation;

import io.millwright.runtime.support.KeyedRandom;

/**
 * Common random numbers (variance reduction by synchronised streams; Law, Simulation Modeling and
 * Analysis, chapter 11): what is drawn belongs to a replication and a place in the model, such as
 * the fifth repair of the third machine, and not to the order in which a run happens to draw. Two
 * variants of a model that share a replication meet the same luck, so that their difference shows.
 * Immutable and thread-safe.
 *
 * @param key the key of the whole study
 * @param replication which replication, from 0
 */
public record CommonRandom(long key, int replication) {

  private static final long ROOM = 0x51B0L;

  /**
   * A stream of its own for a place of the model.
   *
   * @param place what is drawn for, such as the number of a machine and of a purpose
   * @return the stream, always the same for the same place
   */
  public KeyedRandom stream(long... place) {
    long[] where = new long[place.length + 2];
    where[0] = ROOM;
    where[1] = replication;
    System.arraycopy(place, 0, where, 2, place.length);
    return KeyedRandom.of(key, KeyedRandom.Purpose.OTHER, where);
  }
}
