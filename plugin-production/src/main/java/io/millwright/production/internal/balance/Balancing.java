package io.millwright.production.internal.balance;

import java.util.function.BooleanSupplier;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;

/** Searches for one line with wider and wider searches from both ends. */
final class Balancing {

  private static final int WIDEST = 200_000;

  private final Line line;
  private final Line mirror;
  private final BooleanSupplier stopped;

  Balancing(Line line, BooleanSupplier stopped) {
    this.line = line;
    this.mirror = line.reversed();
    this.stopped = stopped;
  }

  /** The best line for a cycle time. */
  static final class Result {
    int @Nullable [] stationOf;
    int stations;
    int bound;
    int rounds;
  }

  /** SALBP-1; at most so many rounds, and told of every better line. */
  Result stations(long cycle, long rounds, ObjIntConsumer<int[]> better) {
    Result result = new Result();
    result.bound = Bounds.stations(line, cycle);
    result.stations = Integer.MAX_VALUE;
    int upper = line.n;
    int width = 1;
    while (result.rounds < rounds && !stopped.getAsBoolean() && result.bound < result.stations) {
      boolean back = result.rounds % 2 == 1;
      boolean first = result.stationOf == null;
      int target = first ? upper : result.stations - 1;
      StationSearch.Found found = search(back, cycle, target, width);
      result.rounds++;
      if (found.stationOf() != null) {
        int[] of = back ? mirrored(found.stationOf()) : found.stationOf();
        int used = max(of) + 1;
        result.stationOf = of;
        result.stations = used;
        better.accept(of, used);
        continue;
      }
      if (found.complete()) {
        result.bound = target + 1;
        break;
      }
      if (back) {
        width = Math.min(WIDEST, width * 3);
      }
    }
    return result;
  }

  /** Whether a line of so many stations exists for a cycle; empty for not known. */
  StationSearch.Found feasible(long cycle, int stations, int width, boolean back) {
    StationSearch.Found found = search(back, cycle, stations, width);
    return found.stationOf() != null && back
        ? new StationSearch.Found(shifted(mirrored(found.stationOf())), found.complete())
        : found;
  }

  private static int[] shifted(int[] of) {
    int least = Integer.MAX_VALUE;
    for (int s : of) {
      least = Math.min(least, s);
    }
    for (int i = 0; i < of.length; i++) {
      of[i] -= least;
    }
    return of;
  }

  private StationSearch.Found search(boolean back, long cycle, int target, int width) {
    int loads = width == 1 ? 50 : Math.min(5000, 20 * width);
    return new StationSearch(back ? mirror : line, cycle, target, width, loads, stopped).run();
  }

  private int[] mirrored(int[] of) {
    int last = max(of);
    int[] turned = new int[of.length];
    for (int i = 0; i < of.length; i++) {
      turned[of.length - 1 - i] = last - of[i];
    }
    return turned;
  }

  private static int max(int[] of) {
    int most = 0;
    for (int s : of) {
      most = Math.max(most, s);
    }
    return most;
  }
}
