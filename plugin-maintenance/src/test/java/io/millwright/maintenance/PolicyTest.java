package io.millwright.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millwright.api.Budget;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.Solution;
import io.millwright.api.plan.MachineWindow;
import io.millwright.runtime.simulation.Sample;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyTest {

  private static Millwright millwright;
  private static PolicyPlanner planner;
  private static Reliability reliability;

  @BeforeAll
  static void open() {
    millwright = Millwright.create();
    planner = millwright.plugin(Maintenance.class).policy();
    reliability = millwright.plugin(Maintenance.class).reliability();
  }

  @AfterAll
  static void close() {
    millwright.close();
  }

  private static PolicyMachine.Builder machine(String name, double eta, double beta) {
    return PolicyMachine.builder()
        .name(name)
        .life(reliability.weibull(eta, beta))
        .planned(100)
        .failure(1000);
  }

  private static PolicyProblem.Builder plant(PolicyMachine... machines) {
    return PolicyProblem.builder().machines(List.of(machines)).horizon(40_000).key(7);
  }

  private static PolicyPlan solved(PolicyProblem problem, int iterations) throws Exception {
    return planner.optimize(problem, Budget.iterations(iterations)).await().orElseThrow();
  }

  private static PolicyCost of(PolicyPlan plan, PolicyKind kind) {
    return plan.compared().stream()
        .filter(c -> c.policy().kind() == kind)
        .findFirst()
        .orElseThrow();
  }

  /** Simpson's rule, which shares nothing with the code under test. */
  private static double area(DoubleUnaryOperator f, double to) {
    int cells = 4000;
    double sum = f.applyAsDouble(0) + f.applyAsDouble(to);
    for (int k = 1; k < cells; k++) {
      sum += (k % 2 == 0 ? 2 : 4) * f.applyAsDouble(to * k / cells);
    }
    return sum * to / cells / 3;
  }

  private static double least(DoubleUnaryOperator f, double low, double high) {
    double a = low;
    double b = high;
    for (int k = 0; k < 60; k++) {
      double x = a + (b - a) * 0.382;
      double y = a + (b - a) * 0.618;
      if (f.applyAsDouble(x) < f.applyAsDouble(y)) {
        b = y;
      } else {
        a = x;
      }
    }
    return (a + b) / 2;
  }

  @ParameterizedTest
  @CsvSource({
    "1.5, 0, 0, 0", "2, 0, 0, 0", "3.5, 0, 0, 0", "6, 0, 0, 0",
    "1.5, 5, 40, 8", "2, 2, 2, 3", "3.5, 10, 30, 20", "6, 1, 90, 4"
  })
  void ageReplacementIsTheAnalyticOptimum(
      double beta, double plannedTime, double failureTime, double value) throws Exception {
    PolicyMachine m =
        machine("pump", 500, beta)
            .plannedTime(plannedTime)
            .failureTime(failureTime)
            .value(value)
            .build();
    PolicyProblem problem = plant(m).kinds(Set.of(PolicyKind.AGE)).build();
    Solution<PolicyPlan> solution = planner.optimize(problem, Budget.iterations(50)).await();
    DoubleUnaryOperator cost =
        t -> {
          double failed = 1 - Math.exp(-Math.pow(t / 500, beta));
          double planned = 100 + value * plannedTime;
          double failure = 1000 + value * failureTime;
          double up = area(u -> Math.exp(-Math.pow(u / 500, beta)), t);
          return (planned * (1 - failed) + failure * failed)
              / (up + plannedTime * (1 - failed) + failureTime * failed);
        };
    double due = least(cost, 20, 900);
    assertThat(solution.end()).isEqualTo(Solution.End.OPTIMAL);
    double limit = solution.orElseThrow().best().policy().limits().get("pump");
    // The cost is flat at its least: half the digits of the cost are those of the age.
    assertThat(limit).isCloseTo(due, within(1e-4 * due));
    assertThat(solution.objective().value())
        .isCloseTo(cost.applyAsDouble(due), within(1e-4 * cost.applyAsDouble(due)));
  }

  @Test
  void theSimulationCostsWhatTheTheoremSays() throws Exception {
    PolicyMachine m = machine("pump", 500, 3).build();
    PolicyProblem problem =
        plant(m)
            .horizon(400_000)
            .kinds(Set.of(PolicyKind.RUN_TO_FAILURE, PolicyKind.AGE, PolicyKind.BLOCK))
            .build();
    for (PolicyCost cost : solved(problem, 50).compared()) {
      Sample run = cost.run().cost();
      assertThat(run.mean())
          .as("%s", cost.policy())
          .isCloseTo(cost.exact().orElseThrow(), within(run.halfWidth(0.999)));
    }
  }

  @Test
  void aMachineWithoutWearIsNeverReplacedBesideOneThatWears() throws Exception {
    PolicyMachine[] both = {machine("press", 500, 3).build(), machine("card", 500, 1).build()};
    PolicyProblem problem =
        plant(both).setup(40).horizon(8000).kinds(Set.of(PolicyKind.AGE)).build();
    Map<String, Double> limits = of(solved(problem, 60), PolicyKind.AGE).policy().limits();
    assertThat(limits.get("card")).isInfinite();
    assertThat(limits.get("press")).isFinite();
  }

  @Test
  void minimalRepairCostsTheCumulativeHazard() {
    PolicyMachine m = machine("pump", 500, 2).failure(150).failureRestoration(0).build();
    PolicyProblem problem = plant(m).horizon(400_000).build();
    double age = 400;
    Sample run =
        planner
            .judge(problem, new MaintenancePolicy(PolicyKind.AGE, Map.of("pump", age), 1, 0))
            .cost();
    double due = (100 + 150 * Math.pow(age / 500, 2)) / age;
    assertThat(run.mean()).isCloseTo(due, within(run.halfWidth(0.999)));
  }

  /** Presses whose remaining life is predicted with a log error. */
  private static PolicyProblem.Builder presses(int n, double error) {
    List<PolicyMachine> machines = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      machines.add(
          machine("press " + i, 400 + 20 * i, 2.5)
              .value(20)
              .plannedTime(4)
              .failureTime(24)
              .prognosis(new Prognosis(10, error, 125))
              .build());
    }
    return PolicyProblem.builder().machines(machines).horizon(8000).key(1);
  }

  private static void saves(Sample less, Sample than, double share) {
    Sample saved = less.minus(than);
    assertThat(saved.mean() + saved.halfWidth(0.95)).isLessThan(-share * than.mean());
  }

  @Test
  void predictionSavesDowntimeAndCostAgainstTheBestAge() throws Exception {
    PolicyProblem problem =
        presses(4, 0.6).kinds(Set.of(PolicyKind.AGE, PolicyKind.PREDICTIVE)).build();
    PolicyPlan plan = solved(problem, 60);
    PolicyRun age = of(plan, PolicyKind.AGE).run();
    PolicyRun predictive = of(plan, PolicyKind.PREDICTIVE).run();
    assertThat(plan.best().policy().kind()).isEqualTo(PolicyKind.PREDICTIVE);
    saves(predictive.cost(), age.cost(), 0.2);
    saves(predictive.downtime(), age.downtime(), 0.3);
    // Trusting the point: wait while it lies beyond the next prediction.
    Map<String, Double> points = new LinkedHashMap<>();
    problem.machines().forEach(m -> points.put(m.name(), 10.0));
    PolicyRun point =
        planner.judge(problem, new MaintenancePolicy(PolicyKind.CONDITION, points, 1, 0));
    saves(predictive.cost(), point.cost(), 0.2);
  }

  @Tag("thorough")
  @ParameterizedTest
  @ValueSource(doubles = {0.3, 0.6, 1.0})
  void theFiguresOfTheSimulatedPlant(double error) throws Exception {
    PolicyProblem problem = presses(10, error).build();
    PolicyPlan plan = solved(problem, 400);
    PolicyRun age = of(plan, PolicyKind.AGE).run();
    Map<String, Double> points = new LinkedHashMap<>();
    problem.machines().forEach(m -> points.put(m.name(), 10.0));
    Map<String, PolicyRun> runs = new LinkedHashMap<>();
    plan.compared().forEach(c -> runs.put(c.policy().kind().toString(), c.run()));
    runs.put(
        "point", planner.judge(problem, new MaintenancePolicy(PolicyKind.CONDITION, points, 1, 0)));
    runs.forEach(
        (name, run) -> {
          Sample cost = run.cost().minus(age.cost());
          Sample down = run.downtime().minus(age.downtime());
          System.out.printf(
              Locale.ROOT,
              "error %.1f %-15s cost %.2f (%+.1f %% +- %.1f), downtime %.4f (%+.1f %% +- %.1f)%n",
              error,
              name,
              run.cost().mean(),
              100 * cost.mean() / age.cost().mean(),
              100 * cost.halfWidth(0.95) / age.cost().mean(),
              run.downtime().mean(),
              100 * down.mean() / age.downtime().mean(),
              100 * down.halfWidth(0.95) / age.downtime().mean());
        });
    PolicyRun predictive = of(plan, PolicyKind.PREDICTIVE).run();
    saves(predictive.cost(), age.cost(), 0.2);
    saves(predictive.downtime(), age.downtime(), 0.3);
  }

  @Test
  void theStockFollowsWhatHoldingCosts() throws Exception {
    PolicyMachine[] pumps = new PolicyMachine[4];
    for (int i = 0; i < 4; i++) {
      pumps[i] = machine("pump " + i, 500, 2).value(50).failureTime(2).build();
    }
    PolicyProblem.Builder plant = plant(pumps).kinds(Set.of(PolicyKind.AGE)).horizon(10_000);
    PolicyPlan cheap = solved(plant.spares(new Spares(60, 0.01, 5)).build(), 60);
    PolicyPlan dear = solved(plant.spares(new Spares(60, 100, 5)).build(), 60);
    assertThat(cheap.best().policy().stock()).isGreaterThanOrEqualTo(2);
    assertThat(dear.best().policy().stock()).isZero();
    // Waiting for the part stands the machine: no stock costs 60 days of each failure.
    assertThat(dear.best().run().downtime().mean())
        .isGreaterThan(3 * cheap.best().run().downtime().mean());
  }

  @Test
  void machinesJoinAVisitWhereItIsDear() throws Exception {
    PolicyMachine[] pumps = new PolicyMachine[4];
    for (int i = 0; i < 4; i++) {
      pumps[i] = machine("pump " + i, 500 + i, 3).build();
    }
    PolicyProblem problem =
        plant(pumps).kinds(Set.of(PolicyKind.AGE)).horizon(10_000).setup(400).build();
    PolicyCost best = solved(problem, 60).best();
    assertThat(best.policy().joining()).isLessThan(1);
    MaintenancePolicy alone = new MaintenancePolicy(PolicyKind.AGE, best.policy().limits(), 1, 0);
    saves(best.run().cost(), planner.judge(problem, alone).cost(), 0.1);
  }

  @Test
  void oneCrewGoesOnFromMachineToMachineInOneVisit() {
    PolicyMachine a = machine("a", 300, 3).plannedTime(2).failureTime(2).build();
    PolicyMachine b = machine("b", 300, 3).plannedTime(2).failureTime(2).build();
    PolicyProblem problem =
        plant(a, b).kinds(Set.of(PolicyKind.AGE)).horizon(20_000).setup(400).crews(1).build();
    MaintenancePolicy alone =
        new MaintenancePolicy(PolicyKind.AGE, Map.of("a", 200.0, "b", 200.0), 1, 0);
    MaintenancePolicy joined =
        new MaintenancePolicy(PolicyKind.AGE, Map.of("a", 200.0, "b", 200.0), 0.4, 0);
    // The crew that is there goes on to the other machine and pays no second visit.
    saves(planner.judge(problem, joined).cost(), planner.judge(problem, alone).cost(), 0.1);
  }

  @Test
  void oneCrewKeepsMachinesWaiting() {
    PolicyMachine[] pumps = new PolicyMachine[6];
    for (int i = 0; i < 6; i++) {
      pumps[i] = machine("pump " + i, 200, 1).failureTime(20).build();
    }
    MaintenancePolicy none = new MaintenancePolicy(PolicyKind.RUN_TO_FAILURE, Map.of(), 1, 0);
    PolicyProblem.Builder plant = plant(pumps).horizon(20_000);
    double enough = planner.judge(plant.build(), none).downtime().mean();
    double one = planner.judge(plant.crews(1).build(), none).downtime().mean();
    assertThat(enough).isCloseTo(20.0 / 220, within(0.003));
    // The machine-interference model M/D/1//6 lies below that of exponential repair, M/M/1//6.
    double[] p = new double[7];
    p[0] = 1;
    double all = 1;
    double down = 0;
    for (int k = 1; k <= 6; k++) {
      p[k] = p[k - 1] * (6 - k + 1) * 0.1;
      all += p[k];
    }
    for (int k = 1; k <= 6; k++) {
      down += k * p[k] / all / 6;
    }
    assertThat(one).isBetween(enough * 1.1, down);
  }

  @Test
  void windowsKeepSpanCrewsAndPauses() throws Exception {
    PolicyMachine[] pumps = new PolicyMachine[3];
    for (int i = 0; i < 3; i++) {
      pumps[i] = machine("pump " + i, 500, 3).age(120 + i).plannedTime(6).value(5).build();
    }
    PolicyProblem.Builder plant =
        plant(pumps).kinds(Set.of(PolicyKind.AGE)).horizon(5000).span(400).tick(0.5);
    PolicyPlan free = solved(plant.build(), 20);
    assertThat(free.windows()).hasSize(3);
    for (MachineWindow w : free.windows()) {
      double limit = free.best().policy().limits().get(w.machine());
      int age = 120 + Integer.parseInt(w.machine().substring(5));
      assertThat(w.duration()).isEqualTo(12);
      assertThat((w.due() - 12) * 0.5).isCloseTo(limit - age, within(1.5));
      assertThat(w.movable()).isTrue();
      assertThat(w.price()).isPositive();
    }
    PolicyPlan paused = solved(plant.pauses(new Pauses(168, 160, 168)).crews(1).build(), 20);
    List<MachineWindow> windows = paused.windows();
    assertThat(windows).hasSize(3);
    for (int i = 1; i < 3; i++) {
      assertThat(windows.get(i).due() - 12).isGreaterThanOrEqualTo(windows.get(i - 1).due());
    }
    assertThat((windows.get(0).due() - 12) * 0.5 % 168).isBetween(160.0, 162.0);
  }

  @Test
  void predictedWindowsFollowThePrediction() throws Exception {
    PolicyMachine.Builder press =
        machine("press", 400, 2.5).age(50).prognosis(new Prognosis(10, 0.5, 125));
    PolicyProblem.Builder plant =
        PolicyProblem.builder().horizon(20_000).span(200).kinds(Set.of(PolicyKind.PREDICTIVE));
    PolicyPlan none = solved(plant.machines(List.of(press.build())).build(), 30);
    assertThat(none.windows()).isEmpty();
    long[] due = new long[2];
    for (int i = 0; i < 2; i++) {
      PolicyMachine seen = press.remaining(reliability.weibull(i == 0 ? 60 : 120, 5)).build();
      List<MachineWindow> windows = solved(plant.machines(List.of(seen)).build(), 30).windows();
      assertThat(windows).hasSize(1);
      due[i] = windows.get(0).due();
    }
    assertThat(due[0]).isBetween(2L, 50L);
    assertThat(due[1]).isGreaterThan(due[0] + 10);
  }

  @Test
  void badPlantsAreRefusedWithAllFaults() {
    assertThatThrownBy(
            () -> machine("pump", 500, 2).planned(-1).failureRestoration(2).age(1e6).build())
        .isInstanceOf(MillwrightException.class)
        .hasMessageContaining("planned")
        .hasMessageContaining("failureRestoration")
        .hasMessageContaining("hardly any machine lives");
    PolicyMachine m = machine("pump", 500, 2).build();
    assertThatThrownBy(() -> plant(m, m).horizon(Double.NaN).build())
        .isInstanceOf(MillwrightException.class)
        .hasMessageContaining("two have one name")
        .hasMessageContaining("horizon");
    assertThatThrownBy(() -> new Pauses(5, 3, 3)).isInstanceOf(MillwrightException.class);
    assertThatThrownBy(() -> new Prognosis(1, 30, 1)).isInstanceOf(MillwrightException.class);
    assertThatThrownBy(() -> new Spares(-1, 0, 1)).isInstanceOf(MillwrightException.class);
    assertThatThrownBy(() -> reliability.weibull(0, 2)).isInstanceOf(MillwrightException.class);
    MaintenancePolicy other = new MaintenancePolicy(PolicyKind.AGE, Map.of("fan", 3.0), 1, 0);
    PolicyProblem problem = plant(m).build();
    assertThatThrownBy(() -> planner.judge(problem, other)).hasMessageContaining("[fan]");
    MaintenancePolicy blind =
        new MaintenancePolicy(PolicyKind.CONDITION, Map.of("pump", 3.0), 1, 0);
    assertThatThrownBy(() -> planner.judge(problem, blind)).hasMessageContaining("no prognosis");
  }

  @Test
  void withoutPrognosisNothingPredictiveIsFound() throws Exception {
    PolicyProblem problem =
        plant(machine("pump", 500, 2).build()).kinds(Set.of(PolicyKind.PREDICTIVE)).build();
    assertThat(planner.optimize(problem, Budget.iterations(5)).await().end())
        .isEqualTo(Solution.End.INFEASIBLE);
  }
}
