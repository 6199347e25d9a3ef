package io.millwright.benchmarks.shops;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Writes job shops as Taillard drew his (1993, "Benchmarks for basic scheduling problems"):
 * durations of 1 to 99 and every job once over every machine, from a Lehmer generator. The seeds
 * are ours. The folder is one that {@link JobShops} reads; in place of a best known makespan its
 * table holds the trivial bound, the longest job or the fullest machine. Arguments as {@code
 * name=value}: {@code into} (the folder), {@code jobs} (100), {@code machines} (20), {@code count}
 * (10), {@code seed} (1).
 */
public final class TaillardShops {

  private static final long MULTIPLIER = 16_807;
  private static final long MODULUS = (1L << 31) - 1;

  private long state;

  private TaillardShops(long seed) {
    state = seed;
  }

  private int between(int low, int high) {
    state = MULTIPLIER * state % MODULUS;
    return low + (int) ((double) state / MODULUS * (high - low + 1));
  }

  /** Writes the folder. */
  public static void main(String[] args) throws IOException {
    Map<String, String> set = Settings.of(args);
    Path into = Path.of(set.get("into"));
    int jobs = (int) Settings.number(set, "jobs", 100);
    int machines = (int) Settings.number(set, "machines", 20);
    int count = (int) Settings.number(set, "count", 10);
    long seed = (long) Settings.number(set, "seed", 1);
    Files.createDirectories(into.resolve("instances"));
    StringBuilder bounds = new StringBuilder("instance,best_known_upper_bound\n");
    for (int i = 0; i < count; i++) {
      // The first numbers of a Lehmer generator follow its seed, so seeds lie far apart.
      TaillardShops draws = new TaillardShops(1_000_003L * (seed + i) % MODULUS);
      String name = "drawn" + jobs + "x" + machines + "_" + (seed + i);
      StringBuilder text = new StringBuilder();
      long bound = draws.shop(jobs, machines, text);
      Files.writeString(into.resolve("instances").resolve(name + ".txt"), text);
      bounds.append(name).append(',').append(bound).append('\n');
    }
    Files.writeString(into.resolve("bounds.csv"), bounds);
  }

  /** Appends a shop in the common text format, and gives its trivial bound. */
  private long shop(int jobs, int machines, StringBuilder text) {
    int[][] duration = new int[jobs][machines];
    for (int[] row : duration) {
      for (int k = 0; k < machines; k++) {
        row[k] = between(1, 99);
      }
    }
    long bound = 0;
    long[] load = new long[machines];
    text.append(jobs).append(' ').append(machines).append('\n');
    for (int[] row : duration) {
      int[] route = new int[machines];
      for (int k = 0; k < machines; k++) {
        route[k] = k;
      }
      long length = 0;
      for (int k = 0; k < machines; k++) {
        int other = between(k, machines - 1);
        int machine = route[other];
        route[other] = route[k];
        route[k] = machine;
        load[machine] += row[k];
        length += row[k];
        text.append(machine).append(' ').append(row[k]).append(k < machines - 1 ? ' ' : '\n');
      }
      bound = Math.max(bound, length);
    }
    for (long l : load) {
      bound = Math.max(bound, l);
    }
    return bound;
  }
}
