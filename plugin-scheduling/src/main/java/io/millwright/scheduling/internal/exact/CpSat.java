package io.millwright.scheduling.internal.exact;

import com.google.ortools.sat.BoolVar;
import com.google.ortools.sat.CpModel;
import com.google.ortools.sat.CumulativeConstraint;
import com.google.ortools.sat.DoubleLinearExpr;
import com.google.ortools.sat.IntVar;
import com.google.ortools.sat.IntervalVar;
import com.google.ortools.sat.LinearExpr;
import com.google.ortools.sat.Literal;
import io.millwright.api.Solution;
import io.millwright.scheduling.internal.model.Exact;
import io.millwright.scheduling.internal.model.Floor;
import io.millwright.scheduling.internal.model.Goal;
import io.millwright.scheduling.internal.model.Orders;
import io.millwright.scheduling.internal.model.Plan;
import io.millwright.solver.ortools.CpSolve;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The shop as a model of OR-Tools' CP-SAT. Set-ups and calendars are left out: without them every
 * plan of the shop remains a plan of the model that costs no more, so the model's bounds hold for
 * the shop. The only class that needs OR-Tools on the class path.
 */
public final class CpSat implements Exact {

  private final CpSolve solve = new CpSolve();

  @Override
  public String name() {
    return "CP-SAT";
  }

  @Override
  public void stop() {
    solve.stop();
  }

  @Override
  public Proof solve(
      Floor floor,
      Goal goal,
      Timed hint,
      double seconds,
      boolean repeatable,
      Consumer<Plan> onPlan) {
    Model model = new Model(floor, goal, hint);
    CpSolve limited = repeatable ? solve.work(seconds) : solve.seconds(seconds);
    CpSolve.Result result =
        limited.solve(model.model, values -> onPlan.accept(plan(model, floor, values)));
    return new Proof(
        Double.isNaN(result.bound()) ? Double.NEGATIVE_INFINITY : result.bound(),
        result.end() == Solution.End.INFEASIBLE);
  }

  /** The model and what is needed to read its solutions. */
  private static final class Model {
    final CpModel model = new CpModel();
    final IntVar[] start;
    final Literal[] chosen;

    Model(Floor floor, Goal goal, Timed hint) {
      long horizon = (long) Math.ceil(floor.horizon());
      for (long f : floor.fixed) {
        horizon = Math.max(horizon, f + (long) Math.ceil(floor.horizon()));
      }
      if (goal.makespanOnly() && hint.plan().cost() < Double.POSITIVE_INFINITY) {
        // Whatever is better than the hint is done before the hint is.
        horizon = Math.min(horizon, hint.makespan());
      }
      start = new IntVar[floor.n];
      chosen = new Literal[floor.altMachine.length];
      IntVar[] end = new IntVar[floor.n];
      List<List<IntervalVar>> lines = new ArrayList<>();
      for (int m = 0; m < floor.machines; m++) {
        lines.add(new ArrayList<>());
      }
      CumulativeConstraint[] staff = new CumulativeConstraint[floor.capacity.length];
      for (int r = 0; r < staff.length; r++) {
        staff[r] = model.addCumulative(floor.capacity[r]);
      }
      for (int x = 0; x < floor.n; x++) {
        long from = floor.release[x];
        long to = floor.fixed[x] >= 0 ? from : horizon;
        start[x] = model.newIntVar(from, to, "start" + x);
        end[x] = model.newIntVar(from, horizon, "end" + x);
        alternatives(floor, x, lines, end[x]);
        for (int y : floor.before[x]) {
          model.addGreaterOrEqual(start[x], end[y]);
        }
        int[] needs = floor.needs[x];
        if (needs.length > 0) {
          IntVar span = model.newIntVar(0, horizon, "span" + x);
          IntervalVar held = model.newIntervalVar(start[x], span, end[x], "held" + x);
          for (int k = 0; k < needs.length; k += 2) {
            staff[needs[k]].addDemand(held, needs[k + 1]);
          }
        }
        model.addHint(start[x], hint.start()[x]);
      }
      lines.forEach(model::addNoOverlap);
      objective(floor, goal, end, horizon);
      for (int x = 0; x < floor.n; x++) {
        for (int a = floor.altStart[x]; a < floor.altStart[x + 1]; a++) {
          if (floor.alternatives(x) > 1) {
            model.addHint(chosen[a], hint.plan().alternative()[x] == a);
          }
        }
      }
    }

    private void alternatives(Floor floor, int x, List<List<IntervalVar>> lines, IntVar end) {
      int first = floor.altStart[x];
      if (floor.alternatives(x) == 1) {
        long work = floor.altWork[first];
        chosen[first] = model.trueLiteral();
        lines
            .get(floor.altMachine[first])
            .add(model.newFixedSizeIntervalVar(start[x], work, "op" + x));
        model.addEquality(end, LinearExpr.affine(start[x], 1, work));
        return;
      }
      List<Literal> any = new ArrayList<>();
      for (int a = first; a < floor.altStart[x + 1]; a++) {
        BoolVar here = model.newBoolVar("alt" + a);
        chosen[a] = here;
        any.add(here);
        lines
            .get(floor.altMachine[a])
            .add(
                model.newOptionalFixedSizeIntervalVar(
                    start[x], floor.altWork[a], here, "op" + x + "." + a));
        model
            .addEquality(end, LinearExpr.affine(start[x], 1, floor.altWork[a]))
            .onlyEnforceIf(here);
        if (floor.pinnedAlt[x] >= 0) {
          model.addEquality(here, floor.pinnedAlt[x] == a ? 1 : 0);
        }
      }
      model.addExactlyOne(any);
    }

    private void objective(Floor floor, Goal goal, IntVar[] end, long horizon) {
      List<IntVar> costs = new ArrayList<>();
      List<Double> weights = new ArrayList<>();
      double offset = 0;
      IntVar all = model.newIntVar(0, horizon, "makespan");
      for (int j = 0; j < floor.jobs; j++) {
        IntVar done = model.newIntVar(0, horizon, "done" + j);
        for (int x : floor.sinks[j]) {
          model.addGreaterOrEqual(done, end[x]);
        }
        model.addGreaterOrEqual(all, done);
        if (goal.flow > 0) {
          costs.add(done);
          weights.add(goal.flow * floor.weight[j]);
          offset -= goal.flow * floor.weight[j] * floor.jobRelease[j];
        }
        if (goal.tardiness > 0 && floor.due[j] < horizon && floor.weight[j] > 0) {
          IntVar late = model.newIntVar(0, horizon, "late" + j);
          model.addGreaterOrEqual(late, LinearExpr.affine(done, 1, -floor.due[j]));
          costs.add(late);
          weights.add(goal.tardiness * floor.weight[j]);
        }
      }
      if (goal.makespan > 0) {
        costs.add(all);
        weights.add(goal.makespan);
      }
      if (!costs.isEmpty()) {
        model.minimize(
            DoubleLinearExpr.weightedSumWithOffset(
                costs.toArray(IntVar[]::new),
                weights.stream().mapToDouble(w -> w).toArray(),
                offset));
      }
    }
  }

  private static Plan plan(Model model, Floor floor, CpSolve.Values values) {
    long[] start = new long[floor.n];
    long[] end = new long[floor.n];
    int[] alternative = new int[floor.n];
    for (int x = 0; x < floor.n; x++) {
      start[x] = values.value(model.start[x]);
      alternative[x] = floor.altStart[x];
      for (int a = floor.altStart[x]; a < floor.altStart[x + 1]; a++) {
        if (floor.alternatives(x) > 1 && values.holds(model.chosen[a])) {
          alternative[x] = a;
        }
      }
      end[x] = start[x] + floor.altWork[alternative[x]];
    }
    return new Plan(
        Double.POSITIVE_INFINITY, Orders.byTimes(floor, start, end), alternative, "CP-SAT");
  }
}
