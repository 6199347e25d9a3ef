package io.millwright.runtime.simulation;

import java.util.Arrays;

/**
 * The calendar of future events of a discrete-event simulation (a binary heap). Events are plain
 * numbers that the model gives a meaning. Events of the same time come out in the order in which
 * they were put in, so that a run repeats. Not thread-safe.
 */
public final class EventCalendar {

  private double[] times = new double[64];
  private long[] orders = new long[64];
  private int[] codes = new int[64];
  private int size;
  private long next;
  private double now;
  private int code;

  /** An empty calendar at time 0. */
  public EventCalendar() {}

  /** Forgets all events and goes back to time 0. */
  public void clear() {
    size = 0;
    next = 0;
    now = 0;
  }

  /**
   * Puts an event in.
   *
   * @param time when it happens, not before {@link #now}, in the unit of the model
   * @param event the model's number of the event
   * @throws IllegalArgumentException when the time is before now, or not a number
   */
  public void schedule(double time, int event) {
    if (!(time >= now)) {
      throw new IllegalArgumentException("event " + event + " at " + time + ", but it is " + now);
    }
    if (size == times.length) {
      times = Arrays.copyOf(times, 2 * size);
      orders = Arrays.copyOf(orders, 2 * size);
      codes = Arrays.copyOf(codes, 2 * size);
    }
    long order = next++;
    int i = size++;
    while (i > 0) {
      int parent = (i - 1) >>> 1;
      if (times[parent] <= time) {
        break;
      }
      move(parent, i);
      i = parent;
    }
    times[i] = time;
    orders[i] = order;
    codes[i] = event;
  }

  /**
   * Goes on to the next event, which {@link #now} and {@link #event} then tell.
   *
   * @return false when there is none
   */
  public boolean advance() {
    if (size == 0) {
      return false;
    }
    now = times[0];
    code = codes[0];
    size--;
    if (size > 0) {
      sink(times[size], orders[size], codes[size]);
    }
    return true;
  }

  private void sink(double time, long order, int event) {
    int i = 0;
    while (true) {
      int child = 2 * i + 1;
      if (child >= size) {
        break;
      }
      if (child + 1 < size
          && before(times[child + 1], orders[child + 1], times[child], orders[child])) {
        child++;
      }
      if (!before(times[child], orders[child], time, order)) {
        break;
      }
      move(child, i);
      i = child;
    }
    times[i] = time;
    orders[i] = order;
    codes[i] = event;
  }

  private static boolean before(double time, long order, double otherTime, long otherOrder) {
    return time < otherTime || (time == otherTime && order < otherOrder);
  }

  private void move(int from, int to) {
    times[to] = times[from];
    orders[to] = orders[from];
    codes[to] = codes[from];
  }

  /**
   * The time of the event that {@link #advance} last took out.
   *
   * @return the simulated time, 0 at first
   */
  public double now() {
    return now;
  }

  /**
   * The event that {@link #advance} last took out.
   *
   * @return the model's number
   */
  public int event() {
    return code;
  }

  /**
   * How many events are still to come.
   *
   * @return the number
   */
  public int size() {
    return size;
  }
}
