package io.millwright.scheduling.internal.model;

import io.millwright.scheduling.Calendar;
import java.util.Arrays;

/**
 * A calendar as sorted arrays with the working time before each closed window, so that the end of
 * work is found by one binary search however many pauses lie between. Only so many windows are
 * written down; what comes behind them is asked of the calendar. Immutable.
 */
public final class Shifts {

  /** Later than any real time, and safe to add to. */
  public static final long NEVER = 1L << 60;

  /** So many closed windows are written down. */
  private static final int MOST = 2_000;

  private final Calendar calendar;
  private final long[] from;
  private final long[] to;

  /** Working time between tick 0 and from[i]. */
  private final long[] worked;

  /** The tick from which the calendar is asked; NEVER when all windows are written down. */
  private final long known;

  /** The first window that ends after each multiple of two to the power of {@link #grain}. */
  private final int[] first;

  private final int grain;

  public Shifts(Calendar calendar) {
    this.calendar = calendar;
    long[] begins = new long[16];
    long[] ends = new long[16];
    int n = 0;
    long at = 0;
    while (n < MOST) {
      long open = Math.min(calendar.nextOpen(at), NEVER);
      if (open > at) {
        if (n == begins.length) {
          begins = Arrays.copyOf(begins, 2 * n);
          ends = Arrays.copyOf(ends, 2 * n);
        }
        begins[n] = at;
        ends[n++] = open;
      }
      at = open >= NEVER ? NEVER : calendar.rest(open);
      if (at >= NEVER) {
        break;
      }
    }
    known = n < MOST ? Long.MAX_VALUE : ends[n - 1];
    from = Arrays.copyOf(begins, n);
    to = Arrays.copyOf(ends, n);
    worked = new long[n];
    long sum = 0;
    long last = 0;
    for (int i = 0; i < n; i++) {
      sum += from[i] - last;
      worked[i] = sum;
      last = to[i];
    }
    long span = n == 0 ? 0 : to[n - 1] < NEVER ? to[n - 1] : from[n - 1];
    grain = n == 0 ? 0 : Long.SIZE - Long.numberOfLeadingZeros(span / (2L * n));
    first = new int[(int) (span >> grain) + 2];
    for (int k = 0, i = 0; k < first.length; k++) {
      while (i < n && to[i] <= (long) k << grain) {
        i++;
      }
      first[k] = i;
    }
  }

  public boolean always() {
    return from.length == 0;
  }

  /** How many closed windows are written down. */
  public int windows() {
    return from.length;
  }

  public long from(int window) {
    return from[window];
  }

  public long to(int window) {
    return to[window];
  }

  /** The first window that ends after a time, of those written down. */
  public int endingAfter(long time) {
    long part = Math.max(0, time) >> grain;
    boolean inside = part < first.length - 1;
    int low = first[inside ? (int) part : first.length - 1];
    int high = inside ? first[(int) part + 1] : to.length;
    while (low < high) {
      int mid = (low + high) >>> 1;
      if (to[mid] <= time) {
        low = mid + 1;
      } else {
        high = mid;
      }
    }
    return low;
  }

  public long nextOpen(long time) {
    int i = endingAfter(time);
    if (i == to.length) {
      return time < known ? time : Math.min(NEVER, calendar.nextOpen(time));
    }
    return from[i] <= time ? to[i] : time;
  }

  /** When work is done that begins at a time; NEVER or more when it never is. */
  public long finish(long start, long work) {
    if (work == 0) {
      return start;
    }
    long at = start;
    int i = endingAfter(at);
    if (i < to.length && from[i] <= at) {
      at = to[i++];
    }
    if (at >= NEVER) {
      return NEVER + work;
    }
    if (i == to.length) {
      return behind(at, work);
    }
    // Work reaches the window k when the working time before it is less than what is needed.
    long needed = worked[i] - (from[i] - at) + work;
    // Most work ends soon, so that the search widens from there.
    int low = i;
    int high = i;
    for (int step = 1; high < to.length && worked[high] < needed; step *= 2) {
      low = high + 1;
      high = Math.min(to.length, high + step);
    }
    while (low < high) {
      int mid = (low + high) >>> 1;
      if (worked[mid] < needed) {
        low = mid + 1;
      } else {
        high = mid;
      }
    }
    if (low == i) {
      return at + work;
    }
    if (low == to.length) {
      return behind(to[low - 1], needed - worked[low - 1]);
    }
    return to[low - 1] + (needed - worked[low - 1]);
  }

  private long behind(long at, long work) {
    return known == Long.MAX_VALUE || at >= NEVER
        ? Math.min(NEVER, at) + work
        : Math.min(NEVER, calendar.finish(at, work));
  }

  /** The first tick from a time on at which work can begin that does not pause. */
  public long fit(long time, long work) {
    long at = time;
    for (int i = endingAfter(time); i < to.length; i++) {
      if (work <= from[i] - at && at < from[i]) {
        return at;
      }
      at = Math.max(at, to[i]);
    }
    return known == Long.MAX_VALUE || at >= NEVER ? at : Math.min(NEVER, calendar.fit(at, work));
  }

  /** The working time between two times. */
  public long between(long begin, long end) {
    if (end <= begin) {
      return 0;
    }
    if (end > known) {
      return calendar.open(begin, end).stream().mapToLong(w -> w.to() - w.from()).sum();
    }
    return worked(end) - worked(begin);
  }

  private long worked(long time) {
    int i = endingAfter(time);
    if (i < from.length) {
      return worked[i] - Math.max(0, from[i] - time);
    }
    return i == 0 ? time : worked[i - 1] + time - to[i - 1];
  }
}
