package io.millwright.scheduling.internal.model;

import io.millwright.scheduling.Calendar;
import io.millwright.scheduling.Window;
import java.util.List;

/**
 * A calendar as sorted arrays with the working time before each closed window, so that the end of
 * work is found by one binary search however many pauses lie between. Immutable.
 */
public final class Shifts {

  /** Later than any real time, and safe to add to. */
  public static final long NEVER = 1L << 60;

  private final long[] from;
  private final long[] to;

  /** Working time between tick 0 and from[i]. */
  private final long[] worked;

  public Shifts(Calendar calendar) {
    List<Window> closed = calendar.closed();
    int n = closed.size();
    from = new long[n];
    to = new long[n];
    worked = new long[n];
    long sum = 0;
    long at = 0;
    for (int i = 0; i < n; i++) {
      from[i] = closed.get(i).from();
      to[i] = Math.min(closed.get(i).to(), NEVER);
      sum += from[i] - at;
      worked[i] = sum;
      at = to[i];
    }
  }

  public boolean always() {
    return from.length == 0;
  }

  int windows() {
    return from.length;
  }

  long from(int window) {
    return from[window];
  }

  long to(int window) {
    return to[window];
  }

  /** The working time from tick 0 to a time. */
  long worked(long time) {
    int i = endingAfter(time);
    if (i < from.length) {
      return worked[i] - Math.max(0, from[i] - time);
    }
    return i == 0 ? time : worked[i - 1] + time - to[i - 1];
  }

  /** The first window that ends after a time. */
  int endingAfter(long time) {
    int low = 0;
    int high = to.length;
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
    return i < to.length && from[i] <= time ? to[i] : time;
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
    if (at >= NEVER || i == to.length) {
      return Math.min(NEVER, at) + work;
    }
    // Work reaches the window k when the working time before it is less than what is needed.
    long needed = worked[i] - (from[i] - at) + work;
    int low = i;
    int high = to.length;
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
    return to[low - 1] + (needed - worked[low - 1]);
  }
}
