package io.millwright.scheduling.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.millwright.scheduling.Alternative;
import io.millwright.scheduling.Flow;
import io.millwright.scheduling.Lag;
import io.millwright.scheduling.Machine;
import io.millwright.scheduling.Measure;
import io.millwright.scheduling.Mix;
import io.millwright.scheduling.Need;
import io.millwright.scheduling.Objective;
import io.millwright.scheduling.Objectives;
import io.millwright.scheduling.Operation;
import io.millwright.scheduling.Oven;
import io.millwright.scheduling.Resource;
import io.millwright.scheduling.Schedule;
import io.millwright.scheduling.ScheduleChecker;
import io.millwright.scheduling.Setup;
import io.millwright.scheduling.Shop;
import io.millwright.scheduling.ShopJob;
import io.millwright.scheduling.Stock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * What binds beyond machines and precedence, on drawn shops so small that every plan can be tried:
 * the search finds the best of them, and its plan keeps every rule of the checker.
 */
class ConditionsTest {

  private static final Objective FLOW = Objectives.makespan().plus(0.1, Measure.WEIGHTED_FLOW_TIME);

  /** Draws shops with a key each, and holds the search against all plans. */
  private static void agree(
      int shops, long horizon, Objective objective, Function<Random, Shop> draw) {
    int possible = 0;
    for (int key = 0; key < shops; key++) {
      Shop shop = draw.apply(new Random(key));
      double best = Tried.best(shop, objective, horizon);
      Schedule plan = Small.plan(shop, objective);
      if (best == Double.POSITIVE_INFINITY) {
        continue;
      }
      possible++;
      assertThat(ScheduleChecker.check(shop, plan)).as("key %d of %s", key, shop).isEmpty();
      assertThat(objective.of(shop, plan)).as("key %d of %s", key, shop).isLessThan(best + 1e-9);
      if (plan.makespan() <= horizon) {
        assertThat(objective.of(shop, plan)).as("key %d", key).isGreaterThan(best - 1e-9);
      }
    }
    assertThat(possible).isGreaterThan(shops / 2);
  }

  private static Operation op(String id, String machine, long duration) {
    return Operation.of(id, Alternative.of(machine, duration));
  }

  @Test
  void waitsAtMost() {
    agree(
        10,
        11,
        FLOW,
        random -> {
          List<ShopJob> jobs = new ArrayList<>();
          for (int j = 0; j < 2; j++) {
            boolean way = random.nextBoolean();
            Operation first = op("1", way ? "m" : "n", 1 + random.nextInt(3));
            Operation second =
                op("2", way ? "n" : "m", 1 + random.nextInt(3))
                    .lagging(
                        random.nextBoolean()
                            ? Lag.noWait("1")
                            : Lag.afterStart("1", 1).within(1 + random.nextInt(3)));
            jobs.add(ShopJob.of("j" + j, List.of(first, second)));
          }
          jobs.add(ShopJob.chain("k", op("1", "m", 2)));
          return Shop.of("lags", List.of(Machine.of("m"), Machine.of("n")), jobs);
        });
  }

  @Test
  void loadsOfOvens() {
    agree(
        10,
        12,
        FLOW,
        random -> {
          List<ShopJob> jobs = new ArrayList<>();
          for (int j = 0; j < 3; j++) {
            Operation heat =
                op("heat", "oven", 2 + random.nextInt(2))
                    .ofFamily(random.nextInt(3) > 0 ? "a" : "b");
            jobs.add(
                ShopJob.builder(
                        "j" + j,
                        j == 0
                            ? List.of(op("cut", "saw", 1), heat.following("cut"))
                            : List.of(heat))
                    .quantity(1 + random.nextInt(2))
                    .release(random.nextInt(3))
                    .build());
          }
          Machine oven =
              Machine.builder("oven")
                  .oven(new Oven(random.nextInt(2), 3))
                  .setups(new Setup("a", "b", 1), new Setup("b", "a", 2))
                  .build();
          return Shop.of("loads", List.of(oven, Machine.of("saw")), jobs);
        });
  }

  @Test
  void loadsAreAsFullAsTheyMust() {
    agree(
        10,
        9,
        FLOW,
        random -> {
          List<ShopJob> jobs = new ArrayList<>();
          for (int j = 0; j < 4; j++) {
            jobs.add(
                ShopJob.builder("j" + j, List.of(op("heat", "oven", 2)))
                    .release(random.nextInt(4))
                    .build());
          }
          return Shop.of(
              "full", List.of(Machine.builder("oven").oven(new Oven(2, 3)).build()), jobs);
        });
  }

  @Test
  void stocksFillAndEmpty() {
    agree(
        10,
        9,
        FLOW,
        random -> {
          List<ShopJob> jobs = new ArrayList<>();
          for (int j = 0; j < 4; j++) {
            boolean makes = j % 2 == 0;
            int amount = 1 + random.nextInt(2);
            Operation o =
                Operation.builder(
                        "1", List.of(Alternative.of(makes ? "mix" : "fill", 1 + random.nextInt(2))))
                    .flows(makes ? Flow.makes("tank", 2) : Flow.takes("tank", amount))
                    .build();
            jobs.add(ShopJob.builder("j" + j, List.of(o)).release(random.nextInt(2)).build());
          }
          return Shop.builder("stock", List.of(Machine.of("mix"), Machine.of("fill")), jobs)
              .stocks(
                  new Stock(
                      "tank",
                      random.nextInt(2),
                      4,
                      List.of(new Stock.Supply(1 + random.nextInt(3), 1))))
              .build();
        });
  }

  @Test
  void ordersThatCannotBeFedAreLeftOut() {
    Objective objective = Objectives.rejectionCost().plus(0.1, Measure.MAKESPAN);
    agree(
        10,
        8,
        objective,
        random -> {
          List<ShopJob> jobs = new ArrayList<>();
          for (int j = 0; j < 4; j++) {
            Operation o =
                Operation.builder("1", List.of(Alternative.of("m", 1 + random.nextInt(2))))
                    .flows(Flow.takes("steel", 1 + random.nextInt(3)))
                    .build();
            jobs.add(ShopJob.builder("j" + j, List.of(o)).rejection(1 + random.nextInt(9)).build());
          }
          return Shop.builder("short", List.of(Machine.of("m")), jobs)
              .stocks(Stock.of("steel", 4))
              .build();
        });
  }

  @Test
  void setUpsNeedAFitter() {
    agree(
        10,
        12,
        FLOW,
        random -> {
          List<Setup> changes =
              List.of(
                  new Setup("a", "b", 2).needing(new Need("fitter", 1)),
                  new Setup("b", "a", 1).needing(new Need("fitter", 1)));
          List<ShopJob> jobs = new ArrayList<>();
          for (int j = 0; j < 4; j++) {
            Operation o =
                op("1", j < 2 ? "m" : "n", 1 + random.nextInt(2))
                    .ofFamily(random.nextBoolean() ? "a" : "b");
            jobs.add(
                ShopJob.chain(
                    "j" + j, random.nextInt(4) == 0 ? o.needing(new Need("fitter", 1)) : o));
          }
          return Shop.builder(
                  "fitter",
                  List.of(
                      Machine.builder("m").setups(changes).family("a").build(),
                      Machine.builder("n").setups(changes).family("b").build()),
                  jobs)
              .resources(List.of(Resource.of("fitter", 1)))
              .build();
        });
  }

  @Test
  void campaignsAreLongEnough() {
    agree(
        10,
        12,
        FLOW,
        random -> {
          List<ShopJob> jobs = new ArrayList<>();
          for (int j = 0; j < 4; j++) {
            jobs.add(
                ShopJob.builder(
                        "j" + j,
                        List.of(op("1", "m", 1 + random.nextInt(2)).ofFamily(j < 2 ? "a" : "b")))
                    .release(random.nextInt(4))
                    .quantity(1 + random.nextInt(2))
                    .build());
          }
          return Shop.of("campaign", List.of(Machine.builder("m").campaign(3).build()), jobs);
        });
  }

  @Test
  void linesMixOptions() {
    agree(
        10,
        8,
        FLOW,
        random -> {
          List<ShopJob> jobs = new ArrayList<>();
          for (int j = 0; j < 5; j++) {
            Operation o =
                Operation.builder("1", List.of(Alternative.of("line", 1)))
                    .options(j < 2 ? List.of("roof") : List.of())
                    .build();
            jobs.add(
                ShopJob.builder("j" + j, List.of(o))
                    .release(random.nextInt(3))
                    .weight(1 + random.nextInt(4))
                    .build());
          }
          return Shop.of(
              "line", List.of(Machine.builder("line").mixes(new Mix("roof", 1, 3)).build()), jobs);
        });
  }
}
