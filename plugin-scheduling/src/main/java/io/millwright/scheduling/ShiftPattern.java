package io.millwright.scheduling;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A pattern of shifts that repeats for ever (ISA-95: work calendar), such as two shifts a day or
 * five days a week. It is kept as one period, however long it goes on.
 *
 * @param period the length of the pattern in ticks, positive; tick 0 is its beginning
 * @param open the shifts of one period, in order of time and apart from each other, each between 0
 *     and {@code period}
 */
public record ShiftPattern(long period, List<Window> open) {

  /** Beyond so many windows in a common period, two patterns are not joined. */
  private static final int MOST = 200_000;

  /**
   * Sorts, joins shifts that touch or overlap, and copies. A shift that ends after the period goes
   * on in the next one: from 22:00 to 30:00 is a night shift across midnight.
   */
  public ShiftPattern {
    if (period <= 0) {
      throw new IllegalArgumentException(
          "the period of shifts is "
              + period
              + ", but must be positive\nMaybe count the ticks of a day or a week");
    }
    List<Window> parts = new ArrayList<>();
    for (Window w : open) {
      if (w.from() < 0 || w.from() >= period || w.to() - w.from() > period) {
        throw new IllegalArgumentException(
            "shift "
                + w
                + " does not begin between 0 and the period "
                + period
                + ", or is longer than it\nMaybe count it from the beginning of the period");
      }
      parts.add(new Window(w.from(), Math.min(w.to(), period)));
      if (w.to() > period) {
        parts.add(new Window(0, w.to() - period));
      }
    }
    open = joined(parts);
  }

  /** The same windows in order, with those that touch or overlap as one. */
  static List<Window> joined(List<Window> windows) {
    List<Window> sorted = new ArrayList<>(windows);
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
    return List.copyOf(joined);
  }

  /** The open ticks of one period. */
  long openTicks() {
    return open.stream().mapToLong(w -> w.to() - w.from()).sum();
  }

  /** The first open tick at or after a time; the pattern has one. */
  long nextOpen(long time) {
    long base = Math.floorDiv(time, period) * period;
    int i = endingAfter(time - base);
    return i == open.size()
        ? base + period + open.get(0).from()
        : Math.max(time, base + open.get(i).from());
  }

  /** The first tick after an open one at which it closes; FOREVER when it never does. */
  long nextClosed(long time) {
    if (openTicks() == period) {
      return Calendar.FOREVER;
    }
    long base = Math.floorDiv(time, period) * period;
    long to = base + open.get(endingAfter(time - base)).to();
    // A night shift goes on at the beginning of the next period.
    return to == base + period && open.get(0).from() == 0 ? to + open.get(0).to() : to;
  }

  private int endingAfter(long phase) {
    int low = 0;
    int high = open.size();
    while (low < high) {
      int mid = (low + high) >>> 1;
      if (open.get(mid).to() <= phase) {
        low = mid + 1;
      } else {
        high = mid;
      }
    }
    return low;
  }

  /** When two patterns are both open. */
  ShiftPattern and(ShiftPattern other) {
    if (equals(other)) {
      return this;
    }
    long a = period;
    long b = other.period();
    while (b != 0) {
      long rest = a % b;
      a = b;
      b = rest;
    }
    long repeats = other.period() / a;
    double windows = (double) repeats * open.size() + period / (double) a * other.open().size();
    if (windows > MOST) {
      throw new IllegalArgumentException(
          "shifts with the periods "
              + period
              + " and "
              + other.period()
              + " repeat together only after more than "
              + MOST
              + " shifts\nMaybe give both the same period, such as a day or a week");
    }
    long common = Math.multiplyExact(period, repeats);
    List<Window> both = new ArrayList<>();
    List<Window> mine = repeated(common);
    List<Window> theirs = other.repeated(common);
    for (int i = 0, k = 0; i < mine.size() && k < theirs.size(); ) {
      Window m = mine.get(i);
      Window t = theirs.get(k);
      long from = Math.max(m.from(), t.from());
      long to = Math.min(m.to(), t.to());
      if (from < to) {
        both.add(new Window(from, to));
      }
      if (m.to() <= t.to()) {
        i++;
      } else {
        k++;
      }
    }
    return new ShiftPattern(common, both);
  }

  private List<Window> repeated(long until) {
    List<Window> all = new ArrayList<>();
    for (long base = 0; base < until; base += period) {
      for (Window w : open) {
        all.add(new Window(base + w.from(), base + w.to()));
      }
    }
    return all;
  }
}
