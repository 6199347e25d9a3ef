package io.millwright.benchmarks.planner;

import io.millwright.api.Budget;
import io.millwright.api.Millwright;
import io.millwright.api.plan.BookedTime;
import io.millwright.scheduling.Alternative;
import io.millwright.scheduling.Assignment;
import io.millwright.scheduling.Chances;
import io.millwright.scheduling.Objective;
import io.millwright.scheduling.Objectives;
import io.millwright.scheduling.Operation;
import io.millwright.scheduling.Planner;
import io.millwright.scheduling.Promise;
import io.millwright.scheduling.Promises;
import io.millwright.scheduling.Risk;
import io.millwright.scheduling.RobustPlan;
import io.millwright.scheduling.Schedule;
import io.millwright.scheduling.Scheduling;
import io.millwright.scheduling.Shop;
import io.millwright.scheduling.ShopJob;
import io.millwright.scheduling.UncertainTimes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * How often promises are kept. The truth is drawn: gamma ratios whose spread and mean differ from
 * machine to machine, orders that are slow as a whole, failures. Times are learnt from bookings of
 * the truth; plans and promises know nothing else. The truth is then lived through by planning the
 * real times anew in the same sequences. Arguments: shops (10), lives of each (100), bookings
 * (1500), jobs (40), what orders have in common (0.3), seconds for a robust plan, 0 for none (0),
 * key (1).
 */
public final class Promised {
  private Promised() {}

  private static final Objective TARDINESS = Objectives.weightedTardiness();

  /** The truth of one shop, which nobody knows. */
  private static final class Truth {
    private final double[] mean;
    private final double[] shape;
    private final double[] failures;
    private final double common;

    Truth(int machines, double common, Random random) {
      mean = new double[machines];
      shape = new double[machines];
      failures = new double[machines];
      this.common = common;
      for (int m = 0; m < machines; m++) {
        mean[m] = 0.9 + 0.4 * random.nextDouble();
        shape[m] = 3 + 20 * random.nextDouble();
        failures[m] = random.nextInt(3) == 0 ? 0.03 : 0;
      }
    }

    /** How slow an order is as a whole. */
    double order(Random random) {
      return gamma(1 / (common * 0.08 + 1e-9), random);
    }

    double ratio(int m, double order, Random random) {
      double own = mean[m] * gamma(shape[m], random) * order;
      return random.nextDouble() < failures[m] ? own + 1 + 2 * random.nextDouble() : own;
    }

    /** Of mean 1 (Marsaglia and Tsang 2000). */
    private static double gamma(double shape, Random random) {
      double d = shape - 1 / 3.0;
      double c = 1 / Math.sqrt(9 * d);
      while (true) {
        double z = random.nextGaussian();
        double v = Math.pow(1 + c * z, 3);
        if (v > 0 && Math.log(random.nextDouble()) < 0.5 * z * z + d - d * v + d * Math.log(v)) {
          return d * v / shape;
        }
      }
    }
  }

  /**
   * Prints a line for each shop and what is kept of all promises.
   *
   * @param args see the class
   */
  public static void main(String[] args) throws InterruptedException {
    int shops = number(args, 0, 10);
    int lives = number(args, 1, 100);
    int bookings = number(args, 2, 1500);
    int jobs = number(args, 3, 40);
    double common = args.length > 4 ? Double.parseDouble(args[4]) : 0.3;
    int seconds = number(args, 5, 0);
    int key = number(args, 6, 1);
    int machines = Math.max(4, jobs / 5);
    double[] kept = new double[3];
    double[] gains = new double[2];
    double brier = 0;
    double climate = 0;
    System.out.printf(
        "%-10s %6s %6s %6s %8s %8s %10s %10s%n",
        "shop", "50 %", "80 %", "90 %", "on time", "said", "means", "robust");
    try (Millwright millwright = Millwright.create()) {
      Scheduling scheduling = millwright.plugin(Scheduling.class);
      Planner planner = scheduling.planner(TARDINESS);
      for (int k = 0; k < shops; k++) {
        Random random = new Random(1000L * key + k);
        Shop shop = DrawnShops.draw(1000L * key + k, jobs, 5, machines);
        Truth truth = new Truth(machines, common, random);
        UncertainTimes times = UncertainTimes.learnt(booked(truth, machines, bookings, random));
        Chances chances = scheduling.chances(times, TARDINESS);
        Schedule plan;
        Schedule means;
        Promises promises;
        if (seconds > 0) {
          RobustPlan robust =
              chances.plan(shop, Risk.mean(), Budget.of(Duration.ofSeconds(seconds))).await();
          plan = robust.plan();
          means = robust.means();
          promises = robust.promises();
        } else {
          plan =
              scheduling
                  .optimizer()
                  .minimize(TARDINESS)
                  .workers(1)
                  .optimize(shop, Budget.iterations(30_000))
                  .await()
                  .orElseThrow();
          means = plan;
          promises = chances.promises(shop, plan);
        }
        double[] row = new double[3];
        double onTime = 0;
        double said = 0;
        double[] late = new double[2];
        int count = 0;
        for (int life = 0; life < lives; life++) {
          Shop real = real(shop, plan, truth, new Random(77L * key + 1_000_003L * k + life));
          Schedule lived = planner.retime(real, plan);
          late[1] += TARDINESS.of(real, lived) / lives;
          if (!means.equals(plan)) {
            Shop same = real(shop, means, truth, new Random(77L * key + 1_000_003L * k + life));
            late[0] += TARDINESS.of(same, planner.retime(same, means)) / lives;
          } else {
            late[0] = late[1];
          }
          Map<String, Long> ends = lived.completions();
          for (Promise p : promises.orders()) {
            long end = ends.getOrDefault(p.job(), Long.MAX_VALUE);
            row[0] += end <= p.by(50) ? 1 : 0;
            row[1] += end <= p.by(80) ? 1 : 0;
            row[2] += end <= p.by(90) ? 1 : 0;
            double good = end <= p.due().orElseThrow() ? 1 : 0;
            double chance = p.onTime().orElseThrow();
            onTime += good;
            said += chance;
            brier += (chance - good) * (chance - good);
            climate += good;
            count++;
          }
        }
        for (int i = 0; i < 3; i++) {
          row[i] /= count;
          kept[i] += row[i] / shops;
        }
        gains[0] += late[0] / shops;
        gains[1] += late[1] / shops;
        System.out.printf(
            Locale.ROOT,
            "%-10s %5.1f%% %5.1f%% %5.1f%% %7.1f%% %7.1f%% %10.0f %10.0f%n",
            shop.name(),
            100 * row[0],
            100 * row[1],
            100 * row[2],
            100 * onTime / count,
            100 * said / count,
            late[0],
            late[1]);
      }
    }
    double all = (double) shops * lives * jobs;
    double share = climate / all;
    System.out.printf(
        Locale.ROOT,
        "all: kept %.1f %% of 50, %.1f %% of 80, %.1f %% of 90; Brier score of on time %.4f, of the"
            + " share alone %.4f; weighted tardiness lived %.0f by means, %.0f robust%n",
        100 * kept[0],
        100 * kept[1],
        100 * kept[2],
        brier / all,
        share * (1 - share),
        gains[0],
        gains[1]);
  }

  private static int number(String[] args, int at, int usual) {
    return args.length > at ? Integer.parseInt(args[at]) : usual;
  }

  private static List<BookedTime> booked(Truth truth, int machines, int count, Random random) {
    List<BookedTime> booked = new ArrayList<>();
    for (int i = 0; i < count; i += 5) {
      double order = truth.order(random);
      for (int o = 0; o < 5 && i + o < count; o++) {
        int m = random.nextInt(machines);
        double planned = 10 + random.nextInt(60);
        booked.add(
            new BookedTime(
                "b" + i, "m" + m, false, planned, planned * truth.ratio(m, order, random)));
      }
    }
    return booked;
  }

  /** The shop with the times that it turns out to have. */
  private static Shop real(Shop shop, Schedule plan, Truth truth, Random random) {
    Map<List<String>, String> on = new HashMap<>();
    for (Assignment a : plan.assignments()) {
      on.put(List.of(a.job(), a.operation()), a.machine());
    }
    List<ShopJob> jobs = new ArrayList<>();
    for (ShopJob j : shop.jobs()) {
      double order = truth.order(random);
      List<Operation> steps = new ArrayList<>();
      for (Operation o : j.operations()) {
        String machine = on.getOrDefault(List.of(j.id(), o.id()), "m0");
        double ratio = truth.ratio(Integer.parseInt(machine.substring(1)), order, random);
        steps.add(
            o.toBuilder()
                .alternatives(
                    o.alternatives().stream()
                        .map(
                            a ->
                                Alternative.of(
                                    a.machine(),
                                    Math.max(1, Math.round(a.work(j.quantity()) * ratio))))
                        .toList())
                .build());
      }
      jobs.add(j.toBuilder().operations(steps).build());
    }
    return shop.withJobs(jobs);
  }
}
