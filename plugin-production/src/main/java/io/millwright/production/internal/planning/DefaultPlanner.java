package io.millwright.production.internal.planning;

import com.google.ortools.modelbuilder.Variable;
import io.millwright.api.Budget;
import io.millwright.api.ErrorCode;
import io.millwright.api.Finding;
import io.millwright.api.Job;
import io.millwright.api.Solution;
import io.millwright.api.data.Unit;
import io.millwright.api.spi.Composer;
import io.millwright.api.spi.Jobs;
import io.millwright.production.MasterPlanner;
import io.millwright.production.PlanProblem;
import io.millwright.production.PlanProblem.Item;
import io.millwright.production.PlanProblem.Operation;
import io.millwright.production.ProductionPlan;
import io.millwright.production.internal.support.Ends;
import io.millwright.production.internal.support.Mip;
import io.millwright.solver.ortools.OrTools;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The planner. */
public final class DefaultPlanner implements MasterPlanner {

  private static final double TINY = 1e-6;
  private static final String BY = "fix-and-optimise";
  private static final String PROVED = "linear program with (l, S) inequalities, branch and bound";

  private final Jobs jobs;
  private final Composer composer;

  /** For the facade. */
  public DefaultPlanner(Jobs jobs, Composer composer) {
    this.jobs = jobs;
    this.composer = composer;
  }

  @Override
  public Job<Solution<ProductionPlan>> optimize(PlanProblem problem, Budget budget) {
    OrTools.load();
    return jobs.start("master plan", budget.time(), control -> solve(problem, budget, control));
  }

  private Solution<ProductionPlan> solve(
      PlanProblem problem, Budget budget, Jobs.Control<Solution<ProductionPlan>> control) {
    Ends ends = new Ends(composer, "", 0, Map.of());
    PlanModel model = new PlanModel(problem, false);
    Planning search = new Planning(model, control::stopped, () -> Ends.left(budget, control));
    search.run(
        budget.iterations().orElse(Long.MAX_VALUE),
        s -> {
          Ends.report(control, budget, BY, s.best, s.bound);
          control.best(solution(ends, model, s));
        });
    return search.values.length == 0 ? ends.none(search.end) : solution(ends, model, search);
  }

  private static Solution<ProductionPlan> solution(Ends ends, PlanModel model, Planning s) {
    ProductionPlan plan = plan(model, s.values);
    boolean proven = s.end == Solution.End.OPTIMAL || s.bound >= s.best * (1 - 1e-6) - TINY;
    return ends.found(plan, proven, "cost", plan.cost(), Unit.NONE, s.bound, BY, PROVED);
  }

  @Override
  public List<Finding> missing(PlanProblem problem) {
    OrTools.load();
    PlanModel elastic = new PlanModel(problem, true);
    Mip.Answer answer = Mip.solve(elastic.model, 20, () -> false);
    List<Finding> findings = new ArrayList<>();
    if (answer.values().length == 0) {
      findings.add(
          new Finding(
              ErrorCode.NO_SOLUTION,
              "plan",
              "even without any demand there is no plan",
              "the frozen part of the earlier plan cannot be made"));
      return findings;
    }
    double[] v = answer.values();
    for (int t = 0; t < elastic.periods; t++) {
      for (int i = 0; i < elastic.lost.length; i++) {
        Variable lost = elastic.lost[i][t];
        double missing = lost == null ? 0 : v[lost.getIndex()];
        if (missing > TINY) {
          findings.add(
              new Finding(
                  ErrorCode.NO_SOLUTION,
                  problem.items().get(i).name() + ", period " + (t + 1),
                  Ends.number(missing)
                      + " of the demand of "
                      + Ends.number(problem.items().get(i).demand().get(t))
                      + " cannot be met",
                  "allow backlog, buy it, or add time at " + binding(elastic, v, t)));
        }
      }
    }
    return findings;
  }

  /** The work centres that are full in some period up to this one. */
  private static String binding(PlanModel model, double[] v, int until) {
    List<String> full = new ArrayList<>();
    ProductionPlan plan = plan(model, v);
    for (ProductionPlan.Load load : plan.loads()) {
      boolean tight =
          load.used() >= load.capacity() + overtime(model, load.resource()) - 1e-4
              || load.used() >= 0.98 * (load.capacity() + overtime(model, load.resource()));
      if (load.period() <= until && tight) {
        full.add(load.resource() + " in period " + (load.period() + 1));
      }
    }
    return full.isEmpty() ? "a work centre that can make it" : String.join(", ", full);
  }

  private static double overtime(PlanModel model, String resource) {
    return model.problem.resources().get(model.centres.getOrDefault(resource, 0)).overtime();
  }

  private static double at(@Nullable Variable variable, double[] values) {
    double v = variable == null ? 0 : values[variable.getIndex()];
    return Math.abs(v) < TINY ? 0 : v;
  }

  static ProductionPlan plan(PlanModel model, double[] v) {
    PlanProblem problem = model.problem;
    List<ProductionPlan.Lot> lots = new ArrayList<>();
    List<ProductionPlan.Stock> stocks = new ArrayList<>();
    List<ProductionPlan.Load> loads = new ArrayList<>();
    List<ProductionPlan.Move> moves = new ArrayList<>();
    double[] cost = new double[8];
    for (int t = 0; t < model.periods; t++) {
      double[] used = new double[problem.resources().size()];
      for (int p = 0; p < model.make.length; p++) {
        Operation process = problem.operations().get(p);
        double quantity = at(model.make[p][t], v);
        boolean on = at(model.setup[p][t], v) > 0.5;
        int r = model.centres.getOrDefault(process.resource(), 0);
        used[r] += quantity * process.time() + (on ? process.setupTime() : 0);
        cost[0] += on ? process.setupCost() : 0;
        cost[7] += at(model.changed[p][t], v) * problem.changePrice();
        if (quantity > 0 || on) {
          lots.add(new ProductionPlan.Lot(process.item(), process.resource(), t, quantity, on));
        }
      }
      for (int f = 0; f < model.family.length; f++) {
        if (at(model.family[f][t], v) > 0.5) {
          cost[0] += problem.families().get(f).setupCost();
          used[model.centres.getOrDefault(problem.families().get(f).resource(), 0)] +=
              problem.families().get(f).setupTime();
        }
      }
      for (int i = 0; i < model.stock.length; i++) {
        Item item = problem.items().get(i);
        double stock = at(model.stock[i][t], v);
        double owed = at(model.owed[i][t], v);
        double bought = at(model.bought[i][t], v);
        stocks.add(new ProductionPlan.Stock(item.name(), t, stock, owed, bought));
        cost[1] += stock * item.holding();
        cost[2] += owed * item.backlog();
        cost[4] += bought * item.outsourcing();
        cost[6] += at(model.unsafe[i][t], v) * item.safetyPrice();
      }
      for (int r = 0; r < used.length; r++) {
        double over = at(model.over[r][t], v);
        cost[3] += over * problem.resources().get(r).overtimeCost();
        loads.add(
            new ProductionPlan.Load(
                problem.resources().get(r).name(),
                t,
                used[r],
                problem.resources().get(r).capacity().get(t),
                over));
      }
      for (int l = 0; l < model.moved.length; l++) {
        double quantity = at(model.moved[l][t], v);
        cost[5] += quantity * problem.lanes().get(l).cost();
        if (quantity > 0) {
          moves.add(
              new ProductionPlan.Move(
                  problem.lanes().get(l).from(), problem.lanes().get(l).to(), t, quantity));
        }
      }
    }
    List<String> names =
        List.of(
            "set-up",
            "holding",
            "backlog",
            "overtime",
            "outsourcing",
            "transport",
            "safety",
            "change");
    List<ProductionPlan.Cost> costs = new ArrayList<>();
    double sum = 0;
    for (int k = 0; k < cost.length; k++) {
      costs.add(new ProductionPlan.Cost(names.get(k), cost[k]));
      sum += cost[k];
    }
    return new ProductionPlan(lots, stocks, loads, moves, costs, sum);
  }
}
