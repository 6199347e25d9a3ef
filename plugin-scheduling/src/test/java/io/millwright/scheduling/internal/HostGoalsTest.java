package io.millwright.scheduling.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millwright.api.Budget;
import io.millwright.api.Finding;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.Solution;
import io.millwright.scheduling.Alternative;
import io.millwright.scheduling.Assignment;
import io.millwright.scheduling.Calendar;
import io.millwright.scheduling.Machine;
import io.millwright.scheduling.Objectives;
import io.millwright.scheduling.Operation;
import io.millwright.scheduling.Oven;
import io.millwright.scheduling.ParetoFront;
import io.millwright.scheduling.PlanGoal;
import io.millwright.scheduling.Schedule;
import io.millwright.scheduling.ScheduleChecker;
import io.millwright.scheduling.Scheduling;
import io.millwright.scheduling.SchedulingCodes;
import io.millwright.scheduling.Setup;
import io.millwright.scheduling.Shop;
import io.millwright.scheduling.ShopJob;
import io.millwright.scheduling.ShopOptimizer;
import io.millwright.scheduling.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class HostGoalsTest {

  private static final Millwright HOST = Millwright.create();

  @AfterAll
  static void close() {
    HOST.close();
  }

  private static ShopOptimizer optimizer() {
    return HOST.plugin(Scheduling.class)
        .optimizer()
        .workers(1)
        .minimize(Objectives.weightedTardiness());
  }

  private static Solution<Schedule> plan(Shop shop, PlanGoal... goals) throws InterruptedException {
    return optimizer().minding(goals).optimize(shop, Budget.iterations(60_000)).await();
  }

  /** Three jobs on one machine; the first two are due. */
  private static Shop line() {
    List<ShopJob> jobs = new ArrayList<>();
    for (String id : List.of("a", "b", "c")) {
      jobs.add(ShopJob.chain(id, Operation.of("o", Alternative.of("m", 10))).dueAt(10));
    }
    return Shop.of("line", List.of(Machine.of("m")), jobs);
  }

  private static PlanGoal first(String job, long before) {
    return new PlanGoal() {
      @Override
      public String name() {
        return job + " early";
      }

      @Override
      public double cost(Shop shop, Schedule plan) {
        return 0;
      }

      @Override
      public List<Finding> broken(Shop shop, Schedule plan) {
        return plan.completions().getOrDefault(job, 0L) <= before
            ? List.of()
            : List.of(
                new Finding(SchedulingCodes.BAD_PLAN, "job " + job, "ends too late", "go on"));
      }
    };
  }

  @Test
  void aRuleOfTheHostIsKept() throws InterruptedException {
    for (String job : List.of("a", "b", "c")) {
      Solution<Schedule> solution = plan(line(), first(job, 10));
      assertThat(solution.orElseThrow().completions()).containsEntry(job, 10L);
      assertThat(ScheduleChecker.check(line(), solution.orElseThrow())).isEmpty();
      assertThat(solution.objective().value()).isEqualTo(30);
      assertThat(solution.objectives().get(1).name()).isEqualTo(job + " early");
    }
  }

  @Test
  void aRuleThatNoPlanKeepsIsNamed() throws InterruptedException {
    Solution<Schedule> solution = plan(line(), first("a", 5));
    assertThat(solution.value()).isEmpty();
    assertThat(solution.provenance().settings().get("broken rules")).contains("job a", "too late");
  }

  @Test
  void whatTheBestPlanBreaksIsNamedWithoutAHostToo() throws InterruptedException {
    // Each job of ten alone is done by 12, the three on one machine are not.
    Solution<Schedule> solution = plan(hurried(12, "a", "b", "c"));
    assertThat(solution.value()).isEmpty();
    assertThat(solution.end()).isEqualTo(Solution.End.NONE_FOUND);
    assertThat(solution.provenance().settings().get("broken rules"))
        .contains("job b", "behind deadline 12");
  }

  @Test
  void whatNoPlanCanKeepIsProvenWithoutASearch() throws InterruptedException {
    Solution<Schedule> solution = plan(hurried(3, "b"));
    assertThat(solution.value()).isEmpty();
    assertThat(solution.end()).isEqualTo(Solution.End.INFEASIBLE);
    assertThat(solution.provenance().settings().get("impossible"))
        .isEqualTo("job b deadline 3 cannot be kept: alone in the shop the job is done at 10");
  }

  private static Shop hurried(long deadline, String... jobs) {
    Shop line = line();
    return line.withJobs(
        line.jobs().stream()
            .map(j -> List.of(jobs).contains(j.id()) ? j.toBuilder().deadline(deadline).build() : j)
            .toList());
  }

  @Test
  void aGoalThatAsksToWaitIsFollowed() throws InterruptedException {
    PlanGoal late =
        PlanGoal.costs("early starts", a -> a.job().equals("c") ? Math.max(0, 100 - a.start()) : 0);
    Shop shop = line().withJobs(List.of(line().jobs().get(0), line().jobs().get(2).dueAt(200)));
    Solution<Schedule> solution = plan(shop, late);
    assertThat(solution.objectives().get(1).value()).isLessThan(20);
    assertThat(solution.objective().value()).isZero();
  }

  @Test
  void costsOfAlternativesOvertimeAndLoadAreWhatTheySay() throws InterruptedException {
    Machine day =
        Machine.of("day")
            .working(Calendar.shifts(100, List.of(new Window(0, 50))).with(new Window(60, 90)));
    Operation cut = Operation.of("cut", Alternative.of("day", 60), Alternative.of("dear", 60));
    Shop shop =
        Shop.of(
            "mill", List.of(day, Machine.of("dear")), List.of(ShopJob.chain("j", cut).dueAt(70)));
    Schedule onDay = new Schedule(List.of(new Assignment("j", "cut", "day", 0, 0, 70)));
    assertThat(PlanGoal.overtime(3).cost(shop, onDay)).isEqualTo(30);
    // It rests from 50 to 60, so that it is busy all of the first span and 25 of the second.
    assertThat(PlanGoal.levelling(35, 1).cost(shop, onDay))
        .isCloseTo(35 + 25 * 25 / 35.0, within(1e-9));
    assertThat(PlanGoal.levelling(140, 1).cost(shop, onDay))
        .isCloseTo(60 * 60 / 140.0, within(1e-9));
    // What an oven does together is one load, and one load's overtime.
    Shop oven =
        shop.withMachines(List.of(day.toBuilder().oven(new Oven(0, 2)).build(), Machine.of("dear")))
            .withJobs(List.of(ShopJob.chain("j", cut), ShopJob.chain("k", cut)));
    Schedule load =
        new Schedule(
            List.of(
                new Assignment("j", "cut", "day", 0, 60, 90),
                new Assignment("k", "cut", "day", 0, 60, 90)));
    assertThat(PlanGoal.overtime(3).cost(oven, load)).isEqualTo(90);
    assertThat(PlanGoal.levelling(60, 1).cost(oven, load)).isCloseTo(15, within(1e-9));
    Map<String, Double> rates = Map.of("day", 1.0, "dear", 0.1);
    PlanGoal rate =
        PlanGoal.costs("rates", a -> rates.getOrDefault(a.machine(), 0.0) * (a.end() - a.start()));
    assertThat(rate.cost(shop, onDay)).isEqualTo(70);
    Solution<Schedule> cheap = plan(shop, rate);
    assertThat(cheap.orElseThrow().assignments().get(0).machine()).isEqualTo("dear");
    assertThat(cheap.objectives().get(1).value()).isCloseTo(6, within(1e-9));
  }

  @Test
  void aGoalThatIsNoNumberIsNamed() {
    assertThatThrownBy(() -> plan(line(), PlanGoal.costs("odd", a -> Double.NaN)))
        .isInstanceOf(MillwrightException.class)
        .hasMessageContaining("\"odd\"")
        .hasMessageContaining("NaN");
  }

  @Test
  void theFrontHoldsBothEndsAndNothingDominated() throws InterruptedException {
    Machine saw = Machine.of("m").changing(List.of(new Setup("x", "y", 8), new Setup("y", "x", 8)));
    List<ShopJob> jobs = new ArrayList<>();
    for (int j = 0; j < 6; j++) {
      jobs.add(
          ShopJob.chain(
                  "j" + j,
                  Operation.of("o", Alternative.of("m", 10)).ofFamily(j % 2 == 0 ? "x" : "y"))
              .dueAt(10 + 10L * j));
    }
    Shop shop = Shop.of("front", List.of(saw), jobs);
    ParetoFront front =
        HOST.plugin(Scheduling.class)
            .front(
                shop,
                Objectives.weightedTardiness(),
                Objectives.setupTime(),
                Budget.iterations(60_000))
            .await();
    List<ParetoFront.Point> points = front.points();
    assertThat(points.size()).isGreaterThan(1);
    assertThat(points.get(points.size() - 1).second()).isEqualTo(8);
    for (int i = 1; i < points.size(); i++) {
      assertThat(points.get(i).first()).isGreaterThan(points.get(i - 1).first());
      assertThat(points.get(i).second()).isLessThan(points.get(i - 1).second());
      assertThat(ScheduleChecker.check(shop, points.get(i).plan())).isEmpty();
    }
    double least =
        optimizer().optimize(shop, Budget.iterations(20_000)).await().objective().value();
    assertThat(points.get(0).first()).isEqualTo(least);
  }
}
