package io.millwright.scheduling.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.millwright.api.Finding;
import io.millwright.scheduling.Alternative;
import io.millwright.scheduling.Assignment;
import io.millwright.scheduling.Calendar;
import io.millwright.scheduling.Lag;
import io.millwright.scheduling.Machine;
import io.millwright.scheduling.Need;
import io.millwright.scheduling.Objectives;
import io.millwright.scheduling.Operation;
import io.millwright.scheduling.Resource;
import io.millwright.scheduling.Rule;
import io.millwright.scheduling.Schedule;
import io.millwright.scheduling.ScheduleChecker;
import io.millwright.scheduling.Shop;
import io.millwright.scheduling.ShopJob;
import io.millwright.scheduling.Transport;
import io.millwright.scheduling.Window;
import io.millwright.scheduling.internal.documents.Documents;
import io.millwright.scheduling.internal.model.Draws;
import io.millwright.scheduling.internal.model.Floor;
import io.millwright.scheduling.internal.model.Goal;
import io.millwright.scheduling.internal.model.Plan;
import io.millwright.scheduling.internal.model.Timetable;
import io.millwright.scheduling.internal.search.Dispatch;
import io.millwright.scheduling.internal.search.ShopNet;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Crews, people, lags, ways and work without pauses: small shops by enumeration, and the rules. */
class StaffTest {

  private static Operation op(String id, String machine, long duration) {
    return Operation.of(id, Alternative.of(machine, duration));
  }

  private static Shop shop(List<ShopJob> jobs, Resource... staff) {
    return Shop.builder("small", List.of(Machine.of("a"), Machine.of("b")), jobs)
        .resources(List.of(staff))
        .build();
  }

  /** The search's plan keeps the rules, and no plan at all is done sooner. */
  private static Schedule best(Shop shop) {
    Schedule plan = Small.plan(shop, Objectives.makespan());
    assertThat(ScheduleChecker.check(shop, plan)).isEmpty();
    assertThat(Small.doneBefore(shop, plan.makespan() + 1)).isTrue();
    assertThat(Small.doneBefore(shop, plan.makespan())).isFalse();
    return plan;
  }

  @Test
  void peopleWithSkillsAndShiftsAreBestUsed() {
    Calendar early = Calendar.shifts(12, List.of(new Window(0, 6)));
    Shop shop =
        shop(
            List.of(
                ShopJob.chain("j", op("1", "a", 3).needing(new Need("weld", 1)), op("2", "b", 2)),
                ShopJob.chain("k", op("1", "b", 3).needing(new Need("weld", 1)))),
            Resource.person("anna", early, "weld"),
            Resource.person("ben", Calendar.closed(new Window(0, 2)), "weld", "mill"));
    Schedule plan = best(shop);
    assertThat(plan.of("j", "1").orElseThrow().held()).hasSize(1);
    assertThat(plan.of("j", "2").orElseThrow().held()).isEmpty();
  }

  @Test
  void needsBelongToAlternatives() {
    Operation either =
        Operation.of(
            "1", Alternative.of("a", 2).needing(new Need("crew", 1)), Alternative.of("b", 4));
    best(
        shop(
            List.of(
                ShopJob.chain("j", either),
                ShopJob.chain("k", either),
                ShopJob.chain("l", op("1", "b", 1).needing(new Need("crew", 1)))),
            Resource.of("crew", 1)));
  }

  @Test
  void severalOfAPoolAreHeldTogether() {
    best(
        shop(
            List.of(
                ShopJob.chain("j", op("1", "a", 2).needing(new Need("crew", 2))),
                ShopJob.chain("k", op("1", "b", 3).needing(new Need("crew", 2))),
                ShopJob.chain("l", op("1", "a", 2).needing(new Need("crew", 1)))),
            Resource.of("crew", 3)));
  }

  @Test
  void lagsStartsAndOtherJobsAreWaitedFor() {
    Shop shop =
        shop(
            List.of(
                ShopJob.of(
                    "j",
                    List.of(
                        op("1", "a", 2),
                        op("2", "b", 3).lagging(Lag.afterStart("1", 1)),
                        op("3", "a", 1).lagging(Lag.after("2", 2)))),
                ShopJob.chain("k", op("1", "b", 1).lagging(Lag.fed("j", "1")))));
    Schedule plan = best(shop);
    assertThat(plan.of("j", "2").orElseThrow().start())
        .isLessThan(plan.of("j", "1").orElseThrow().end());
  }

  @Test
  void partsTakeTheirWay() {
    Operation either = Operation.of("2", Alternative.of("a", 3), Alternative.of("b", 1));
    Shop shop =
        shop(
                List.of(
                    ShopJob.chain("j", op("1", "a", 2), either),
                    ShopJob.chain("k", op("1", "a", 1))))
            .toBuilder()
            .transports(List.of(new Transport("a", "b", 3)))
            .build();
    best(shop);
  }

  @Test
  void whatMayNotPauseFindsRoom() {
    Machine oven = Machine.of("a").working(Calendar.shifts(6, List.of(new Window(0, 4))));
    Shop shop =
        Shop.of(
            "small",
            List.of(oven, Machine.of("b")),
            List.of(
                ShopJob.chain("j", op("1", "a", 3).withoutPause()),
                ShopJob.chain("k", op("1", "a", 2)),
                ShopJob.chain("l", op("1", "a", 1))));
    best(shop);
  }

  private static List<String> check(Shop shop, Assignment... plan) {
    return ScheduleChecker.check(shop, new Schedule(List.of(plan))).stream()
        .map(Finding::message)
        .toList();
  }

  @Test
  void theCheckerKnowsWhoCanDoWhat() {
    Shop shop =
        shop(
            List.of(
                ShopJob.chain("j", op("1", "a", 3).needing(new Need("weld", 1))),
                ShopJob.chain("k", op("1", "b", 3).needing(new Need("weld", 1)))),
            Resource.person("anna", Calendar.always(), "weld"),
            Resource.person("ben", Calendar.closed(new Window(1, 2)), "weld"),
            Resource.person("carl", Calendar.always(), "mill"));
    Assignment j = new Assignment("j", "1", "a", 0, 0, 3, List.of("anna"));
    assertThat(check(shop, j, new Assignment("k", "1", "b", 0, 3, 6, List.of("ben")))).isEmpty();
    assertThat(check(shop, j, new Assignment("k", "1", "b", 0, 0, 3, List.of("anna"))))
        .anyMatch(m -> m.contains("2 of resource anna are held"));
    assertThat(check(shop, j, new Assignment("k", "1", "b", 0, 0, 3, List.of("ben"))))
        .anyMatch(m -> m.contains("it ends at 4"));
    assertThat(check(shop, j, new Assignment("k", "1", "b", 0, 0, 3, List.of("carl"))))
        .anyMatch(m -> m.contains("holds carl, but needs 1 weld"));
    assertThat(check(shop, j, new Assignment("k", "1", "b", 0, 3, 6)))
        .anyMatch(m -> m.contains("but needs 1 weld"));
  }

  @Test
  void theCheckerKnowsLagsWaysAndPauses() {
    Machine oven = Machine.of("a").working(Calendar.closed(new Window(4, 6)));
    Shop shop =
        Shop.builder(
                "small",
                List.of(oven, Machine.of("b")),
                List.of(
                    ShopJob.of(
                        "j",
                        List.of(
                            op("1", "a", 3).withoutPause(),
                            op("2", "b", 2).following("1").lagging(Lag.after("1", 4)),
                            op("3", "b", 1).lagging(Lag.afterStart("1", 2))))))
            .transports(List.of(new Transport("a", "b", 1)))
            .build();
    Assignment one = new Assignment("j", "1", "a", 0, 0, 3);
    Assignment two = new Assignment("j", "2", "b", 0, 8, 10);
    Assignment three = new Assignment("j", "3", "b", 0, 2, 3);
    assertThat(check(shop, one, two, three)).isEmpty();
    assertThat(check(shop, one, new Assignment("j", "2", "b", 0, 7, 9), three))
        .anyMatch(m -> m.contains("no sooner than 5 behind the end"));
    assertThat(check(shop, one, two, new Assignment("j", "3", "b", 0, 1, 2)))
        .anyMatch(m -> m.contains("no sooner than 2 behind the start"));
    assertThat(check(shop, new Assignment("j", "1", "a", 0, 2, 7), two, three))
        .anyMatch(m -> m.contains("pauses between 2 and 7"));
  }

  @Test
  void cyclesAndUnknownNamesAreFound() {
    ShopJob j = ShopJob.chain("j", op("1", "a", 1).lagging(Lag.fed("k", "1")));
    ShopJob k = ShopJob.chain("k", op("1", "b", 1).lagging(Lag.fed("j", "1"), Lag.after("9", -1)));
    assertThat(shop(List.of(j, k)).findings())
        .extracting(Finding::message)
        .anyMatch(m -> m.contains("wait for each other"))
        .anyMatch(m -> m.contains("unknown operation \"9\""))
        .anyMatch(m -> m.contains("lag of -1"));
  }

  @Test
  void crewsThatNobodyCanUseUpCostNothing() {
    List<ShopJob> jobs = List.of(ShopJob.chain("j", op("1", "a", 2).needing(new Need("crew", 1))));
    assertThat(new Floor(shop(jobs, Resource.of("crew", 2))).staffed).isFalse();
    assertThat(new Floor(shop(jobs, Resource.of("crew", 1))).staffed).isFalse();
    List<ShopJob> more = new ArrayList<>(jobs);
    more.add(ShopJob.chain("k", op("1", "b", 2).needing(new Need("crew", 1))));
    assertThat(new Floor(shop(more, Resource.of("crew", 1))).staffed).isTrue();
  }

  /** A shop with crews, people, lags, ways, shifts and choices of machines. */
  static Shop drawn(long key, int jobs, int machines) {
    Random random = new Random(key);
    List<Machine> floor = new ArrayList<>();
    List<Transport> ways = new ArrayList<>();
    for (int m = 0; m < machines; m++) {
      Machine machine = Machine.of("m" + m);
      floor.add(
          random.nextInt(3) == 0
              ? machine.working(Calendar.shifts(50, List.of(new Window(5, 45))))
              : machine);
      if (m > 0 && random.nextBoolean()) {
        ways.add(new Transport("m" + (m - 1), "m" + m, random.nextInt(8)));
      }
    }
    List<ShopJob> work = new ArrayList<>();
    for (int j = 0; j < jobs; j++) {
      List<Operation> steps = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        int first = random.nextInt(machines);
        Alternative one = Alternative.of("m" + first, 1 + random.nextInt(12));
        if (random.nextInt(4) == 0) {
          one = one.needing(new Need("tool", 1));
        }
        Operation o =
            random.nextBoolean()
                ? Operation.of("o" + i, one)
                : Operation.of(
                    "o" + i,
                    one,
                    Alternative.of("m" + (first + 1) % machines, 1 + random.nextInt(12)));
        o = random.nextInt(3) > 0 ? o.needing(new Need("operator", 1 + random.nextInt(2))) : o;
        o = random.nextInt(5) == 0 ? o.withoutPause() : o;
        if (i > 0) {
          int before = random.nextInt(i);
          o =
              switch (random.nextInt(4)) {
                case 0 -> o.lagging(Lag.afterStart("o" + before, random.nextInt(6)));
                case 1 -> o.lagging(Lag.after("o" + before, random.nextInt(6)));
                default -> o.following("o" + before);
              };
        } else if (j > 0 && random.nextInt(4) == 0) {
          o = o.lagging(Lag.fed("j" + random.nextInt(j), "o" + random.nextInt(4)));
        }
        steps.add(o);
      }
      work.add(
          ShopJob.of("j" + j, steps)
              .dueAt(20 + random.nextInt(60))
              .weighing(1 + random.nextInt(5)));
    }
    Calendar day = Calendar.shifts(60, List.of(new Window(0, 40)));
    Calendar night = Calendar.shifts(60, List.of(new Window(30, 60)));
    return Shop.builder("drawn " + key, floor, work)
        .transports(ways)
        .resources(
            List.of(
                Resource.of("day", 2).working(day).skilled("operator"),
                Resource.of("night", 2).working(night).skilled("operator"),
                Resource.person("eve", Calendar.always(), "operator", "tool"),
                Resource.of("tool", 1)))
        .build()
        .checked();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void movesInTheNetAreExactAndCanBeTakenBack(long key) {
    Shop shop = drawn(key, 8, 4);
    Floor floor = new Floor(shop);
    Goal goal = new Goal(List.of(Objectives.weightedTardiness()), floor);
    Draws draws = Draws.of(key, 0);
    Plan first = new Dispatch(floor, Rule.ATC, 1, 0, draws).run();
    Timetable timetable = new Timetable(floor, goal);
    assertThat(ScheduleChecker.check(shop, timetable.schedule(first))).isEmpty();
    ShopNet net = new ShopNet(floor, goal);
    net.load(first.order(), first.alternative());
    int moved = 0;
    for (int i = 0; i < 400; i++) {
      int x = draws.below(floor.n);
      int alt = floor.altStart[x] + draws.below(floor.alternatives(x));
      int to = floor.altMachine[alt];
      int places = net.length[to] + (net.machine[x] == to ? 0 : 1);
      long[] start = net.start.clone();
      double cost = net.cost();
      if (!net.move(x, alt, draws.below(places))) {
        assertThat(net.start).isEqualTo(start);
        continue;
      }
      moved++;
      if (draws.below(3) == 0) {
        net.undo();
        assertThat(net.start).isEqualTo(start);
        assertThat(net.cost()).isEqualTo(cost);
      } else if (i % 20 == 0 && net.feasible()) {
        // In the order of starts nobody begins later than in the net.
        int[] order = net.byStart();
        double value = timetable.evaluate(order, net.alternative);
        assertThat(value).isLessThanOrEqualTo(net.cost() + 1e-6);
        for (int y = 0; y < floor.n; y++) {
          assertThat(timetable.start[y]).isLessThanOrEqualTo(net.start[y]);
        }
        Plan plan = new Plan(value, order, net.alternative.clone(), "net");
        assertThat(ScheduleChecker.check(shop, timetable.schedule(plan))).isEmpty();
      }
    }
    assertThat(moved).isGreaterThan(50);
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23, 24, 25, 26})
  void plansOfDrawnShopsKeepTheRulesAndBeatTheRules(long key) {
    Shop shop = drawn(key, 10, 4);
    Schedule plan = Small.plan(shop, Objectives.weightedTardiness());
    assertThat(ScheduleChecker.check(shop, plan)).isEmpty();
    Floor floor = new Floor(shop);
    Timetable timetable =
        new Timetable(floor, new Goal(List.of(Objectives.weightedTardiness()), floor));
    double value = Objectives.weightedTardiness().of(shop, plan);
    for (Rule rule : Rule.values()) {
      Plan ruled = new Dispatch(floor, rule, 1, 0, new Draws(1)).run();
      assertThat(value).isLessThanOrEqualTo(timetable.evaluate(ruled) + 1e-6);
    }
  }

  /** Three jobs that share one operator, whose machines rest: every order is tried beside. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void aCrewOfOneIsSharedAsWellAsCanBe(long key) {
    Random random = new Random(key);
    List<Machine> machines = new ArrayList<>();
    for (String m : List.of("a", "b")) {
      int from = 3 + random.nextInt(6);
      machines.add(
          Machine.builder(m)
              .calendar(Calendar.closed(new Window(from, from + 1 + random.nextInt(4))))
              .build());
    }
    List<ShopJob> jobs = new ArrayList<>();
    for (int j = 0; j < 3; j++) {
      List<Operation> operations = new ArrayList<>();
      for (String o : List.of("1", "2")) {
        Operation one = op(o, random.nextBoolean() ? "a" : "b", 1 + random.nextInt(6));
        operations.add(random.nextInt(10) < 7 ? one.needing(new Need("crew", 1)) : one);
      }
      jobs.add(
          ShopJob.chain("J" + j, operations.get(0), operations.get(1)).toBuilder()
              .release(random.nextInt(3))
              .due(3 + random.nextInt(9))
              .weight(1 + random.nextInt(4))
              .build());
    }
    Shop shop =
        Shop.builder("crew", machines, jobs).resources(List.of(Resource.of("crew", 1))).build();
    Schedule plan = Small.plan(shop, Objectives.weightedTardiness(), 30_000);
    assertThat(ScheduleChecker.check(shop, plan)).isEmpty();
    assertThat(Objectives.weightedTardiness().of(shop, plan))
        .isEqualTo(Small.least(shop, Objectives.weightedTardiness()));
  }

  @Test
  void twoOperationsThatAFitterTiesTogetherPassAnother() {
    Shop shop =
        new Documents()
            .shop(
                "tied",
                """
                {"name": "sneed12", "machines": [{"id": "m0",
                 "setups": [{"from": "x", "to": "y", "duration": 2, "needs": [{"resource": "fit"}]},
                {"from": "y", "to": "x", "duration": 2, "needs": [{"resource": "fit"}]}]},
                {"id": "m1",
                 "setups": [{"from": "x", "to": "y", "duration": 2, "needs": [{"resource": "fit"}]},
                {"from": "y", "to": "x", "duration": 3, "needs": [{"resource": "fit"}]}]}],
                "resources": [{"id": "crew", "capacity": 2, "closed": [{"from": 6, "to": 8}]},
                {"id": "fit", "closed": [{"from": 1, "to": 3}]}],
                "jobs": [{"id": "J0", "due": 3, "weight": 3, "quantity": 2, "release": 0,
                 "operations": [{"id": "o0",
                 "alternatives": [{"machine": "m1", "duration": 4, "perPiece": 1}], "family": "y"},
                {"id": "o1",
                 "alternatives": [{"machine": "m1", "duration": 4, "perPiece": 1},
                {"machine": "m0", "duration": 2}], "family": "y", "needs": [{"resource": "crew"}]}]},
                {"id": "J1", "due": 5, "weight": 3, "quantity": 2, "release": 0,
                 "operations": [{"id": "o0",
                 "alternatives": [{"machine": "m0", "duration": 3, "perPiece": 1}], "family": "y", "needs": [{"resource": "crew"}]},
                {"id": "o1",
                 "alternatives": [{"machine": "m0", "duration": 4}], "family": "x"}]},
                {"id": "J2", "due": 9, "weight": 3, "quantity": 2, "release": 3,
                 "operations": [{"id": "o0",
                 "alternatives": [{"machine": "m1", "duration": 4}]},
                {"id": "o1",
                 "alternatives": [{"machine": "m0", "duration": 2}], "family": "y", "needs": [{"resource": "crew"}]}]}]}
                """);
    // The least of all plans, found by trying every start.
    assertThat(
            Objectives.weightedTardiness()
                .of(shop, Small.plan(shop, Objectives.weightedTardiness(), 60_000)))
        .isEqualTo(69);
  }
}
