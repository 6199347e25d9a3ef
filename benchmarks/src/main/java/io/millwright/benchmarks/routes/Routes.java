package io.millwright.benchmarks.routes;

import io.millwright.api.Budget;
import io.millwright.api.Millwright;
import io.millwright.supplychain.RouteChecker;
import io.millwright.supplychain.RouteFiles;
import io.millwright.supplychain.RoutePlan;
import io.millwright.supplychain.RoutingProblem;
import io.millwright.supplychain.SupplyChain;
import io.millwright.supplychain.Vehicle;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Gap to the best known cost on published instances. Arguments as {@code name=value}: {@code data}
 * (the folder that holds {@code cvrp} and {@code vrptw}), {@code set} (A, P, X, solomon, its
 * classes C1, C2, R1, RC1; several with commas between), {@code seconds} (10), {@code keys} (3),
 * {@code only} (a part of the instance's name), {@code every} (1: all instances, n: each n-th),
 * {@code of} (so many of each set, spread evenly), {@code peer} (true: OR-Tools and jsprit with the
 * same time beside, and the mean seconds of processor time that each had, Java's compiler and
 * collector included), {@code processor} (true: {@code seconds} are of processor time, for machines
 * with other work; ours counts steps, as many as a short run beforehand makes likely).
 */
public final class Routes {
  /** The clock is looked at once in so many questions. */
  private static final int ASKED = 8;

  private static final String ALONE = "| set | instances | mean gap |\n|---|---|---|";

  private static final String PEERS =
      "| set | instances | mean gap | OR-Tools | jsprit | seconds of processor time each |\n"
          + "|---|---|---|---|---|---|";

  private Routes() {}

  /** Prints a line for each instance with the median over keys, and a table of means. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Map<String, String> set = new HashMap<>();
    for (String a : args) {
      set.put(a.substring(0, a.indexOf('=')), a.substring(a.indexOf('=') + 1));
    }
    int keys = Integer.parseInt(set.getOrDefault("keys", "3"));
    Duration time =
        Duration.ofMillis((long) (1000 * Double.parseDouble(set.getOrDefault("seconds", "10"))));
    Budget budget =
        set.containsKey("iterations")
            ? Budget.iterations(Long.parseLong(set.get("iterations")))
            : Budget.of(time);
    boolean peer = Boolean.parseBoolean(set.get("peer"));
    boolean byProcessor = Boolean.parseBoolean(set.get("processor"));
    Settings settings = new Settings(keys, time, budget, peer, byProcessor);
    List<String> table = new ArrayList<>();
    try (Millwright millwright = Millwright.create()) {
      SupplyChain supply = millwright.plugin(SupplyChain.class);
      for (String name : set.getOrDefault("set", "A").split(",", -1)) {
        table.add(run(supply, name, set, settings));
      }
    }
    System.out.println(peer ? PEERS : ALONE);
    table.forEach(System.out::println);
  }

  /**
   * How instances are solved.
   *
   * @param time of the peers, and of ours where no steps are given
   * @param byProcessor whether times are of processor time
   */
  private record Settings(
      int keys, Duration time, Budget budget, boolean peer, boolean byProcessor) {}

  /** The instances of a set that are asked for. */
  private static List<Path> files(Path folder, String name, Map<String, String> set)
      throws IOException {
    String only = set.getOrDefault("only", "");
    boolean oneClass = folder.endsWith("solomon") && !name.equals("solomon");
    List<Path> files;
    try (var all = Files.list(folder)) {
      files =
          all.filter(f -> f.toString().endsWith(folder.endsWith("solomon") ? ".txt" : ".vrp"))
              .filter(f -> f.getFileName().toString().contains(only))
              .filter(f -> !oneClass || f.getFileName().toString().startsWith(name))
              .sorted()
              .toList();
    }
    int every = Integer.parseInt(set.getOrDefault("every", "1"));
    int of = Math.min(files.size(), Integer.parseInt(set.getOrDefault("of", "" + files.size())));
    List<Path> some = new ArrayList<>();
    for (int i = 0; i < of; i += every) {
      some.add(files.get((int) ((long) i * files.size() / of)));
    }
    return some;
  }

  /** Prints a line for each instance of a set; a row of the table with the means. */
  private static String run(
      SupplyChain supply, String name, Map<String, String> set, Settings settings)
      throws IOException, InterruptedException {
    boolean solomon = name.equals("solomon") || name.matches("(C|R|RC)[12]");
    Path data = Path.of(set.getOrDefault("data", ".")).resolve(solomon ? "vrptw" : "cvrp");
    // Sets A and P are published with the number of vehicles fixed.
    Map<String, Double> fleets = solomon ? Map.of() : known(data.resolve("best_known.csv"), 4, 1);
    Map<String, Double> known =
        known(data.resolve("best_known.csv"), solomon ? 4 : 5, solomon ? 0 : 1);
    List<Path> files = files(data.resolve(solomon ? "solomon" : name), name, set);
    double sum = 0;
    double[] others = new double[2];
    int[] found = new int[2];
    double[] cpu = new double[3];
    for (Path file : files) {
      RoutingProblem problem = RouteFiles.read(file);
      String instance = file.getFileName().toString().replaceAll("\\.[a-z]+$", "");
      double best = known.getOrDefault(instance, Double.NaN);
      if (!solomon && !name.equals("X")) {
        problem = limited(problem, fleets.getOrDefault(instance, 1.0).intValue());
      }
      double[] gaps = new double[settings.keys];
      Budget budget = settings.budget;
      int routes = 0;
      for (int k = 0; k < settings.keys; k++) {
        if (settings.byProcessor) {
          budget = Budget.iterations(steps(supply, problem, settings.time.toMillis() * 1e-3));
        }
        double begin = processor();
        RoutePlan plan =
            supply.routing().key(k + 1).optimize(problem, budget).await().orElseThrow();
        cpu[0] += (processor() - begin) / settings.keys;
        List<String> faults = RouteChecker.faults(problem, plan);
        if (!faults.isEmpty()) {
          throw new IllegalStateException(instance + ": " + faults);
        }
        gaps[k] = 100 * (plan.cost() / best - 1);
        routes = plan.routes().size();
      }
      Arrays.sort(gaps);
      double[] beside = {Double.NaN, Double.NaN};
      for (int p = 0; p < 2 && settings.peer; p++) {
        double begin = processor();
        BooleanSupplier over = over(settings.time.toMillis() * 1e-3, settings.byProcessor);
        double cost = p == 0 ? RoutePeer.cost(problem, over) : JspritPeer.cost(problem, over, 1);
        cpu[p + 1] += processor() - begin;
        beside[p] = 100 * (cost / best - 1);
        if (!Double.isNaN(cost)) {
          others[p] += beside[p];
          found[p]++;
        }
      }
      System.out.printf(
          Locale.ROOT,
          "%-14s best known %9.1f  gap %6.2f %%  routes %d%s%n",
          instance,
          best,
          gaps[settings.keys / 2],
          routes,
          settings.peer
              ? String.format(
                  Locale.ROOT, "  OR-Tools %6.2f %%  jsprit %6.2f %%", beside[0], beside[1])
              : "");
      sum += gaps[settings.keys / 2];
    }
    int n = files.size();
    String row = String.format(Locale.ROOT, "| %s | %d | %.3f %% |", name, n, sum / n);
    return settings.peer
        ? String.format(
            Locale.ROOT,
            "%s %s | %s | %.1f, %.1f, %.1f |",
            row,
            mean(others[0], found[0], n),
            mean(others[1], found[1], n),
            cpu[0] / n,
            cpu[1] / n,
            cpu[2] / n)
        : row;
  }

  /** The mean over the instances that a peer found a plan of. */
  private static String mean(double sum, int found, int of) {
    String all = found == of ? "" : String.format(Locale.ROOT, " (%d of %d)", found, of);
    return String.format(Locale.ROOT, "%.3f %%", sum / found) + all;
  }

  /** How many steps take so many seconds of processor time, by a tenth as many at first. */
  private static long steps(SupplyChain supply, RoutingProblem problem, double seconds)
      throws InterruptedException {
    long steps = 1000;
    double took = 0;
    while (took < 0.1 * seconds) {
      steps *= 2;
      double begin = processor();
      supply.routing().optimize(problem, Budget.iterations(steps)).await();
      took = processor() - begin;
    }
    return (long) (steps * seconds / took);
  }

  /** Says when so many seconds from now are over, by the clock or of processor time. */
  private static BooleanSupplier over(double seconds, boolean byProcessor) {
    double end = (byProcessor ? processor() : System.nanoTime() * 1e-9) + seconds;
    int[] asked = {0};
    return () ->
        asked[0]++ % ASKED == 0 && (byProcessor ? processor() : System.nanoTime() * 1e-9) >= end;
  }

  /** Seconds of processor time of this process so far. */
  private static double processor() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getProcessCpuTime() * 1e-9
        : Double.NaN;
  }

  private static RoutingProblem limited(RoutingProblem problem, int vehicles) {
    Vehicle v = problem.vehicles().get(0);
    return problem.toBuilder()
        .withoutVehicles()
        .vehicle(
            Vehicle.builder(v.id())
                .count(vehicles)
                .capacity(v.capacity().get(0))
                .between(v.start(), v.end())
                .build())
        .build();
  }

  private static Map<String, Double> known(Path file, int cost, int instance) throws IOException {
    Map<String, Double> known = new HashMap<>();
    List<String> lines = Files.readAllLines(file);
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",", -1);
      known.put(cells[instance], Double.parseDouble(cells[cost]));
    }
    return known;
  }
}
