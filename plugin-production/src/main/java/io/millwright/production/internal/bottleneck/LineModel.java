package io.millwright.production.internal.bottleneck;

import io.millwright.runtime.simulation.CommonRandom;
import io.millwright.runtime.simulation.EventCalendar;
import io.millwright.runtime.support.KeyedRandom;
import java.util.ArrayList;
import java.util.List;

/**
 * A serial line with machines side by side, buffers and operation-dependent failures, always
 * supplied at its beginning and emptied at its end; a machine whose piece finds no place keeps it
 * (blocking after service). Times in hours.
 *
 * @param stations the stations in order
 */
record LineModel(List<Station> stations) {

  /**
   * A station.
   *
   * @param times times of a piece, drawn from with equal probability
   * @param failures failures an hour of work
   * @param repairs times of a repair, drawn from; may be empty without failures
   * @param buffer places before it
   * @param machines machines side by side
   * @param speed times are divided by it
   */
  record Station(
      double[] times, double failures, double[] repairs, int buffer, int machines, double speed) {}

  LineModel with(int station, Station changed) {
    List<Station> next = new ArrayList<>(stations);
    next.set(station, changed);
    return new LineModel(next);
  }

  /** Hears what machines do. */
  interface Listener {
    /** A piece was worked on; failures lie within its time. */
    void worked(int station, int machine, int piece, double from, double to);

    /** A machine was repaired. */
    void repaired(int station, int machine, double from, double to);
  }

  /** Pieces an hour after the warm-up. */
  double throughput(CommonRandom random, int pieces, int warmUp, Listener listener) {
    return new Run(random, listener).go(pieces, warmUp);
  }

  double throughput(CommonRandom random, int pieces, int warmUp) {
    return throughput(
        random,
        pieces,
        warmUp,
        new Listener() {
          @Override
          public void worked(int station, int machine, int piece, double from, double to) {}

          @Override
          public void repaired(int station, int machine, double from, double to) {}
        });
  }

  private final class Run {
    private static final int FREE = -1;

    private final Listener listener;
    private final EventCalendar calendar = new EventCalendar();
    private final KeyedRandom[] work;
    private final KeyedRandom[] fail;
    private final double[] untilFailure;
    private final int[][] holds;
    private final boolean[][] done;
    private final int[][] queue;
    private final int[] head;
    private final int[] waiting;
    private final int width;
    private int fed;

    Run(CommonRandom random, Listener listener) {
      this.listener = listener;
      int n = stations.size();
      work = new KeyedRandom[n];
      fail = new KeyedRandom[n];
      untilFailure = new double[n];
      holds = new int[n][];
      done = new boolean[n][];
      queue = new int[n][];
      head = new int[n];
      waiting = new int[n];
      int most = 1;
      for (int s = 0; s < n; s++) {
        Station station = stations.get(s);
        work[s] = random.stream(s, 0);
        fail[s] = random.stream(s, 1);
        untilFailure[s] = exponential(s);
        holds[s] = new int[station.machines];
        java.util.Arrays.fill(holds[s], FREE);
        done[s] = new boolean[station.machines];
        queue[s] = new int[Math.max(1, station.buffer)];
        most = Math.max(most, station.machines);
      }
      width = most;
    }

    private double exponential(int s) {
      double rate = stations.get(s).failures;
      return rate > 0 ? -Math.log(1 - fail[s].nextDouble()) / rate : Double.POSITIVE_INFINITY;
    }

    double go(int pieces, int warmUp) {
      int last = stations.size() - 1;
      int out = 0;
      double since = 0;
      feed();
      while (out < pieces + warmUp && calendar.advance()) {
        int s = calendar.event() / width;
        int m = calendar.event() % width;
        done[s][m] = true;
        if (s == last) {
          holds[s][m] = FREE;
          done[s][m] = false;
          if (++out == warmUp) {
            since = calendar.now();
          }
          refill(s);
        } else {
          push(s, m);
        }
      }
      return (out - warmUp) / (calendar.now() - since);
    }

    /** Moves a finished piece on when there is a place. */
    private boolean push(int s, int m) {
      int t = s + 1;
      int piece = holds[s][m];
      int free = free(t);
      if (free >= 0 && waiting[t] == 0) {
        release(s, m);
        start(t, free, piece);
      } else if (waiting[t] < stations.get(t).buffer) {
        release(s, m);
        queue[t][(head[t] + waiting[t]++) % queue[t].length] = piece;
      } else {
        return false;
      }
      refill(s);
      return true;
    }

    private void release(int s, int m) {
      holds[s][m] = FREE;
      done[s][m] = false;
    }

    /** Gives free machines of a station work, which may free places before it. */
    private void refill(int s) {
      if (s == 0) {
        feed();
        return;
      }
      for (int free = free(s); free >= 0 && waiting[s] > 0; free = free(s)) {
        int piece = queue[s][head[s]];
        head[s] = (head[s] + 1) % queue[s].length;
        waiting[s]--;
        start(s, free, piece);
      }
      // Pieces that wait on machines before it leave in the order in which they were begun.
      while (true) {
        int oldest = -1;
        for (int m = 0; m < holds[s - 1].length; m++) {
          if (done[s - 1][m] && (oldest < 0 || holds[s - 1][m] < holds[s - 1][oldest])) {
            oldest = m;
          }
        }
        if (oldest < 0 || !push(s - 1, oldest)) {
          return;
        }
      }
    }

    private void feed() {
      for (int free = free(0); free >= 0; free = free(0)) {
        start(0, free, fed++);
      }
    }

    private int free(int s) {
      for (int m = 0; m < holds[s].length; m++) {
        if (holds[s][m] == FREE) {
          return m;
        }
      }
      return -1;
    }

    private void start(int s, int m, int piece) {
      Station station = stations.get(s);
      double from = calendar.now();
      double left = station.times[work[s].nextInt(station.times.length)] / station.speed;
      double at = from;
      while (left >= untilFailure[s]) {
        at += untilFailure[s];
        left -= untilFailure[s];
        double repair = station.repairs[fail[s].nextInt(station.repairs.length)];
        listener.repaired(s, m, at, at + repair);
        at += repair;
        untilFailure[s] = exponential(s);
      }
      untilFailure[s] -= left;
      at += left;
      holds[s][m] = piece;
      listener.worked(s, m, piece, from, at);
      calendar.schedule(at, s * width + m);
    }
  }
}
