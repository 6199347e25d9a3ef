package io.millwright.runtime.watch;

import java.util.ArrayDeque;
import java.util.Deque;
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
    private final Deque<Double> values = new ArrayDeque<>();
    private double sum;
    private double square;
    private int bad;
    private int good;
    private boolean alarm;
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
    w.values.addLast(value);
    w.sum += value;
    w.square += value * value;
    if (w.values.size() > size) {
      double gone = w.values.removeFirst();
      w.sum -= gone;
      w.square -= gone * gone;
    }
    if (w.values.size() >= Math.min(size, 30)) {
      double off = (mean(w) - promised) * (higherIsBetter ? -1 : 1);
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

  private static double mean(Window w) {
    return w.sum / w.values.size();
  }

  /** Of a share that was promised, by the promise; of other figures by their spread. */
  private double error(Window w) {
    int n = w.values.size();
    double mean = mean(w);
    double variance = Math.max(0, w.square / n - mean * mean);
    boolean share = promised > 0 && promised < 1 && higherIsBetter;
    return Math.sqrt(Math.max(share ? promised * (1 - promised) : 0, variance) / n);
  }

  private Reading reading(String group, Window w) {
    int n = w.values.size();
    State state = n < Math.min(size, 30) ? State.UNKNOWN : w.alarm ? State.ALARM : State.GOOD;
    return new Reading(
        group, n == 0 ? Double.NaN : mean(w), n == 0 ? Double.NaN : error(w), n, promised, state);
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
