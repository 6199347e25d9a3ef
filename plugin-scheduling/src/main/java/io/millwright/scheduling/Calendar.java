package io.millwright.scheduling;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * When a machine works, or a resource is there (ISA-95: equipment capability over time). It works
 * always, except in the closed windows: nights, weekends, maintenance. An operation, or a set-up,
 * that meets a closed window pauses and goes on when it ends; it begins only while the machine
 * works.
 *
 * @param closed the windows in which the machine rests, in order of time and apart from each other
 */
public record Calendar(List<Window> closed) {

  /** The end of a window that never ends. */
  public static final long FOREVER = Long.MAX_VALUE;

  private static final Calendar ALWAYS = new Calendar(List.of());

  /** Sorts, joins windows that touch or overlap, and copies. */
  public Calendar {
    List<Window> sorted = new ArrayList<>(closed);
    sorted.sort(Comparator.comparingLong(Window::from));
    List<Window> joined = new ArrayList<>();
    for (Window w : sorted) {
      Window last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
      if (last != null && w.from() <= last.to()) {
        joined.set(joined.size() - 1, new Window(last.from(), Math.max(last.to(), w.to())));
      } else {
        joined.add(w);
      }
    }
    closed = List.copyOf(joined);
  }

  /**
   * A machine that never rests.
   *
   * @return the calendar without closed windows
   */
  public static Calendar always() {
    return ALWAYS;
  }

  /**
   * A machine that rests in these windows.
   *
   * @param closed the windows, in any order
   * @return the calendar
   */
  public static Calendar closed(Window... closed) {
    return new Calendar(List.of(closed));
  }

  /**
   * Shifts that repeat, such as two shifts a day or five days a week.
   *
   * @param period the length of the pattern, in ticks, positive
   * @param shifts when the machine works within one period, each between 0 and {@code period}
   * @param periods how often the pattern repeats from tick 0; the machine works always afterwards
   * @return the calendar
   */
  public static Calendar shifts(long period, List<Window> shifts, int periods) {
    if (period <= 0 || periods < 1) {
      throw new IllegalArgumentException(
          "period is " + period + " and periods is " + periods + ", but both must be positive");
    }
    List<Window> open = new ArrayList<>(shifts);
    open.sort(Comparator.comparingLong(Window::from));
    List<Window> closed = new ArrayList<>();
    long at = 0;
    for (int k = 0; k < periods; k++) {
      long base = Math.multiplyExact(period, k);
      for (Window w : open) {
        if (w.from() < 0 || w.to() > period) {
          throw new IllegalArgumentException(
              "shift " + w + " does not lie between 0 and the period " + period);
        }
        if (base + w.from() > at) {
          closed.add(new Window(at, base + w.from()));
        }
        at = Math.max(at, base + w.to());
      }
    }
    long end = Math.multiplyExact(period, periods);
    if (end > at) {
      closed.add(new Window(at, end));
    }
    return new Calendar(closed);
  }

  /**
   * The same calendar with one more closed window: a breakdown, a maintenance order.
   *
   * @param window when the machine rests as well
   * @return the new calendar
   */
  public Calendar without(Window window) {
    List<Window> all = new ArrayList<>(closed);
    all.add(window);
    return new Calendar(all);
  }

  /**
   * When this and another are both working.
   *
   * @param other the other calendar
   * @return the calendar that is closed whenever one of the two is
   */
  public Calendar and(Calendar other) {
    if (closed.isEmpty() || other.closed().isEmpty()) {
      return closed.isEmpty() ? other : this;
    }
    List<Window> all = new ArrayList<>(closed);
    all.addAll(other.closed());
    return new Calendar(all);
  }

  /**
   * The first tick at or after a time at which the machine works.
   *
   * @param time a tick
   * @return the tick, or {@link #FOREVER} when the machine never works again
   */
  public long nextOpen(long time) {
    int i = firstEndingAfter(time);
    return i < closed.size() && closed.get(i).from() <= time ? closed.get(i).to() : time;
  }

  /**
   * When work that begins at a time is done, pauses included.
   *
   * @param start a tick
   * @param work the working time it takes, not negative
   * @return the tick at which the work is done, or {@link #FOREVER} when it never is
   */
  public long finish(long start, long work) {
    if (work == 0) {
      return start;
    }
    long at = nextOpen(start);
    long left = work;
    for (int i = firstEndingAfter(at); at != FOREVER && i < closed.size(); i++) {
      Window w = closed.get(i);
      if (left <= w.from() - at) {
        break;
      }
      left -= w.from() - at;
      at = w.to();
    }
    return at == FOREVER || left > FOREVER - at ? FOREVER : at + left;
  }

  private int firstEndingAfter(long time) {
    int low = 0;
    int high = closed.size();
    while (low < high) {
      int mid = (low + high) >>> 1;
      if (closed.get(mid).to() <= time) {
        low = mid + 1;
      } else {
        high = mid;
      }
    }
    return low;
  }
}
