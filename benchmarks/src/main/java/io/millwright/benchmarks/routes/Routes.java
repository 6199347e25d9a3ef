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
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Gap to the best known cost on published instances. Arguments as {@code name=value}: {@code data}
 * (the folder that holds {@code cvrp} and {@code vrptw}), {@code set} (A, P, X, solomon), {@code
 * seconds} (10), {@code keys} (3), {@code only} (a part of the instance's name), {@code every} (1:
 * all instances, n: each n-th), {@code peer} (true: OR-Tools and jsprit with the same time beside,
 * and the mean seconds of processor time that each had, Java's compiler and collector included),
 * {@code processor} (true: {@code seconds} are of processor time, for machines with other work;
 * ours counts steps, as many as a short run beforehand makes likely).
 */
public final class Routes {
  /** The clock is looked at once in so many questions. */
  private static final int ASKED = 8;

  private Routes() {}

  /** Prints a line for each instance with the median over keys, and the mean. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Map<String, String> set = new HashMap<>();
    for (String a : args) {
      set.put(a.substring(0, a.indexOf('=')), a.substring(a.indexOf('=') + 1));
    }
    String name = set.getOrDefault("set", "A");
    boolean solomon = name.equals("solomon");
    Path data = Path.of(set.getOrDefault("data", ".")).resolve(solomon ? "vrptw" : "cvrp");
    // Sets A and P are published with the number of vehicles fixed.
    Map<String, Double> fleets = solomon ? Map.of() : known(data.resolve("best_known.csv"), 4, 1);
    Map<String, Double> known =
        known(data.resolve("best_known.csv"), solomon ? 4 : 5, solomon ? 0 : 1);
    List<Path> files;
    try (var all = Files.list(data.resolve(name))) {
      files =
          all.filter(f -> f.toString().endsWith(solomon ? ".txt" : ".vrp"))
              .filter(f -> f.getFileName().toString().contains(set.getOrDefault("only", "")))
              .sorted()
              .toList();
    }
    int every = Integer.parseInt(set.getOrDefault("every", "1"));
    int keys = Integer.parseInt(set.getOrDefault("keys", "3"));
    Duration time =
        Duration.ofMillis((long) (1000 * Double.parseDouble(set.getOrDefault("seconds", "10"))));
    Budget budget =
        set.containsKey("iterations")
            ? Budget.iterations(Long.parseLong(set.get("iterations")))
            : Budget.of(time);
    double sum = 0;
    double[] others = new double[2];
    double[] cpu = new double[3];
    boolean peer = Boolean.parseBoolean(set.get("peer"));
    boolean byProcessor = Boolean.parseBoolean(set.get("processor"));
    int count = 0;
    try (Millwright millwright = Millwright.create()) {
      SupplyChain supply = millwright.plugin(SupplyChain.class);
      for (int f = 0; f < files.size(); f += every) {
        RoutingProblem problem = RouteFiles.read(files.get(f));
        String instance = files.get(f).getFileName().toString().replaceAll("\\.[a-z]+$", "");
        double best = known.getOrDefault(instance, Double.NaN);
        if (name.length() == 1 && !name.equals("X")) {
          problem = limited(problem, fleets.getOrDefault(instance, 1.0).intValue());
        }
        double[] gaps = new double[keys];
        int routes = 0;
        for (int k = 0; k < keys; k++) {
          if (byProcessor) {
            budget = Budget.iterations(steps(supply, problem, time.toMillis() * 1e-3));
          }
          double begin = processor();
          RoutePlan plan =
              supply.routing().key(k + 1).optimize(problem, budget).await().orElseThrow();
          cpu[0] += (processor() - begin) / keys;
          List<String> faults = RouteChecker.faults(problem, plan);
          if (!faults.isEmpty()) {
            throw new IllegalStateException(instance + ": " + faults);
          }
          gaps[k] = 100 * (plan.cost() / best - 1);
          routes = plan.routes().size();
        }
        Arrays.sort(gaps);
        double[] beside = {Double.NaN, Double.NaN};
        for (int p = 0; p < 2 && peer; p++) {
          double begin = processor();
          BooleanSupplier over = over(time.toMillis() * 1e-3, byProcessor);
          double cost = p == 0 ? RoutePeer.cost(problem, over) : JspritPeer.cost(problem, over, 1);
          cpu[p + 1] += processor() - begin;
          beside[p] = 100 * (cost / best - 1);
          others[p] += beside[p];
        }
        System.out.printf(
            Locale.ROOT,
            "%-14s best known %9.1f  gap %6.2f %%  routes %d%s%n",
            instance,
            best,
            gaps[keys / 2],
            routes,
            peer
                ? String.format(
                    Locale.ROOT, "  OR-Tools %6.2f %%  jsprit %6.2f %%", beside[0], beside[1])
                : "");
        sum += gaps[keys / 2];
        count++;
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%s: mean gap %.3f %% of %d instances%s%n",
        name,
        sum / count,
        count,
        peer
            ? String.format(
                Locale.ROOT,
                ", OR-Tools %.3f %%, jsprit %.3f %%; seconds of processor time %.1f, %.1f, %.1f",
                others[0] / count,
                others[1] / count,
                cpu[0] / count,
                cpu[1] / count,
                cpu[2] / count)
            : "");
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
