package io.millwright.maintenance.internal.policy;

import io.millwright.api.Budget;
import io.millwright.api.Job;
import io.millwright.api.ObjectiveValue;
import io.millwright.api.Progress;
import io.millwright.api.Provenance;
import io.millwright.api.Solution;
import io.millwright.api.spi.Composer;
import io.millwright.api.spi.Jobs;
import io.millwright.maintenance.MaintenancePolicy;
import io.millwright.maintenance.PolicyCost;
import io.millwright.maintenance.PolicyKind;
import io.millwright.maintenance.PolicyMachine;
import io.millwright.maintenance.PolicyPlan;
import io.millwright.maintenance.PolicyPlanner;
import io.millwright.maintenance.PolicyPoint;
import io.millwright.maintenance.PolicyProblem;
import io.millwright.maintenance.PolicyRun;
import io.millwright.runtime.simulation.Replications;
import io.millwright.runtime.simulation.Sample;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/** The planner: one search for each kind, then fresh random numbers for what was found. */
public final class PolicySearch implements PolicyPlanner {

  private static final String EXACT = "renewal-reward theorem";
  private static final String SEARCH = "search on simulation with common random numbers";

  /** What was chosen on one set of random numbers is judged on another. */
  private static final long FRESH = 0x7A5E1DL;

  private static final int POINTS = 40;

  private final Composer composer;
  private final Jobs jobs;

  /** For the facade. */
  public PolicySearch(Composer composer, Jobs jobs) {
    this.composer = composer;
    this.jobs = jobs;
  }

  @Override
  public Job<Solution<PolicyPlan>> optimize(PolicyProblem problem, Budget budget) {
    return jobs.start(
        "maintenance policy", budget.time(), control -> solve(problem, budget, control));
  }

  @Override
  public PolicyRun judge(PolicyProblem problem, MaintenancePolicy policy) {
    return run(samples(Plant.of(problem), policy));
  }

  private static List<Sample> samples(Plant plant, MaintenancePolicy policy) {
    plant.limits(policy); // refuses a policy that does not fit, once
    return Replications.run(
        random -> PlantRun.run(plant, policy, random),
        plant.problem.key() ^ FRESH,
        plant.problem.replications(),
        () -> false);
  }

  private static PolicyRun run(List<Sample> samples) {
    return new PolicyRun(
        samples.get(PlantRun.COST),
        samples.get(PlantRun.DOWNTIME),
        samples.get(PlantRun.FAILURES),
        samples.get(PlantRun.PLANNED));
  }

  private Solution<PolicyPlan> solve(
      PolicyProblem problem, Budget budget, Jobs.Control<Solution<PolicyPlan>> control) {
    control.checkpoint();
    Plant plant = Plant.of(problem);
    Exact exact = new Exact(problem);
    List<PolicyKind> kinds = new ArrayList<>();
    for (PolicyKind kind : PolicyKind.values()) {
      boolean looks = kind == PolicyKind.CONDITION || kind == PolicyKind.PREDICTIVE;
      if (problem.kinds().contains(kind) && (!looks || plant.predicted())) {
        kinds.add(kind);
      }
    }
    if (kinds.isEmpty()) {
      return new Solution<>(Optional.empty(), Solution.End.INFEASIBLE, List.of(), origin(problem));
    }
    boolean proven = kinds.stream().allMatch(exact::holds);
    long left = budget.iterations().orElse(Long.MAX_VALUE);
    List<PolicyCost> costs = new ArrayList<>();
    List<PolicyPoint> curve = new ArrayList<>();
    Map<PolicyKind, double[]> gains = new LinkedHashMap<>();
    Solution<PolicyPlan> solution = null;
    for (int k = 0; k < kinds.size() && (solution == null || !control.stopped()); k++) {
      PolicyKind kind = kinds.get(k);
      boolean known = exact.holds(kind);
      MaintenancePolicy policy;
      if (known) {
        policy = policy(problem, exact, kind);
        curve.addAll(curve(problem, exact, policy));
      } else {
        long share = left == Long.MAX_VALUE ? left : left / (kinds.size() - k);
        KindSearch search = new KindSearch(plant, exact, kind, share, control::stopped);
        policy = search.run();
        curve.addAll(search.curve());
        left = left == Long.MAX_VALUE ? left : left - search.curve().size();
      }
      List<Sample> samples = samples(plant, policy);
      gains.put(
          kind,
          samples.subList(PlantRun.OWN, samples.size()).stream()
              .mapToDouble(Sample::mean)
              .toArray());
      costs.add(
          new PolicyCost(
              policy, run(samples), known ? exact.cost(policy) : OptionalDouble.empty()));
      solution = solution(plant, costs, curve, gains, proven && k == kinds.size() - 1);
      control.best(solution);
      control.report(
          new Progress(
              kind.toString(),
              OptionalDouble.of((k + 1.0) / kinds.size()),
              control.elapsed(),
              Optional.empty(),
              Map.of("cost", solution.objective().value())));
      if (solution.objective().value() <= budget.target().orElse(Double.NEGATIVE_INFINITY)) {
        break;
      }
    }
    return Objects.requireNonNull(solution);
  }

  private static MaintenancePolicy policy(PolicyProblem problem, Exact exact, PolicyKind kind) {
    Map<String, Double> limits = new LinkedHashMap<>();
    if (kind != PolicyKind.RUN_TO_FAILURE) {
      problem.machines().forEach(m -> limits.put(m.name(), exact.limit(kind, m)));
    }
    return new MaintenancePolicy(kind, limits, 1, 0);
  }

  /** The exact cost of replacing at ages about the best: what is lost beside it. */
  private static List<PolicyPoint> curve(
      PolicyProblem problem, Exact exact, MaintenancePolicy best) {
    List<PolicyPoint> points = new ArrayList<>();
    PolicyMachine first = problem.machines().get(0);
    double limit = best.limits().getOrDefault(first.name(), Double.POSITIVE_INFINITY);
    int around = best.kind() == PolicyKind.AGE && Double.isFinite(limit) ? POINTS / 2 : 0;
    for (int k = -around; k <= around; k++) {
      double factor = k == 0 ? 1 : Math.pow(4, (double) k / around);
      Map<String, Double> limits = new LinkedHashMap<>(best.limits());
      limits.replaceAll((m, v) -> v * factor);
      MaintenancePolicy policy = new MaintenancePolicy(best.kind(), limits, 1, 0);
      exact
          .cost(policy)
          .ifPresent(c -> points.add(new PolicyPoint(best.kind(), limit * factor, c, 0)));
    }
    return points;
  }

  private Solution<PolicyPlan> solution(
      Plant plant,
      List<PolicyCost> costs,
      List<PolicyPoint> curve,
      Map<PolicyKind, double[]> gains,
      boolean proven) {
    // Exact costs are of the long run, simulated ones of the horizon: like is compared with like.
    boolean all = costs.stream().allMatch(c -> c.exact().isPresent());
    List<PolicyCost> order = new ArrayList<>();
    costs.forEach(
        c -> order.add(all ? c : new PolicyCost(c.policy(), c.run(), OptionalDouble.empty())));
    order.sort(Comparator.comparingDouble(PolicyCost::cost));
    PolicyCost best = order.get(0);
    double[] gain = Objects.requireNonNull(gains.get(best.policy().kind()));
    PolicyPlan plan =
        new PolicyPlan(best, order, curve, new WindowPlan(plant, best.policy(), gain).windows());
    return new Solution<>(
        Optional.of(plan),
        proven ? Solution.End.OPTIMAL : Solution.End.FEASIBLE,
        List.of(
            ObjectiveValue.builder()
                .name("cost of a unit of time")
                .value(best.cost())
                .bound(proven ? OptionalDouble.of(best.cost()) : OptionalDouble.empty())
                .foundBy(all ? EXACT : SEARCH)
                .provedBy(proven ? EXACT : "")
                .build()),
        origin(plant.problem));
  }

  private Provenance origin(PolicyProblem problem) {
    return composer.provenance(
        "", problem.key(), Map.of("replications", Integer.toString(problem.replications())), false);
  }
}
