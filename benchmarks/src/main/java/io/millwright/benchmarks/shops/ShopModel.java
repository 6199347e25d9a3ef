package io.millwright.benchmarks.shops;

import com.google.ortools.sat.BoolVar;
import com.google.ortools.sat.CircuitConstraint;
import com.google.ortools.sat.CpModel;
import com.google.ortools.sat.CpSolver;
import com.google.ortools.sat.CpSolverStatus;
import com.google.ortools.sat.IntVar;
import com.google.ortools.sat.IntervalVar;
import com.google.ortools.sat.LinearExpr;
import com.google.ortools.sat.LinearExprBuilder;
import com.google.ortools.sat.Literal;
import io.millwright.scheduling.Alternative;
import io.millwright.scheduling.Assignment;
import io.millwright.scheduling.Machine;
import io.millwright.scheduling.Operation;
import io.millwright.scheduling.Schedule;
import io.millwright.scheduling.Setup;
import io.millwright.scheduling.Shop;
import io.millwright.scheduling.ShopJob;
import io.millwright.scheduling.Window;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A whole shop as a model of OR-Tools' CP-SAT, with nothing left out: the peer to compare with.
 * Every alternative is an optional interval of fixed length in the <em>working time</em> of its
 * machine, where pauses do not exist, so that one machine is one no-overlap; with set-ups it is a
 * circuit as well, whose arcs keep the set-up apart. Each end of an alternative is carried to the
 * clock by adding the pauses before it; jobs follow the clock. The objective is weighted tardiness.
 *
 * <p>For shops without pins, secondary resources and pieces; where a machine has set-ups every
 * operation needs a family. A plan is given as a complete hint, arcs and pauses included.
 */
final class ShopModel {

  private final CpModel model = new CpModel();
  private final Shop shop;
  private final Schedule hint;
  private final long horizon;
  private final Map<String, List<Visit>> visits = new HashMap<>();

  /** One alternative of one operation, in the working time of its machine. */
  private record Visit(
      ShopJob job,
      Operation operation,
      String machine,
      long work,
      Literal here,
      IntVar from,
      boolean hinted,
      long hintedFrom) {}

  /** Pauses of a machine before the horizon, with the working time before each. */
  private record Pauses(List<Window> windows, long[] worked) {

    static Pauses of(Machine machine, long horizon) {
      List<Window> windows = machine.calendar().rests(0, horizon);
      long[] worked = new long[windows.size()];
      long at = 0;
      long sum = 0;
      for (int i = 0; i < worked.length; i++) {
        sum += windows.get(i).from() - at;
        worked[i] = sum;
        at = windows.get(i).to();
      }
      return new Pauses(windows, worked);
    }

    /** Working time before a tick at which the machine works. */
    long worked(long tick) {
      long paused = 0;
      for (Window w : windows) {
        paused += w.to() <= tick ? w.to() - w.from() : 0;
      }
      return tick - paused;
    }
  }

  /**
   * Builds the model.
   *
   * @param plan a plan of the shop: gives the horizon, and the hint
   */
  ShopModel(Shop shop, Schedule plan) {
    this.shop = shop;
    hint = plan;
    // Whatever is better than the plan in tardiness need not end earlier: room to be later.
    horizon = 2 * plan.makespan();
    Map<String, Pauses> pauses = new HashMap<>();
    for (Machine m : shop.machines()) {
      pauses.put(m.id(), Pauses.of(m, horizon));
      visits.put(m.id(), new ArrayList<>());
    }
    LinearExprBuilder tardiness = LinearExpr.newBuilder();
    for (ShopJob job : shop.jobs()) {
      job(job, pauses, tardiness);
    }
    for (Machine m : shop.machines()) {
      List<Visit> here = Objects.requireNonNull(visits.get(m.id()));
      model.addNoOverlap(here.stream().map(this::interval).toList());
      if (!m.setups().isEmpty()) {
        circuit(m, here);
      }
    }
    model.minimize(tardiness);
  }

  private IntervalVar interval(Visit v) {
    return model.newOptionalFixedSizeIntervalVar(v.from(), v.work(), v.here(), "");
  }

  private void job(ShopJob job, Map<String, Pauses> pauses, LinearExprBuilder tardiness) {
    Map<String, IntVar> ends = new HashMap<>();
    IntVar late = model.newIntVar(0, horizon, "late " + job.id());
    long last = 0;
    for (Operation o : job.operations()) {
      Assignment at = hint.of(job.id(), o.id()).orElseThrow();
      IntVar start = model.newIntVar(job.release(), horizon, "");
      IntVar end = model.newIntVar(job.release(), horizon, "");
      model.addHint(start, at.start());
      model.addHint(end, at.end());
      o.after().forEach(b -> model.addGreaterOrEqual(start, Objects.requireNonNull(ends.get(b))));
      List<Literal> choice = new ArrayList<>();
      for (Alternative a : o.alternatives()) {
        choice.add(visit(job, o, a, at, start, end, pauses));
      }
      model.addExactlyOne(choice);
      ends.put(o.id(), end);
      if (job.due().isPresent()) {
        model.addGreaterOrEqual(late, LinearExpr.affine(end, 1, -job.due().getAsLong()));
        last = Math.max(last, at.end() - job.due().getAsLong());
      }
    }
    model.addHint(late, last);
    tardiness.addTerm(late, Math.round(job.weight()));
  }

  private Literal visit(
      ShopJob job,
      Operation o,
      Alternative a,
      Assignment at,
      IntVar start,
      IntVar end,
      Map<String, Pauses> pauses) {
    Pauses rest = Objects.requireNonNull(pauses.get(a.machine()));
    boolean hinted = at.machine().equals(a.machine());
    long hintedFrom = hinted ? rest.worked(at.start()) : 0;
    long work = a.work(job.quantity());
    BoolVar here = model.newBoolVar("");
    model.addHint(here, hinted);
    IntVar from = start;
    if (!rest.windows().isEmpty()) {
      from = model.newIntVar(0, horizon, "");
      model.addHint(from, hintedFrom);
      // Work that is to begin when a pause begins, begins behind it; work may end with it.
      clock(from, 0, start, rest, here, hintedFrom, false);
      clock(from, work, end, rest, here, hintedFrom + work, true);
    } else {
      model.addEquality(end, LinearExpr.affine(start, 1, work)).onlyEnforceIf(here);
      hintedFrom = at.start();
    }
    Visit visit = new Visit(job, o, a.machine(), work, here, from, hinted, hintedFrom);
    Objects.requireNonNull(visits.get(a.machine())).add(visit);
    return here;
  }

  /** The clock shows working time from + work plus the pauses before it. */
  private void clock(
      IntVar from, long work, IntVar clock, Pauses rest, Literal here, long hinted, boolean end) {
    LinearExprBuilder sum = LinearExpr.newBuilder().add(from).add(work);
    BoolVar before = null;
    for (int k = 0; k < rest.worked().length; k++) {
      long behind = rest.worked()[k] - work + (end ? 1 : 0);
      BoolVar passed = model.newBoolVar("");
      model.addGreaterOrEqual(from, behind).onlyEnforceIf(passed);
      model.addLessOrEqual(from, behind - 1).onlyEnforceIf(passed.not());
      if (before != null) {
        model.addImplication(passed, before);
      }
      before = passed;
      model.addHint(passed, hinted - work >= behind);
      Window w = rest.windows().get(k);
      sum.addTerm(passed, w.to() - w.from());
    }
    model.addEquality(clock, sum).onlyEnforceIf(here);
  }

  private void circuit(Machine machine, List<Visit> here) {
    Map<String, Map<String, Long>> table = new HashMap<>();
    for (Setup s : machine.setups()) {
      table.computeIfAbsent(s.from(), f -> new HashMap<>()).put(s.to(), s.duration());
    }
    CircuitConstraint circuit = model.addCircuit();
    int n = here.size();
    int[] next = hintedSequence(here);
    circuit.addArc(0, 0, arc(next[0] == 0));
    for (int i = 1; i <= n; i++) {
      Visit a = here.get(i - 1);
      circuit.addArc(i, i, a.here().not());
      BoolVar first = arc(next[0] == i);
      circuit.addArc(0, i, first);
      long set = machine.family().map(f -> setup(table, f, a.operation().family())).orElse(0L);
      model.addGreaterOrEqual(a.from(), set).onlyEnforceIf(first);
      circuit.addArc(i, 0, arc(a.hinted() && next[i] == 0));
      for (int j = 1; j <= n; j++) {
        if (i == j) {
          continue;
        }
        Visit b = here.get(j - 1);
        long apart =
            a.work() + setup(table, a.operation().family().orElseThrow(), b.operation().family());
        BoolVar then = arc(a.hinted() && next[i] == j);
        circuit.addArc(i, j, then);
        model
            .addGreaterOrEqual(b.from(), LinearExpr.affine(a.from(), 1, apart))
            .onlyEnforceIf(then);
      }
    }
  }

  private static long setup(
      Map<String, Map<String, Long>> table, String from, Optional<String> to) {
    return table.getOrDefault(from, Map.of()).getOrDefault(to.orElseThrow(), 0L);
  }

  private BoolVar arc(boolean hinted) {
    BoolVar arc = model.newBoolVar("");
    model.addHint(arc, hinted);
    return arc;
  }

  /** Who follows whom in the hinted plan, counted from 1; 0 stands for the depot. */
  private static int[] hintedSequence(List<Visit> here) {
    List<Integer> sequence = new ArrayList<>();
    for (int i = 0; i < here.size(); i++) {
      if (here.get(i).hinted()) {
        sequence.add(i);
      }
    }
    sequence.sort((a, b) -> Long.compare(here.get(a).hintedFrom(), here.get(b).hintedFrom()));
    int[] next = new int[here.size() + 1];
    int at = 0;
    for (int i : sequence) {
      next[at] = i + 1;
      at = i + 1;
    }
    next[at] = 0;
    return next;
  }

  /** What the solver found, and what it proved. */
  record Answer(CpSolverStatus status, Optional<Schedule> plan, double bound) {}

  /** Solves with so many workers within a time. */
  Answer solve(double seconds, int workers) {
    CpSolver solver = new CpSolver();
    solver.getParameters().setNumWorkers(workers).setMaxTimeInSeconds(seconds);
    CpSolverStatus status = solver.solve(model);
    if (status != CpSolverStatus.OPTIMAL && status != CpSolverStatus.FEASIBLE) {
      return new Answer(status, Optional.empty(), 0);
    }
    return new Answer(status, Optional.of(schedule(solver)), solver.bestObjectiveBound());
  }

  private Schedule schedule(CpSolver solver) {
    List<Assignment> assignments = new ArrayList<>();
    for (Machine m : shop.machines()) {
      List<Visit> sequence =
          Objects.requireNonNull(visits.get(m.id())).stream()
              .filter(v -> solver.booleanValue(v.here()))
              .sorted((a, b) -> Long.compare(solver.value(a.from()), solver.value(b.from())))
              .toList();
      Pauses pauses = Pauses.of(m, horizon);
      Optional<String> family = m.family();
      for (Visit v : sequence) {
        long from = solver.value(v.from());
        long start = pauses.windows().isEmpty() ? from : start(pauses, from);
        long set = 0;
        for (Setup s : m.setups()) {
          boolean same = family.isPresent() && s.from().equals(family.get());
          set = same && v.operation().family().equals(Optional.of(s.to())) ? s.duration() : set;
        }
        family = v.operation().family().isPresent() ? v.operation().family() : family;
        assignments.add(
            new Assignment(
                v.job().id(),
                v.operation().id(),
                m.id(),
                set,
                start,
                m.calendar().finish(start, v.work())));
      }
    }
    return new Schedule(assignments);
  }

  private static long start(Pauses pauses, long worked) {
    long at = worked;
    for (int k = 0; k < pauses.worked().length && pauses.worked()[k] <= worked; k++) {
      at += pauses.windows().get(k).to() - pauses.windows().get(k).from();
    }
    return at;
  }
}
