package io.millwright.scheduling;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * When a machine works, or a resource is there (ISA-95: equipment capability over time): a pattern
 * of shifts that repeats for ever, or always; extra shifts; and closed windows, which win over
 * both: holidays, maintenance, breakdowns. An operation, or a set-up, that meets a closed time
 * pauses and goes on when it ends, unless it may not pause; it begins only while the machine works.
 * Immutable and thread-safe.
 */
public final class Calendar {

  /** The end of a window that never ends. */
  public static final long FOREVER = Long.MAX_VALUE;

  /** So many spans of an extra shift are joined with those of another calendar. */
  private static final int MOST_JOINED = 100_000;

  private static final Calendar ALWAYS = new Calendar(Optional.empty(), List.of(), List.of());

  private final Optional<ShiftPattern> pattern;
  private final List<Window> closed;
  private final List<Window> extra;

  private Calendar(Optional<ShiftPattern> pattern, List<Window> closed, List<Window> extra) {
    // A pattern that is always open says nothing.
    this.pattern = pattern.filter(p -> p.openTicks() < p.period());
    this.closed = ShiftPattern.joined(closed);
    this.extra = this.pattern.isEmpty() ? List.of() : ShiftPattern.joined(extra);
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
   * A machine that rests in these windows alone.
   *
   * @param closed the windows, in any order
   * @return the calendar
   */
  public static Calendar closed(Window... closed) {
    return closed(List.of(closed));
  }

  /**
   * A machine that rests in these windows alone.
   *
   * @param closed the windows, in any order
   * @return the calendar
   */
  public static Calendar closed(List<Window> closed) {
    return closed.isEmpty() ? ALWAYS : new Calendar(Optional.empty(), closed, List.of());
  }

  /**
   * Shifts that repeat for ever, such as two shifts a day or five days a week.
   *
   * @param period the length of the pattern, in ticks, positive; tick 0 is its beginning
   * @param shifts when the machine works, each beginning between 0 and {@code period}; one that
   *     ends after the period is a night shift that goes on in the next
   * @return the calendar
   */
  public static Calendar shifts(long period, List<Window> shifts) {
    return new Calendar(Optional.of(new ShiftPattern(period, shifts)), List.of(), List.of());
  }

  /**
   * The shifts.
   *
   * @return the pattern, or empty when the machine works always but for closed windows
   */
  public Optional<ShiftPattern> pattern() {
    return pattern;
  }

  /**
   * The windows in which the machine rests whatever the pattern says.
   *
   * @return the windows in order of time and apart from each other
   */
  public List<Window> closed() {
    return closed;
  }

  /**
   * The windows in which the machine works though the pattern rests.
   *
   * @return the windows in order of time and apart from each other; empty without a pattern
   */
  public List<Window> extra() {
    return extra;
  }

  /**
   * Whether the machine never rests.
   *
   * @return true for {@link #always}
   */
  public boolean isAlways() {
    return pattern.isEmpty() && closed.isEmpty();
  }

  /**
   * The same calendar with one more closed window: a breakdown, a holiday, a maintenance order.
   *
   * @param window when the machine rests as well
   * @return the new calendar
   */
  public Calendar without(Window window) {
    List<Window> all = new ArrayList<>(closed);
    all.add(window);
    return new Calendar(pattern, all, extra);
  }

  /**
   * The same calendar with an extra shift. Closed windows stay closed.
   *
   * @param window when the machine works as well
   * @return the new calendar
   */
  public Calendar with(Window window) {
    List<Window> all = new ArrayList<>(extra);
    all.add(window);
    return new Calendar(pattern, closed, all);
  }

  /**
   * The same calendar with nothing closed in a span: the machine works through.
   *
   * @param window the span
   * @return the new calendar
   */
  public Calendar through(Window window) {
    List<Window> left = new ArrayList<>();
    for (Window w : closed) {
      if (w.from() < Math.min(w.to(), window.from())) {
        left.add(new Window(w.from(), Math.min(w.to(), window.from())));
      }
      if (Math.max(w.from(), window.to()) < w.to()) {
        left.add(new Window(Math.max(w.from(), window.to()), w.to()));
      }
    }
    return new Calendar(pattern, left, extra).with(window);
  }

  /**
   * When this and another are both working.
   *
   * @param other the other calendar
   * @return the calendar that is closed whenever one of the two is
   * @throws IllegalArgumentException when the periods of their shifts have no common one of a
   *     reasonable length
   */
  public Calendar and(Calendar other) {
    if (isAlways() || equals(other)) {
      return other;
    }
    if (other.isAlways()) {
      return this;
    }
    List<Window> shut = new ArrayList<>(closed);
    shut.addAll(other.closed());
    Optional<ShiftPattern> both =
        pattern.isEmpty()
            ? other.pattern()
            : other.pattern().map(p -> pattern.get().and(p)).or(() -> pattern);
    List<Window> more = new ArrayList<>(other.openIn(extra));
    more.addAll(openIn(other.extra()));
    return new Calendar(both, shut, more);
  }

  private List<Window> openIn(List<Window> spans) {
    List<Window> open = new ArrayList<>();
    for (Window span : spans) {
      for (long at = nextOpen(span.from()); at < span.to(); ) {
        long end = Math.min(span.to(), rest(at));
        open.add(new Window(at, end));
        if (open.size() > MOST_JOINED) {
          throw new IllegalArgumentException(
              "an extra shift from "
                  + span.from()
                  + " to "
                  + span.to()
                  + " spans more than "
                  + MOST_JOINED
                  + " shifts of what it is used with\nMaybe give it an end that is nearer");
        }
        at = end < span.to() ? nextOpen(end) : span.to();
      }
    }
    return open;
  }

  /**
   * When the machine works within a span.
   *
   * @param from the first tick
   * @param to the first tick behind it
   * @return the windows in order of time, cut at the ends of the span
   */
  public List<Window> open(long from, long to) {
    List<Window> open = new ArrayList<>();
    for (long at = nextOpen(from); at < to; ) {
      long end = Math.min(to, rest(at));
      open.add(new Window(at, end));
      at = end < to ? nextOpen(end) : to;
    }
    return open;
  }

  /**
   * When the machine rests within a span.
   *
   * @param from the first tick
   * @param to the first tick behind it
   * @return the windows in order of time, cut at the ends of the span
   */
  public List<Window> rests(long from, long to) {
    List<Window> rests = new ArrayList<>();
    long at = from;
    for (Window w : open(from, to)) {
      if (w.from() > at) {
        rests.add(new Window(at, w.from()));
      }
      at = w.to();
    }
    if (at < to) {
      rests.add(new Window(at, to));
    }
    return rests;
  }

  /**
   * The first tick at or after a time at which the machine works.
   *
   * @param time a tick
   * @return the tick, or {@link #FOREVER} when the machine never works again
   */
  public long nextOpen(long time) {
    long at = time;
    for (int i = firstEndingAfter(closed, at); at != FOREVER; ) {
      if (i < closed.size() && closed.get(i).from() <= at) {
        at = closed.get(i++).to();
        continue;
      }
      long open = patternOpen(at);
      if (open == at) {
        return at;
      }
      at = open;
      i = firstEndingAfter(closed, at);
    }
    return at;
  }

  /** The first tick at or after a time that the pattern or an extra shift has open. */
  private long patternOpen(long time) {
    if (pattern.isEmpty()) {
      return time;
    }
    int k = firstEndingAfter(extra, time);
    long byExtra = k < extra.size() ? Math.max(time, extra.get(k).from()) : FOREVER;
    return pattern.get().open().isEmpty()
        ? byExtra
        : Math.min(byExtra, pattern.get().nextOpen(time));
  }

  /**
   * The first tick after a working one at which the machine rests.
   *
   * @param time a tick at which it works
   * @return the tick, or {@link #FOREVER} when it never rests again
   */
  public long rest(long time) {
    int i = firstEndingAfter(closed, time);
    long shut = i < closed.size() ? closed.get(i).from() : FOREVER;
    if (pattern.isEmpty()) {
      return shut;
    }
    long at = time;
    while (at < shut && patternOpen(at) == at) {
      int k = firstEndingAfter(extra, at);
      if (k < extra.size() && extra.get(k).from() <= at) {
        at = extra.get(k).to();
      } else {
        at = pattern.get().nextClosed(at);
      }
    }
    return Math.min(at, shut);
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
    while (at != FOREVER) {
      long periods = wholePeriods(at, left);
      if (periods > 0) {
        ShiftPattern shifts = pattern.orElseThrow();
        at += periods * shifts.period();
        left -= periods * shifts.openTicks();
      }
      long end = rest(at);
      if (left <= end - at) {
        return left > FOREVER - at ? FOREVER : at + left;
      }
      left -= end - at;
      at = nextOpen(end);
    }
    return FOREVER;
  }

  /** How many periods of the pattern pass before the work is done or anything else happens. */
  private long wholePeriods(long at, long left) {
    if (pattern.isEmpty() || pattern.get().open().isEmpty()) {
      return 0;
    }
    int i = firstEndingAfter(closed, at);
    int k = firstEndingAfter(extra, at);
    long until = i < closed.size() ? closed.get(i).from() : FOREVER;
    until = k < extra.size() ? Math.min(until, extra.get(k).from()) : until;
    if (until <= at) {
      return 0;
    }
    long period = pattern.get().period();
    // The last tick of work is walked to, so that its end is not put behind a rest.
    long byWork = (left - 1) / pattern.get().openTicks();
    return Math.min(byWork, Math.min(until - at, FOREVER / 4) / period);
  }

  /**
   * The first tick at or after a time from which work can be done without a pause.
   *
   * @param time a tick
   * @param work the working time it takes, not negative
   * @return the tick, or {@link #FOREVER} when there is no such time
   */
  public long fit(long time, long work) {
    long at = nextOpen(time);
    // Behind the last closed and the last extra window one period tells all.
    long settled = at;
    settled = closed.isEmpty() ? settled : Math.max(settled, closed.get(closed.size() - 1).to());
    settled = extra.isEmpty() ? settled : Math.max(settled, extra.get(extra.size() - 1).to());
    long last =
        pattern.isEmpty() || settled > FOREVER / 4 ? FOREVER : settled + 2 * pattern.get().period();
    while (at != FOREVER && at <= last) {
      long end = rest(at);
      if (work <= end - at) {
        return at;
      }
      at = nextOpen(end);
    }
    return FOREVER;
  }

  private static int firstEndingAfter(List<Window> windows, long time) {
    int low = 0;
    int high = windows.size();
    while (low < high) {
      int mid = (low + high) >>> 1;
      if (windows.get(mid).to() <= time) {
        low = mid + 1;
      } else {
        high = mid;
      }
    }
    return low;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Calendar c
        && pattern.equals(c.pattern)
        && closed.equals(c.closed)
        && extra.equals(c.extra);
  }

  @Override
  public int hashCode() {
    return Objects.hash(pattern, closed, extra);
  }

  @Override
  public String toString() {
    return isAlways()
        ? "always"
        : "Calendar[pattern=" + pattern + ", closed=" + closed + ", extra=" + extra + "]";
  }
}
