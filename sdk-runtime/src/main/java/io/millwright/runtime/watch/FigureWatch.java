package io.millwright.runtime.watch;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Rolling figures of a model against what its card promises, over all and by group (machine, lot):
 * the share of right answers or of held intervals must not fall below the promise by more than
 * chance, a mean error or width not rise above it. An alarm is raised after several bad windows in
 * a row and ends after as many good ones (hysteresis). Thread-safe.
 */
public final class FigureWatch {

  /** Where a figure stands. */
  public enum State {
    /** Too few values yet. */
    UNKNOWN,
    /** As promised, within chance. */
    GOOD,
    /** Worse than promised: an alarm. */
    ALARM
  }

  /**
   * A rolling figure.
   *
   * @param group the group; empty for all
   * @param mean the mean over the window
   * @param standardError its standard error
   * @param count how many values the window has
   * @param promised what the card promises
   * @param state where it stands
   */
  public record Reading(
      String group, double mean, double standardError, int count, double promised, State state) {
    /** Checks. */
    public Reading {
      Objects.requireNonNull(group, "group");
      Objects.requireNonNull(state, "state");
    }
  }

  /** The window of one group. */
  private static final class Window {
    private double[] values = new double[16];
    private int count;
    private int next;
    private double mean = Double.NaN;
    private double variance = Double.NaN;
    private int bad;
    private int good;
    private boolean alarm;

    /** Adds a value. All are added up anew: a huge one would leave its rounding behind in sums. */
    void add(double value, int size) {
      if (next == values.length && next < size) {
        values = Arrays.copyOf(values, Math.min(size, 2 * values.length));
      }
      next = next == size ? 0 : next;
      values[next++] = value;
      count = Math.max(count, next);
      double sum = 0;
      for (int i = 0; i < count; i++) {
        sum += values[i];
      }
      mean = sum / count;
      double square = 0;
      for (int i = 0; i < count; i++) {
        square += (values[i] - mean) * (values[i] - mean);
      }
      // Nothing tells how exact an infinite mean is; it is beyond every promise all the same.
      variance = Double.isInfinite(mean) ? 0 : square / count;
    }
  }

  private final double promised;
  private final boolean higherIsBetter;
  private final int size;
  private final double errors;
  private final int patience;
  private final Map<String, Window> windows = new LinkedHashMap<>();

  private FigureWatch(
      double promised, boolean higherIsBetter, int size, double errors, int patience) {
    if (size < 10 || !(errors > 0) || patience < 1) {
      throw new IllegalArgumentException(
          "a window of " + size + ", " + errors + " standard errors, patience " + patience);
    }
    this.promised = promised;
    this.higherIsBetter = higherIsBetter;
    this.size = size;
    this.errors = errors;
    this.patience = patience;
  }

  /**
   * Watches a figure of which more is better: accuracy or coverage, with 1 for right and 0 for
   * wrong.
   *
   * @param promised what the card promises
   * @param size how many values a window has, at least 10
   * @return the watch, with an alarm beyond 3 standard errors, 3 times in a row
   */
  public static FigureWatch atLeast(double promised, int size) {
    return new FigureWatch(promised, true, size, 3, 3);
  }

  /**
   * Watches a figure of which less is better: an absolute error or a width.
   *
   * @param promised what the card promises
   * @param size how many values a window has, at least 10
   * @return the watch, with an alarm beyond 3 standard errors, 3 times in a row
   */
  public static FigureWatch atMost(double promised, int size) {
    return new FigureWatch(promised, false, size, 3, 3);
  }

  /**
   * How far is too far, and how often.
   *
   * @param standardErrors how many standard errors from the promise
   * @param inARow how many values in a row raise the alarm, and end it
   * @return the new watch, without values
   */
  public FigureWatch alarming(double standardErrors, int inARow) {
    return new FigureWatch(promised, higherIsBetter, size, standardErrors, inARow);
  }

  /**
   * Takes a value.
   *
   * @param group the machine or lot; empty for none
   * @param value the value; NaN is passed over
   * @return where the group stands now
   */
  public Reading add(String group, double value) {
    synchronized (windows) {
      Window all = windows.computeIfAbsent("", g -> new Window());
      Window own = windows.computeIfAbsent(group, g -> new Window());
      if (!Double.isNaN(value)) {
        take(all, value);
        if (own != all) {
          take(own, value);
        }
      }
      return reading(group, own);
    }
  }

  private void take(Window w, double value) {
    w.add(value, size);
    if (w.count >= Math.min(size, 30)) {
      double off = (w.mean - promised) * (higherIsBetter ? -1 : 1);
      boolean bad = off > errors * error(w);
      w.bad = bad ? w.bad + 1 : 0;
      // Good again only well within: otherwise an alarm would flicker at its limit.
      boolean good = off < errors / 2 * error(w);
      w.good = good ? w.good + 1 : 0;
      if (w.bad >= patience) {
        w.alarm = true;
      } else if (w.good >= patience) {
        w.alarm = false;
      }
    }
  }

  private double error(Window w) {
    boolean share = promised > 0 && promised < 1 && higherIsBetter;
    return Math.sqrt(Math.max(share ? promised * (1 - promised) : 0, w.variance) / w.count);
  }

  private Reading reading(String group, Window w) {
    int n = w.count;
    State state = n < Math.min(size, 30) ? State.UNKNOWN : w.alarm ? State.ALARM : State.GOOD;
    return new Reading(group, w.mean, n == 0 ? Double.NaN : error(w), n, promised, state);
  }

  /** The reading of all, empty before the first value. */
  Reading overall() {
    synchronized (windows) {
      return reading("", windows.getOrDefault("", new Window()));
    }
  }

  /**
   * All groups.
   *
   * @return where each stands, that of all first
   */
  public List<Reading> readings() {
    synchronized (windows) {
      return windows.entrySet().stream().map(e -> reading(e.getKey(), e.getValue())).toList();
    }
  }
}
