package io.millwright.scheduling;

import static io.millwright.scheduling.CheckerCases.M;
import static io.millwright.scheduling.CheckerCases.N;
import static io.millwright.scheduling.CheckerCases.at;
import static io.millwright.scheduling.CheckerCases.bad;
import static io.millwright.scheduling.CheckerCases.broken;
import static io.millwright.scheduling.CheckerCases.good;
import static io.millwright.scheduling.CheckerCases.op;
import static io.millwright.scheduling.CheckerCases.shop;
import static org.assertj.core.api.Assertions.assertThat;

import io.millwright.api.Finding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each rule of the checker at its boundary: the last good instant and the first bad one. */
class CheckerRulesTest {

  @Test
  void machinesDoOneThingAtATime() {
    Shop two = shop(ShopJob.chain("a", op("1", "m", 5)), ShopJob.chain("b", op("1", "m", 5)));
    good(two, at("a", "1", "m", 0, 5), at("b", "1", "m", 5, 10));
    good(two, at("a", "1", "m", 5, 10), at("b", "1", "m", 0, 5));
    bad(two, List.of("ready at 5"), at("a", "1", "m", 0, 5), at("b", "1", "m", 4, 9));
    // A long one hides a short one that ends before it.
    Shop three =
        shop(
            ShopJob.chain("a", op("1", "m", 10)),
            ShopJob.chain("b", op("1", "m", 2)),
            ShopJob.chain("c", op("1", "m", 3)));
    bad(
        three,
        List.of("ready at 10", "ready at 10"),
        at("a", "1", "m", 0, 10),
        at("b", "1", "m", 1, 3),
        at("c", "1", "m", 4, 7));
    bad(two, List.of("it ends at 5"), at("a", "1", "m", 0, 6), at("b", "1", "m", 6, 11));
  }

  @Test
  void datesOfJobs() {
    ShopJob a = ShopJob.chain("a", op("1", "m", 5)).releasedAt(3);
    good(shop(a), at("a", "1", "m", 3, 8));
    bad(shop(a), List.of("before release 3"), at("a", "1", "m", 2, 7));
    ShopJob until = ShopJob.builder("a", List.of(op("1", "m", 5))).deadline(8).build();
    good(shop(until), at("a", "1", "m", 3, 8));
    bad(shop(until), List.of("behind deadline 8"), at("a", "1", "m", 4, 9));
    Shop later = shop(ShopJob.chain("a", op("1", "m", 5))).startingAt(4);
    good(later, at("a", "1", "m", 4, 9));
    assertThat(broken(later, at("a", "1", "m", 3, 8)))
        .anyMatch(t -> t.contains("before planning begins at 4"));
  }

  @Test
  void jobsLeftOut() {
    ShopJob a =
        ShopJob.builder("a", List.of(op("1", "m", 5), op("2", "n", 2).following("1")))
            .rejection(9)
            .build();
    good(shop(a));
    bad(shop(a), List.of("is not planned"), at("a", "1", "m", 0, 5));
    bad(shop(ShopJob.chain("a", op("1", "m", 5))), List.of("is not planned"));
  }

  @Test
  void lagsBehindEndsAndStarts() {
    ShopJob end =
        ShopJob.of("a", List.of(op("1", "m", 5), op("2", "n", 2).lagging(Lag.after("1", 3))));
    good(shop(end), at("a", "1", "m", 0, 5), at("a", "2", "n", 8, 10));
    bad(
        shop(end),
        List.of("no sooner than 3 behind the end of job a, operation 1 at 5"),
        at("a", "1", "m", 0, 5),
        at("a", "2", "n", 7, 9));
    ShopJob start =
        ShopJob.of("a", List.of(op("1", "m", 5), op("2", "n", 2).lagging(Lag.afterStart("1", 3))));
    good(shop(start), at("a", "1", "m", 0, 5), at("a", "2", "n", 3, 5));
    bad(
        shop(start),
        List.of("no sooner than 3 behind the start of job a, operation 1 at 0"),
        at("a", "1", "m", 0, 5),
        at("a", "2", "n", 2, 4));
    Shop fed =
        shop(
            ShopJob.chain("a", op("1", "m", 5)),
            ShopJob.of("b", List.of(op("1", "n", 2).lagging(Lag.fed("a", "1")))));
    good(fed, at("a", "1", "m", 0, 5), at("b", "1", "n", 5, 7));
    bad(fed, List.of("behind the end of job a"), at("a", "1", "m", 0, 5), at("b", "1", "n", 4, 6));
  }

  @Test
  void waysBetweenMachines() {
    ShopJob chain = ShopJob.chain("a", op("1", "m", 5), op("2", "n", 2));
    Shop far =
        Shop.builder("far", List.of(M, N), List.of(chain))
            .transports(List.of(new Transport("n", "m", 9), new Transport("m", "n", 4)))
            .build();
    good(far, at("a", "1", "m", 0, 5), at("a", "2", "n", 9, 11));
    bad(far, List.of("arrive at 9"), at("a", "1", "m", 0, 5), at("a", "2", "n", 8, 10));
    ShopJob lagging =
        ShopJob.of("a", List.of(op("1", "m", 5), op("2", "n", 2).lagging(Lag.after("1", 1))));
    good(far.withJobs(List.of(lagging)), at("a", "1", "m", 0, 5), at("a", "2", "n", 10, 12));
    bad(
        far.withJobs(List.of(lagging)),
        List.of("no sooner than 5 behind the end"),
        at("a", "1", "m", 0, 5),
        at("a", "2", "n", 9, 11));
    // From another job, and from the start, nothing travels.
    Shop fed =
        far.withJobs(
            List.of(
                ShopJob.chain("a", op("1", "m", 5)),
                ShopJob.of("b", List.of(op("1", "n", 2).lagging(Lag.fed("a", "1"))))));
    good(fed, at("a", "1", "m", 0, 5), at("b", "1", "n", 5, 7));
  }

  @Test
  void pausesAndRests() {
    Machine rests = M.working(Calendar.closed(new Window(5, 8)));
    Shop shop = Shop.of("rests", List.of(rests, N), List.of(ShopJob.chain("a", op("1", "m", 4))));
    good(shop, at("a", "1", "m", 1, 5));
    good(shop, at("a", "1", "m", 3, 10));
    good(shop, at("a", "1", "m", 8, 12));
    bad(shop, List.of("when machine m rests"), at("a", "1", "m", 7, 12));
    Shop whole = shop.withJobs(List.of(ShopJob.chain("a", op("1", "m", 4).withoutPause())));
    good(whole, at("a", "1", "m", 1, 5));
    bad(whole, List.of("pauses between 3 and 10"), at("a", "1", "m", 3, 10));
  }

  @Test
  void staff() {
    Calendar day = Calendar.closed(new Window(10, 20));
    Resource ann = Resource.person("ann", day, "weld");
    Resource bob = Resource.person("bob", Calendar.always(), "weld");
    ShopJob job = ShopJob.chain("a", op("1", "m", 4).needing(new Need("weld", 1)));
    Shop shop =
        Shop.builder("staff", List.of(M, N), List.of(job)).resources(List.of(ann, bob)).build();
    Assignment byBob = new Assignment("a", "1", "m", 0, 8, 12, List.of("bob"));
    good(shop, byBob);
    good(shop, new Assignment("a", "1", "m", 0, 6, 10, List.of("ann")));
    bad(
        shop,
        List.of("a resource it needs is away"),
        new Assignment("a", "1", "m", 0, 12, 24, List.of("ann")));
    assertThat(broken(shop, at("a", "1", "m", 8, 12)))
        .anyMatch(t -> t.contains("holds nobody it names, but needs 1 weld"));
    assertThat(broken(shop, new Assignment("a", "1", "m", 0, 8, 12, List.of("bob", "ann"))))
        .anyMatch(t -> t.contains("holds bob, ann, but needs 1 weld"));
    ShopJob two = ShopJob.chain("b", op("1", "n", 4).needing(new Need("weld", 1)));
    Shop both = shop.withJobs(List.of(job, two));
    good(both, byBob, new Assignment("b", "1", "n", 0, 12, 16, List.of("bob")));
    bad(
        both,
        List.of("at 11 2 of resource bob are held, but there are 1"),
        byBob,
        new Assignment("b", "1", "n", 0, 11, 15, List.of("bob")));
  }

  @Test
  void capacityAtOneInstant() {
    List<ShopJob> jobs = new ArrayList<>();
    List<Machine> machines = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      machines.add(Machine.of("m" + i));
      // The last takes no time and holds nothing.
      jobs.add(
          ShopJob.chain("j" + i, op("1", "m" + i, i == 3 ? 0 : 4).needing(new Need("crew", 1))));
    }
    Shop shop =
        Shop.builder("crew", machines, jobs).resources(List.of(Resource.of("crew", 2))).build();
    Assignment none = at("j3", "1", "m3", 2, 2);
    good(
        shop,
        at("j0", "1", "m0", 0, 4),
        at("j1", "1", "m1", 0, 4),
        at("j2", "1", "m2", 4, 8),
        none);
    bad(
        shop,
        List.of("at 0 3 of resource crew", "at 0 3 of", "at 0 3 of"),
        at("j0", "1", "m0", 0, 4),
        at("j1", "1", "m1", 0, 4),
        at("j2", "1", "m2", 0, 4),
        at("j3", "1", "m3", 9, 9));
    bad(
        shop,
        List.of("at 3 3 of resource crew"),
        at("j0", "1", "m0", 0, 4),
        at("j1", "1", "m1", 1, 5),
        at("j2", "1", "m2", 3, 7),
        at("j3", "1", "m3", 9, 9));
  }

  private static final Machine OVEN =
      Machine.builder("m")
          .setups(new Setup("x", "y", 3), new Setup("y", "x", 2))
          .family("x")
          .build();

  private static ShopJob of(String id, String family, long duration) {
    return ShopJob.chain(id, op("1", "m", duration).ofFamily(family));
  }

  @Test
  void setUps() {
    Shop shop = Shop.of("oven", List.of(OVEN, N), List.of(of("a", "y", 4), of("b", "x", 4)));
    Assignment a = new Assignment("a", "1", "m", 3, 3, 7);
    good(shop, a, new Assignment("b", "1", "m", 2, 9, 13));
    bad(
        shop,
        List.of("ready at 3"),
        new Assignment("a", "1", "m", 3, 2, 6),
        new Assignment("b", "1", "m", 2, 9, 13));
    bad(shop, List.of("ready at 9"), a, new Assignment("b", "1", "m", 2, 8, 12));
    bad(
        shop,
        List.of("has a set-up of 1, but needs 2"),
        a,
        new Assignment("b", "1", "m", 1, 9, 13));
    // The other way about: nothing to set up first.
    good(shop, at("b", "1", "m", 0, 4), new Assignment("a", "1", "m", 3, 7, 11));
    // What has no family leaves the machine as it is.
    Shop plain =
        shop.withJobs(
            List.of(of("a", "y", 4), ShopJob.chain("p", op("1", "m", 4)), of("c", "y", 1)));
    good(plain, a, at("p", "1", "m", 7, 11), at("c", "1", "m", 11, 12));
    bad(
        plain,
        List.of("has a set-up of 2, but needs 0"),
        a,
        new Assignment("p", "1", "m", 2, 9, 13),
        at("c", "1", "m", 13, 14));
  }

  @Test
  void whatTakesNoTimeStandsInAnyOrderThatFits() {
    // At 7, y then x takes a set-up of 2 behind y; the checker finds the order.
    Machine quick =
        Machine.builder("m")
            .setups(new Setup("x", "y", 0), new Setup("y", "x", 2))
            .family("x")
            .build();
    Shop shop =
        Shop.of(
            "quick",
            List.of(quick, N),
            List.of(of("a", "x", 0), of("b", "y", 0), of("c", "y", 3), of("d", "x", 0)));
    good(
        shop,
        at("a", "1", "m", 7, 7),
        at("b", "1", "m", 7, 7),
        at("c", "1", "m", 7, 10),
        new Assignment("d", "1", "m", 2, 12, 12));
    good(
        shop,
        at("b", "1", "m", 7, 7),
        at("a", "1", "m", 7, 7),
        at("c", "1", "m", 7, 10),
        new Assignment("d", "1", "m", 2, 12, 12));
    bad(
        shop,
        List.of("needs 2", "ready at 12"),
        at("a", "1", "m", 7, 7),
        at("b", "1", "m", 7, 7),
        at("c", "1", "m", 7, 10),
        at("d", "1", "m", 10, 10));
  }

  @Test
  void thePastIsAsItWas() {
    Shop shop =
        Shop.of("past", List.of(OVEN, N), List.of(of("a", "y", 6), of("b", "x", 4)))
            .startingAt(5)
            .withPins(List.of(Pin.at("a", "1", "m", 2)));
    // A set-up before the past is not replayed; the one behind begins when the machine is free.
    good(shop, at("a", "1", "m", 2, 8), new Assignment("b", "1", "m", 2, 10, 14));
    bad(
        shop,
        List.of("has a set-up of 3, but needs 0"),
        new Assignment("a", "1", "m", 3, 2, 8),
        new Assignment("b", "1", "m", 2, 10, 14));
    bad(
        shop,
        List.of("ready at 10"),
        at("a", "1", "m", 2, 8),
        new Assignment("b", "1", "m", 2, 9, 13));
    assertThat(broken(shop, at("a", "1", "m", 1, 7), new Assignment("b", "1", "m", 2, 9, 13)))
        .anyMatch(t -> t.contains("pinned at 2"));
    Shop to =
        Shop.of(
                "to",
                List.of(M, N),
                List.of(
                    ShopJob.chain(
                        "b", Operation.of("1", Alternative.of("m", 4), Alternative.of("n", 4)))))
            .withPins(List.of(Pin.to("b", "1", "n")));
    good(to, at("b", "1", "n", 0, 4));
    bad(to, List.of("runs on m, but is pinned to n"), at("b", "1", "m", 0, 4));
    // An early release does not bind what has begun.
    Shop released = shop.withJobs(List.of(of("a", "y", 6).releasedAt(4), of("b", "x", 4)));
    good(released, at("a", "1", "m", 2, 8), new Assignment("b", "1", "m", 2, 10, 14));
  }

  @Test
  void aSetUpThatRunsGoesOn() {
    Machine running = OVEN.toBuilder().setting(new Setting("y", 4)).build();
    Shop shop = Shop.of("running", List.of(running, N), List.of(of("a", "y", 6))).startingAt(5);
    // Begun at 4, three ticks long.
    good(shop, new Assignment("a", "1", "m", 3, 7, 13));
    bad(shop, List.of("ready at 7"), new Assignment("a", "1", "m", 3, 6, 12));
    Machine other = OVEN.toBuilder().family("y").setting(new Setting("z", 4)).build();
    Shop anew = Shop.of("anew", List.of(other, N), List.of(of("a", "x", 6))).startingAt(5);
    good(anew, new Assignment("a", "1", "m", 2, 7, 13));
    bad(anew, List.of("ready at 7"), new Assignment("a", "1", "m", 2, 6, 12));
  }

  @Test
  void everyFindingNamesItsPlaceAndNothingElseIsSaid() {
    Shop shop = shop(ShopJob.chain("a", op("1", "m", 5)), ShopJob.chain("b", op("1", "n", 5)));
    List<Finding> found =
        ScheduleChecker.check(
            shop, new Schedule(List.of(at("a", "1", "m", 0, 6), at("b", "1", "n", 0, 5))));
    assertThat(found)
        .singleElement()
        .satisfies(f -> assertThat(f.toString()).contains("job a, operation 1"));
    assertThat(Arrays.asList(found.get(0).message())).isNotEmpty();
  }

  @Test
  void anOrderOfWhatTakesNoTimeIsLookedFor() {
    Machine quick =
        Machine.builder("m")
            .setups(new Setup("x", "y", 0), new Setup("y", "x", 2))
            .family("x")
            .build();
    // As listed, x behind y would need a set-up.
    Shop shop =
        Shop.of(
            "quick", List.of(quick, N), List.of(of("b", "y", 0), of("a", "x", 0), of("c", "y", 3)));
    good(shop, at("b", "1", "m", 7, 7), at("a", "1", "m", 7, 7), at("c", "1", "m", 7, 10));
    Shop behind = shop.withJobs(List.of(of("b", "y", 0), of("a", "x", 0), of("c", "x", 3)));
    bad(
        behind,
        List.of("needs 2", "ready at 9"),
        at("b", "1", "m", 7, 7),
        at("a", "1", "m", 7, 7),
        at("c", "1", "m", 7, 10));
  }

  @Test
  void setUpsBehindTheFirstBeginWhenTheMachineIsFree() {
    Machine running = OVEN.toBuilder().setting(new Setting("y", 4)).build();
    Shop shop =
        Shop.of(
                "running",
                List.of(running, N),
                List.of(of("a", "y", 6), of("b", "x", 4), of("c", "y", 6)))
            .startingAt(5);
    Assignment a = new Assignment("a", "1", "m", 3, 7, 13);
    Assignment b = new Assignment("b", "1", "m", 2, 15, 19);
    good(shop, a, b, new Assignment("c", "1", "m", 3, 22, 28));
    bad(shop, List.of("ready at 22"), a, b, new Assignment("c", "1", "m", 3, 21, 27));
    // Behind the past, at the end of the last work.
    Machine slow = Machine.builder("m").setups(new Setup("y", "x", 4)).family("y").build();
    Shop past =
        Shop.of("past", List.of(slow, N), List.of(of("a", "y", 3), of("b", "x", 4)))
            .startingAt(5)
            .withPins(List.of(Pin.at("a", "1", "m", 0)));
    good(past, at("a", "1", "m", 0, 3), new Assignment("b", "1", "m", 4, 7, 11));
    bad(
        past,
        List.of("ready at 7"),
        at("a", "1", "m", 0, 3),
        new Assignment("b", "1", "m", 4, 6, 10));
  }

  @Test
  void whoEndsFirstIsFreeFirstAndAlternativesHaveNeeds() {
    Operation either =
        Operation.of(
            "1", Alternative.of("m0", 3).needing(new Need("crew", 2)), Alternative.of("m2", 3));
    List<Machine> machines = List.of(Machine.of("m0"), Machine.of("m1"), Machine.of("m2"));
    Shop shop =
        Shop.builder(
                "ends",
                machines,
                List.of(
                    ShopJob.chain("a", op("1", "m0", 8).needing(new Need("crew", 1))),
                    ShopJob.chain("b", op("1", "m1", 2).needing(new Need("crew", 1))),
                    ShopJob.chain("c", op("1", "m2", 3).needing(new Need("crew", 1)))))
            .resources(List.of(Resource.of("crew", 2)))
            .build();
    good(shop, at("a", "1", "m0", 0, 8), at("b", "1", "m1", 1, 3), at("c", "1", "m2", 3, 6));
    Shop needs =
        shop.withJobs(
            List.of(
                ShopJob.of("a", List.of(either)),
                ShopJob.chain("b", op("1", "m1", 2).needing(new Need("crew", 1)))));
    good(needs, at("a", "1", "m2", 0, 3), at("b", "1", "m1", 1, 3));
    bad(
        needs,
        List.of("at 1 3 of resource crew"),
        at("a", "1", "m0", 0, 3),
        at("b", "1", "m1", 1, 3));
  }
}
