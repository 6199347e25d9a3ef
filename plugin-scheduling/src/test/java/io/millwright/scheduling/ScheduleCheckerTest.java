package io.millwright.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import io.millwright.api.Finding;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScheduleCheckerTest {

  private static final Machine SAW =
      Machine.builder("saw")
          .calendar(Calendar.closed(new Window(20, 30)))
          .setups(new Setup("oak", "pine", 5))
          .family("oak")
          .build();
  private static final Machine DRILL = Machine.of("drill");

  private static Operation op(String id, String machine, long duration) {
    return Operation.of(id, Alternative.of(machine, duration));
  }

  private static final ShopJob A =
      ShopJob.chain("a", op("1", "saw", 10).ofFamily("oak"), op("2", "drill", 4));
  private static final ShopJob B =
      ShopJob.chain(
              "b",
              op("1", "saw", 10).ofFamily("pine").needing(new Need("crew", 2)),
              op("2", "drill", 4).needing(new Need("crew", 1)))
          .releasedAt(2);
  private static final Shop SHOP =
      Shop.builder("test", List.of(SAW, DRILL), List.of(A, B))
          .resources(List.of(Resource.of("crew", 2)))
          .build();

  private static final Assignment A1 = new Assignment("a", "1", "saw", 0, 0, 10);
  private static final Assignment A2 = new Assignment("a", "2", "drill", 0, 10, 14);
  private static final Assignment B1 = new Assignment("b", "1", "saw", 5, 15, 35);
  private static final Assignment B2 = new Assignment("b", "2", "drill", 0, 35, 39);

  private static List<String> check(Shop shop, Assignment... plan) {
    return ScheduleChecker.check(shop, new Schedule(List.of(plan))).stream()
        .map(Finding::message)
        .toList();
  }

  private static void rejects(String text, Assignment... plan) {
    assertThat(check(SHOP, plan)).anyMatch(m -> m.contains(text));
  }

  @Test
  void passesAGoodPlan() {
    assertThat(check(SHOP, A1, A2, B1, B2)).isEmpty();
    Schedule plan = new Schedule(List.of(A1, A2, B1, B2));
    assertThat(plan.makespan()).isEqualTo(39);
    assertThat(Objectives.setupTime().of(SHOP, plan)).isEqualTo(5);
    assertThat(Objectives.weightedFlowTime().of(SHOP, plan)).isEqualTo(14 + 37);
    assertThat(Objectives.makespan().plus(0.5, Measure.SETUP_TIME).of(SHOP, plan)).isEqualTo(41.5);
    Shop due = SHOP.withJobs(List.of(A.dueAt(12).weighing(3), B.dueAt(50)));
    assertThat(Objectives.weightedTardiness().of(due, plan)).isEqualTo(6);
  }

  @Test
  void rejectsEveryBrokenRule() {
    rejects("not planned", A1, A2, B1);
    rejects("planned twice", A1, A1, A2, B1, B2);
    rejects("not in the shop", A1, A2, B1, B2, new Assignment("c", "1", "saw", 0, 90, 99));
    rejects("cannot do it", A1, new Assignment("a", "2", "saw", 0, 50, 54), B1, B2);
    rejects("it ends at 35", A1, A2, new Assignment("b", "1", "saw", 5, 15, 25), B2);
    rejects("rests", new Assignment("a", "1", "saw", 0, 25, 40), A2, B1, B2);
    rejects("before release 2", A1, A2, new Assignment("b", "1", "saw", 5, 1, 11), B2);
    rejects("before operation 1", A1, new Assignment("a", "2", "drill", 0, 9, 13), B1, B2);
    rejects("ready at 15", A1, A2, new Assignment("b", "1", "saw", 5, 14, 34), B2);
    rejects("needs 5", A1, A2, new Assignment("b", "1", "saw", 0, 15, 35), B2);
  }

  @Test
  void countsResources() {
    ShopJob c = ShopJob.chain("c", op("1", "drill", 4).needing(new Need("crew", 1)));
    Shop shop = SHOP.withJobs(List.of(A, B, c));
    assertThat(check(shop, A1, A2, B1, B2, new Assignment("c", "1", "drill", 0, 30, 34)))
        .anyMatch(m -> m.contains("3 of resource crew"));
    assertThat(check(shop, A1, A2, B1, B2, new Assignment("c", "1", "drill", 0, 0, 4))).isEmpty();
  }

  @Test
  void holdsPinsAndTheHorizon() {
    Shop pinned = SHOP.withPins(List.of(Pin.at("a", "1", "saw", 3), Pin.to("a", "2", "drill")));
    assertThat(check(pinned, A1, A2, B1, B2)).anyMatch(m -> m.contains("pinned at 3"));
    Shop later = SHOP.startingAt(5).withPins(List.of(Pin.at("a", "1", "saw", 0)));
    assertThat(check(later, A1, A2, B1, B2)).isEmpty();
    assertThat(check(SHOP.startingAt(5), A1, A2, B1, B2))
        .anyMatch(m -> m.contains("before planning begins at 5"));
  }

  @Test
  void holdsTheOrderOfAPermutationShop() {
    ShopJob a = ShopJob.chain("a", op("1", "saw", 2), op("2", "drill", 2));
    ShopJob b = ShopJob.chain("b", op("1", "saw", 2), op("2", "drill", 2));
    Shop flow = Shop.of("flow", List.of(Machine.of("saw"), DRILL), List.of(a, b)).asPermutation();
    Assignment a1 = new Assignment("a", "1", "saw", 0, 0, 2);
    Assignment b1 = new Assignment("b", "1", "saw", 0, 2, 4);
    assertThat(
            check(
                flow,
                a1,
                b1,
                new Assignment("a", "2", "drill", 0, 2, 4),
                new Assignment("b", "2", "drill", 0, 4, 6)))
        .isEmpty();
    assertThat(
            check(
                flow,
                a1,
                b1,
                new Assignment("a", "2", "drill", 0, 6, 8),
                new Assignment("b", "2", "drill", 0, 4, 6)))
        .anyMatch(m -> m.contains("another order"));
  }
}
