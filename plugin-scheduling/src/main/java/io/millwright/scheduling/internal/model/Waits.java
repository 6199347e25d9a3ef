package io.millwright.scheduling.internal.model;

import io.millwright.scheduling.Lag;
import io.millwright.scheduling.Operation;
import io.millwright.scheduling.Shop;
import io.millwright.scheduling.ShopJob;
import io.millwright.scheduling.Transport;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * What operations wait for: ends of others, with time that passes behind them, starts of others,
 * and the way between machines. Written to only while a {@link Floor} is built.
 */
public final class Waits {

  /** Whether anything but ends of operations counts. */
  public final boolean any;

  /** The operations whose start an operation waits for, and those that wait for its start. */
  public final int[][] starts;

  public final int[][] started;

  /** The ticks behind the end of each operation before, and behind each start. */
  private final long[][] behindEnd;

  private final long[][] behindStart;

  /** The way from machine to machine, or empty when there is none. */
  private final long[] way;

  private final int machines;

  Waits(Shop shop, Map<List<String>, Integer> names, int[][] before, Map<String, Integer> numbers) {
    int n = before.length;
    machines = shop.machines().size();
    starts = new int[n][0];
    started = new int[n][0];
    behindEnd = new long[n][];
    behindStart = new long[n][0];
    boolean lags = false;
    List<List<Integer>> followers = new ArrayList<>();
    int x = 0;
    for (ShopJob job : shop.jobs()) {
      for (Operation o : job.operations()) {
        Map<Integer, Long> ends = new LinkedHashMap<>();
        Map<Integer, Long> begins = new LinkedHashMap<>();
        for (String id : o.after()) {
          ends.put(number(names, job.id(), id), 0L);
        }
        for (Lag lag : o.lags()) {
          String other = lag.job().isEmpty() ? job.id() : lag.job();
          (lag.from() == Lag.From.END ? ends : begins)
              .merge(number(names, other, lag.operation()), lag.least(), Math::max);
          lags = true;
        }
        before[x] = ends.keySet().stream().mapToInt(y -> y).toArray();
        behindEnd[x] = ends.values().stream().mapToLong(t -> t).toArray();
        if (!begins.isEmpty()) {
          starts[x] = begins.keySet().stream().mapToInt(y -> y).toArray();
          behindStart[x] = begins.values().stream().mapToLong(t -> t).toArray();
        }
        followers.add(new ArrayList<>());
        x++;
      }
    }
    for (x = 0; x < n; x++) {
      for (int y : starts[x]) {
        followers.get(y).add(x);
      }
    }
    for (x = 0; x < n; x++) {
      if (!followers.get(x).isEmpty()) {
        started[x] = followers.get(x).stream().mapToInt(y -> y).toArray();
      }
    }
    way = shop.transports().isEmpty() ? new long[0] : new long[machines * machines];
    for (Transport t : shop.transports()) {
      way[at(numbers, t.from()) * machines + at(numbers, t.to())] = t.duration();
    }
    any = lags || way.length > 0;
  }

  private static int number(Map<List<String>, Integer> names, String job, String operation) {
    return Objects.requireNonNull(names.get(List.of(job, operation)));
  }

  private static int at(Map<String, Integer> numbers, String machine) {
    return Objects.requireNonNull(numbers.get(machine));
  }

  /** Whether parts take time from machine to machine. */
  public boolean ways() {
    return way.length > 0;
  }

  /** When the operations before one of a job let it begin on a machine. */
  public long ready(Floor floor, int x, int onto, int[] machine, long[] start, long[] end) {
    long ready = Long.MIN_VALUE;
    int[] ends = floor.before[x];
    for (int i = 0; i < ends.length; i++) {
      ready = Math.max(ready, arrival(floor, x, i, onto, machine, end));
    }
    int[] begins = starts[x];
    for (int i = 0; i < begins.length; i++) {
      ready = Math.max(ready, start[begins[i]] + behindStart[x][i]);
    }
    return ready;
  }

  /**
   * When the operations before one let it begin at the earliest, ways between machines left out.
   */
  long earliest(Floor floor, int x, long[] start, long[] end) {
    long ready = Long.MIN_VALUE;
    int[] ends = floor.before[x];
    for (int i = 0; i < ends.length; i++) {
      ready = Math.max(ready, end[ends[i]] + behindEnd[x][i]);
    }
    int[] begins = starts[x];
    for (int i = 0; i < begins.length; i++) {
      ready = Math.max(ready, start[begins[i]] + behindStart[x][i]);
    }
    return ready;
  }

  /** The operation whose end, with what follows it, lets an operation begin last, or -1. */
  public int latest(Floor floor, int x, int onto, int[] machine, long[] end) {
    int latest = -1;
    long most = Long.MIN_VALUE;
    for (int i = 0; i < floor.before[x].length; i++) {
      long at = arrival(floor, x, i, onto, machine, end);
      if (at > most) {
        most = at;
        latest = floor.before[x][i];
      }
    }
    return latest;
  }

  private long arrival(Floor floor, int x, int i, int onto, int[] machine, long[] end) {
    int y = floor.before[x][i];
    long at = end[y] + behindEnd[x][i];
    return way.length == 0 || floor.jobOf[x] != floor.jobOf[y]
        ? at
        : at + way[machine[y] * machines + onto];
  }

  /** All operations that one waits for, and all that wait for it. */
  static int[][] joined(int[][] ends, int[][] begins) {
    int[][] all = ends.clone();
    for (int x = 0; x < ends.length; x++) {
      if (begins[x].length > 0) {
        all[x] =
            IntStream.concat(Arrays.stream(ends[x]), Arrays.stream(begins[x])).distinct().toArray();
      }
    }
    return all;
  }
}
