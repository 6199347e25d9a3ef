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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Gap to the best known cost on published instances. Arguments as {@code name=value}: {@code data}
 * (the folder that holds {@code cvrp} and {@code vrptw}), {@code set} (A, P, X, solomon), {@code
 * seconds} (10), {@code keys} (3), {@code only} (a part of the instance's name), {@code every} (1:
 * all instances, n: each n-th), {@code peer} (true: OR-Tools with the same time beside).
 */
public final class Routes {
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
    double peers = 0;
    boolean peer = Boolean.parseBoolean(set.get("peer"));
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
          RoutePlan plan =
              supply.routing().key(k + 1).optimize(problem, budget).await().orElseThrow();
          List<String> faults = RouteChecker.faults(problem, plan);
          if (!faults.isEmpty()) {
            throw new IllegalStateException(instance + ": " + faults);
          }
          gaps[k] = 100 * (plan.cost() / best - 1);
          routes = plan.routes().size();
        }
        Arrays.sort(gaps);
        double other = Double.NaN;
        if (peer) {
          other = 100 * (RoutePeer.cost(problem, time.toMillis() * 1e-3) / best - 1);
          peers += other;
        }
        System.out.printf(
            Locale.ROOT,
            "%-14s best known %9.1f  gap %6.2f %%  routes %d%s%n",
            instance,
            best,
            gaps[keys / 2],
            routes,
            peer ? String.format(Locale.ROOT, "  OR-Tools %6.2f %%", other) : "");
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
        peer ? String.format(Locale.ROOT, ", OR-Tools %.3f %%", peers / count) : "");
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
