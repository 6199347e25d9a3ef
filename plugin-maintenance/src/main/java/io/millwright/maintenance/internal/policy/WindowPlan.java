package io.millwright.maintenance.internal.policy;

import io.millwright.api.plan.LifeDistribution;
import io.millwright.api.plan.MachineWindow;
import io.millwright.maintenance.MaintenancePolicy;
import io.millwright.maintenance.Pauses;
import io.millwright.maintenance.PolicyKind;
import io.millwright.maintenance.PolicyMachine;
import io.millwright.maintenance.PolicyProblem;
import io.millwright.maintenance.Spares;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The windows that a policy asks for now. What waiting costs is the relative value of replacing
 * after a time: expected cost until then, less what the machine costs anyway in that time.
 */
final class WindowPlan {

  private static final int CELLS = 400;

  /** A window may begin so early that it loses this share of the work's cost. */
  private static final double EARLY = 0.1;

  /** One machine's window in the making. */
  private static final class Draft {
    final PolicyMachine machine;
    final double[] loss; // against the due time, by cell
    double begin;
    final double earliest;
    double latest;

    Draft(PolicyMachine machine, double[] loss, double begin, double earliest, double latest) {
      this.machine = machine;
      this.loss = loss;
      this.begin = begin;
      this.earliest = earliest;
      this.latest = latest;
    }
  }

  private final Plant plant;
  private final PolicyProblem problem;
  private final MaintenancePolicy policy;
  private final double[] gains;
  private final double end;

  /**
   * For one plan.
   *
   * @param gains what each machine costs in a unit of time under the policy
   */
  WindowPlan(Plant plant, MaintenancePolicy policy, double[] gains) {
    this.plant = plant;
    problem = plant.problem;
    this.policy = policy;
    this.gains = gains.clone();
    end = 2 * problem.span();
  }

  List<MachineWindow> windows() {
    if (!(problem.span() > 0) || policy.kind() == PolicyKind.RUN_TO_FAILURE) {
      return List.of();
    }
    List<Draft> drafts = new ArrayList<>();
    for (int i = 0; i < problem.machines().size(); i++) {
      draft(problem.machines().get(i), gains[i]).ifPresent(drafts::add);
    }
    drafts.sort(Comparator.comparingDouble(d -> d.begin));
    group(drafts);
    crews(drafts);
    List<MachineWindow> windows = new ArrayList<>();
    for (Draft d : drafts) {
      windows.add(window(d));
    }
    windows.sort(Comparator.comparingLong(MachineWindow::due).thenComparing(MachineWindow::id));
    return windows;
  }

  private Optional<Draft> draft(PolicyMachine m, double gain) {
    double[] value = values(m, gain);
    int best = due(m, value);
    double cell = end / CELLS;
    if (best < 0 || best * cell > problem.span()) {
      return Optional.empty();
    }
    double[] loss = new double[CELLS + 1];
    for (int k = 0; k <= CELLS; k++) {
      loss[k] = value[k] - value[best];
    }
    int from = best;
    while (from > 0 && loss[from - 1] <= EARLY * m.planned()) {
      from--;
    }
    int to = best;
    while (to < CELLS && loss[to + 1] <= m.planned()) {
      to++;
    }
    // With no part in stock, work cannot begin before one could be here.
    double part = policy.stock() > 0 ? 0 : problem.spares().map(Spares::leadTime).orElse(0.0);
    double begin = Math.max(best * cell, part);
    double earliest = Math.max(Math.min(from * cell, begin), part);
    Draft draft = new Draft(m, loss, begin, earliest, Math.max(to * cell, begin));
    pause(draft);
    return Optional.of(draft);
  }

  private double[] values(PolicyMachine m, double gain) {
    LifeDistribution life = m.remaining().orElse(m.life());
    double age = m.remaining().isPresent() ? 0 : m.age();
    double lives = life.survival(age);
    double planned = m.planned() + m.value() * m.plannedTime();
    double failure = m.failure() + m.value() * m.failureTime();
    double[] value = new double[CELLS + 1];
    double area = 0;
    double last = 1;
    for (int k = 0; k <= CELLS; k++) {
      double survival = life.survival(age + end * k / CELLS) / lives;
      if (k > 0) {
        area += (survival + last) / 2 * end / CELLS;
      }
      last = survival;
      double failed = 1 - survival;
      double length = area + m.plannedTime() + (m.failureTime() - m.plannedTime()) * failed;
      value[k] = planned + (failure - planned) * failed - gain * length;
    }
    return value;
  }

  /** The cell at which the policy has it due, or -1 for none within reach. */
  private int due(PolicyMachine m, double[] value) {
    double limit = policy.limits().getOrDefault(m.name(), Double.POSITIVE_INFINITY);
    if (Double.isInfinite(limit)) {
      return -1;
    }
    LifeDistribution left = m.remaining().orElse(null);
    double at =
        switch (policy.kind()) {
          case AGE -> left == null ? Math.max(0, limit - m.age()) : cheapest(value);
          case BLOCK -> limit;
          case CONDITION -> left == null ? end * 2 : Math.max(0, left.quantile(0.5) - limit);
          case PREDICTIVE -> left == null ? end * 2 : risky(m, left, limit);
          case RUN_TO_FAILURE -> end * 2;
        };
    return at > end ? -1 : (int) Math.round(at / end * CELLS);
  }

  private double cheapest(double[] value) {
    int best = 0;
    for (int k = 1; k <= CELLS; k++) {
      best = value[k] < value[best] ? k : best;
    }
    return best == CELLS ? end * 2 : end * best / CELLS;
  }

  /** When the risk of failing before the next chance to act first reaches its limit. */
  private double risky(PolicyMachine m, LifeDistribution left, double limit) {
    double reach = plant.reach(problem.machines().indexOf(m), policy.stock());
    for (int k = 0; k <= CELLS; k++) {
      double now = left.survival(end * k / CELLS);
      if (!(now > 0) || 1 - left.survival(end * k / CELLS + reach) / now >= limit) {
        return end * k / CELLS;
      }
    }
    return end * 2;
  }

  /** Moves a window into the cheapest pause of production that it can reach. */
  private void pause(Draft d) {
    Pauses pauses = problem.pauses().orElse(null);
    if (pauses == null || d.machine.plannedTime() > pauses.to() - pauses.from()) {
      return;
    }
    double best = Double.NaN;
    double room = pauses.to() - pauses.from() - d.machine.plannedTime();
    for (double p = pauses.from(); p <= end; p += pauses.period()) {
      if (p + room >= d.earliest
          && (Double.isNaN(best) || (p <= d.latest && loss(d, p) < loss(d, best)))) {
        best = p;
      }
    }
    if (!Double.isNaN(best)) {
      d.begin = Math.max(best, d.earliest);
      d.latest = best + room;
    }
  }

  private double loss(Draft d, double at) {
    return d.loss[(int) Math.min(CELLS, Math.round(at / end * CELLS))];
  }

  /** One visit for several machines, where moving them loses less than the visit costs. */
  private void group(List<Draft> drafts) {
    double together = Double.NaN;
    for (Draft d : drafts) {
      boolean fits = d.earliest <= together && together <= d.latest;
      if (fits && loss(d, together) - loss(d, d.begin) < problem.setup()) {
        d.begin = together;
      } else {
        together = d.begin;
      }
    }
  }

  /** No more machines at a time than crews: the others follow. */
  private void crews(List<Draft> drafts) {
    if (problem.crews() == 0) {
      return;
    }
    double[] free = new double[problem.crews()];
    for (Draft d : drafts) {
      int crew = 0;
      for (int c = 1; c < free.length; c++) {
        crew = free[c] < free[crew] ? c : crew;
      }
      d.begin = Math.max(d.begin, free[crew]);
      d.latest = Math.max(d.latest, d.begin);
      free[crew] = d.begin + d.machine.plannedTime();
    }
  }

  private MachineWindow window(Draft d) {
    double tick = problem.tick();
    long duration = Math.max(1, (long) Math.ceil(d.machine.plannedTime() / tick - 1e-9));
    long begin = Math.round(d.begin / tick);
    long due = begin + duration;
    long deadline = Math.max(due, (long) Math.floor(d.latest / tick) + duration);
    double price =
        deadline == due ? 0 : Math.max(0, loss(d, d.latest) - loss(d, d.begin)) / (deadline - due);
    return MachineWindow.builder()
        .id("care " + d.machine.name())
        .machine(d.machine.name())
        .earliest(Math.min(begin, (long) Math.ceil(d.earliest / tick)))
        .duration(duration)
        .due(due)
        .deadline(deadline)
        .price(price)
        .build();
  }
}
