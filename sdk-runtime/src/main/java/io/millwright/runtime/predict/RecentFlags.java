package io.millwright.runtime.predict;

import io.millwright.api.Flag;
import io.millwright.runtime.prepare.Notes;
import java.util.EnumSet;
import java.util.Set;

/**
 * The flags of a sequence: those of its newest rows, for as many rows as the model's window, and
 * {@value #LEAST} at least, because a reading does its part in the answer for a while. That a
 * history is short is a matter of the newest row alone. Not thread-safe.
 */
public final class RecentFlags {

  /** How many rows a flag lasts at least. */
  static final int LEAST = 30;

  private static final Flag[] FLAGS = Flag.values();

  private final int lasting;
  private final long[] seen = new long[FLAGS.length];
  private long rows;

  /**
   * No flags.
   *
   * @param window the model's window in rows, 0 for none
   */
  public RecentFlags(int window) {
    lasting = Math.max(LEAST, window);
  }

  /** Takes the notes of the next row in. */
  public void add(Notes notes) {
    rows++;
    for (int i = 0; i < FLAGS.length; i++) {
      if (notes.has(FLAGS[i])) {
        seen[i] = rows;
      }
    }
  }

  /** The flags of the sequence as it now stands. */
  Set<Flag> now() {
    Set<Flag> flags = EnumSet.noneOf(Flag.class);
    for (Flag flag : FLAGS) {
      if (has(flag)) {
        flags.add(flag);
      }
    }
    return flags;
  }

  /** Whether a flag is set for the sequence as it now stands. */
  public boolean has(Flag flag) {
    for (int i = 0; i < FLAGS.length; i++) {
      if (FLAGS[i] == flag) {
        long at = seen[i];
        return at > 0 && (flag == Flag.SHORT_HISTORY ? at == rows : rows - at < lasting);
      }
    }
    return false;
  }

  /** Forgets all rows. */
  public void clear() {
    java.util.Arrays.fill(seen, 0);
    rows = 0;
  }

  /** How many numbers {@link #save} gives. */
  static int size() {
    return FLAGS.length;
  }

  /** For each flag the number of rows since it was last seen, -1 for never. */
  int[] save() {
    int[] ages = new int[seen.length];
    for (int i = 0; i < ages.length; i++) {
      ages[i] = seen[i] == 0 ? -1 : (int) Math.min(rows - seen[i], Integer.MAX_VALUE);
    }
    return ages;
  }

  /** Goes back to what {@link #save} gave after so many rows. */
  void restore(long count, int[] ages) {
    rows = count;
    for (int i = 0; i < seen.length; i++) {
      seen[i] = ages[i] < 0 ? 0 : Math.max(0, count - ages[i]);
    }
  }
}
