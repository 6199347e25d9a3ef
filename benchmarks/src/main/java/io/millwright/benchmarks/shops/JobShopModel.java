package io.millwright.benchmarks.shops;

import com.google.ortools.sat.CpModel;
import com.google.ortools.sat.CpSolver;
import com.google.ortools.sat.CpSolverSolutionCallback;
import com.google.ortools.sat.CpSolverStatus;
import com.google.ortools.sat.IntVar;
import com.google.ortools.sat.IntervalVar;
import com.google.ortools.sat.LinearExpr;
import io.millwright.scheduling.Alternative;
import io.millwright.scheduling.Assignment;
import io.millwright.scheduling.Operation;
import io.millwright.scheduling.Schedule;
import io.millwright.scheduling.Shop;
import io.millwright.scheduling.ShopJob;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The usual CP-SAT model of a job shop: an interval an operation, one no-overlap a machine. */
final class JobShopModel {

  private final CpModel model = new CpModel();
  private final Shop shop;
  private final List<IntVar> starts = new ArrayList<>();

  JobShopModel(Shop shop) {
    this.shop = shop;
    long horizon = 0;
    for (ShopJob job : shop.jobs()) {
      for (Operation o : job.operations()) {
        horizon += only(o).work(job.quantity());
      }
    }
    Map<String, List<IntervalVar>> lines = new HashMap<>();
    IntVar makespan = model.newIntVar(0, horizon, "makespan");
    for (ShopJob job : shop.jobs()) {
      IntVar before = null;
      long took = 0;
      for (Operation o : job.operations()) {
        Alternative a = only(o);
        IntVar start = model.newIntVar(0, horizon, "");
        if (before != null) {
          model.addGreaterOrEqual(start, LinearExpr.affine(before, 1, took));
        }
        took = a.work(job.quantity());
        lines
            .computeIfAbsent(a.machine(), m -> new ArrayList<>())
            .add(model.newFixedSizeIntervalVar(start, took, ""));
        starts.add(start);
        before = start;
      }
      if (before != null) {
        model.addGreaterOrEqual(makespan, LinearExpr.affine(before, 1, took));
      }
    }
    lines.values().forEach(model::addNoOverlap);
    model.minimize(makespan);
  }

  private static Alternative only(Operation o) {
    if (o.alternatives().size() != 1) {
      throw new IllegalArgumentException("operation " + o.id() + " has more than one machine");
    }
    return o.alternatives().get(0);
  }

  /**
   * Solves within a time; ends sooner when a plan is as good as the best known one.
   *
   * @return the plan, or empty when none was found
   */
  Optional<Schedule> solve(double seconds, int workers, double bestKnown) {
    CpSolver solver = new CpSolver();
    solver.getParameters().setNumWorkers(workers).setMaxTimeInSeconds(seconds);
    CpSolverStatus status =
        solver.solve(
            model,
            new CpSolverSolutionCallback() {
              @Override
              public void onSolutionCallback() {
                if (objectiveValue() <= bestKnown) {
                  stopSearch();
                }
              }
            });
    if (status != CpSolverStatus.OPTIMAL && status != CpSolverStatus.FEASIBLE) {
      return Optional.empty();
    }
    List<Assignment> assignments = new ArrayList<>();
    for (ShopJob job : shop.jobs()) {
      for (Operation o : job.operations()) {
        long start = solver.value(starts.get(assignments.size()));
        long end = start + only(o).work(job.quantity());
        assignments.add(new Assignment(job.id(), o.id(), only(o).machine(), 0, start, end));
      }
    }
    return Optional.of(new Schedule(assignments));
  }
}
