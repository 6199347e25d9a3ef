package io.millwright.production.internal.allocation;

import com.google.ortools.modelbuilder.Variable;
import io.millwright.api.Budget;
import io.millwright.api.ErrorCode;
import io.millwright.api.Finding;
import io.millwright.api.Job;
import io.millwright.api.MillwrightException;
import io.millwright.api.Solution;
import io.millwright.api.data.Unit;
import io.millwright.api.spi.Composer;
import io.millwright.api.spi.Jobs;
import io.millwright.production.Allocation;
import io.millwright.production.AllocationProblem;
import io.millwright.production.Allocator;
import io.millwright.production.Rating;
import io.millwright.production.internal.allocation.AllocationModel.Relaxed;
import io.millwright.production.internal.support.Ends;
import io.millwright.production.internal.support.Mip;
import io.millwright.solver.ortools.OrTools;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** The allocator. */
public final class DefaultAllocator implements Allocator {

  private static final double INFINITE = Double.POSITIVE_INFINITY;
  private static final double TINY = 1e-6;
  private static final int MOST_ROUNDS = 60;
  private static final double DIAGNOSIS_SECONDS = 20;

  /** How far a plane may be violated, as a share: at the root, and in an answer. */
  private static final double NEARLY = 1e-2;

  private static final double EXACT = 1e-4;

  /** By how much more than asked for margins grow, as a share, so that few rounds are needed. */
  private static final double BEYOND = 3e-3;

  /** The part of the time for planes before the choices, and parts of what is then left. */
  private static final double ROOT = 0.15;

  private static final double SOON = 0.45;
  private static final double CHOOSING = 0.7;
  private static final double LAST_SECONDS = 1;
  private static final double[] NONE = {};
  private static final String BY = "branch and bound";
  private static final String PROVED = "linear program, branch and bound";

  private final Jobs jobs;
  private final Composer composer;

  /** For the facade. */
  public DefaultAllocator(Jobs jobs, Composer composer) {
    this.jobs = jobs;
    this.composer = composer;
  }

  /**
   * What a search gave.
   *
   * @param point the last answer of the linear program, which may violate a chance constraint
   */
  private record Found(
      Solution.End end,
      double[] values,
      double objective,
      double bound,
      AllocationModel model,
      double[] point) {}

  @Override
  public Job<Solution<Allocation>> optimize(AllocationProblem problem, Budget budget) {
    OrTools.load();
    return jobs.start(
        "allocation",
        budget.time(),
        control -> {
          Found found =
              solve(
                  problem,
                  Relaxed.NOTHING,
                  INFINITE,
                  () -> control.stopped() ? 0 : Ends.left(budget, control),
                  control::stopped);
          return solution(found);
        });
  }

  private Solution<Allocation> solution(Found found) {
    Ends ends = new Ends(composer, "", 0, Map.of());
    if (found.values.length == 0) {
      return ends.none(
          found.end == Solution.End.INFEASIBLE ? Solution.End.INFEASIBLE : Solution.End.NONE_FOUND);
    }
    Allocation allocation = allocation(found.model, found.values);
    boolean proven = found.bound >= allocation.cost() - 1e-6 * Math.max(1, allocation.cost());
    return ends.found(
        allocation, proven, "cost", allocation.cost(), Unit.NONE, found.bound, BY, PROVED);
  }

  /** Tangent planes first on the linear program, then on every plan that violates one. */
  private static Found solve(
      AllocationProblem problem,
      Relaxed relaxed,
      double mostEnergy,
      DoubleSupplier left,
      BooleanSupplier stopped) {
    AllocationModel model = new AllocationModel(problem, relaxed, mostEnergy);
    List<Variable> choices = model.choices();
    choices.forEach(v -> v.setIntegrality(false));
    double all = left.getAsDouble();
    Found root =
        choices.isEmpty()
            ? planes(model, EXACT, left)
            : planes(model, NEARLY, () -> left.getAsDouble() - (1 - ROOT) * all);
    choices.forEach(v -> v.setIntegrality(true));
    if (choices.isEmpty() || root.point.length == 0) {
      return root;
    }
    double bound = root.bound;
    if (!model.isUncertain()) {
      Mip.Answer whole = Mip.solve(model.model, left.getAsDouble(), stopped);
      bound = Double.isNaN(whole.bound()) ? bound : Math.max(bound, whole.bound());
      return new Found(whole.end(), whole.values(), whole.objective(), bound, model, NONE);
    }
    // An answer soon: margins as the linear program has them leave a program without planes.
    AllocationModel plain =
        new AllocationModel(problem, relaxed, mostEnergy, model.margins(root.point));
    Mip.Answer soon = Mip.solve(plain.model, SOON * left.getAsDouble(), stopped);
    Found best = kept(plain, plain.margins(root.point), chosen(plain, soon), left);
    // Then the bound, and what is better.
    if (left.getAsDouble() > 0) {
      Mip.Answer next = Mip.solve(model.model, CHOOSING * left.getAsDouble(), stopped);
      if (next.end() == Solution.End.INFEASIBLE && best.values.length == 0) {
        return new Found(next.end(), NONE, Double.NaN, Double.NaN, model, NONE);
      }
      bound = Double.isNaN(next.bound()) ? bound : Math.max(bound, next.bound());
      double[] chosen = chosen(model, next);
      Found other =
          chosen.length == 0 ? best : kept(plain, model.margins(next.values()), chosen, left);
      boolean better =
          other.values.length > 0 && (best.values.length == 0 || other.objective < best.objective);
      best = better ? other : best;
    }
    return new Found(best.end, best.values, best.objective, bound, plain, NONE);
  }

  private static double[] chosen(AllocationModel model, Mip.Answer answer) {
    double[] values = answer.values();
    return values.length == 0
        ? NONE
        : model.choices().stream().mapToDouble(v -> Math.rint(values[v.getIndex()])).toArray();
  }

  /**
   * The plan of given choices that keeps every chance constraint: margins grow until they are as
   * large as the plan that has them asks for.
   */
  private static Found kept(
      AllocationModel plain, double[][] margins, double[] chosen, DoubleSupplier left) {
    Found none = new Found(Solution.End.NONE_FOUND, NONE, Double.NaN, Double.NaN, plain, NONE);
    if (chosen.length == 0) {
      return none;
    }
    List<Variable> choices = plain.choices();
    for (int i = 0; i < chosen.length; i++) {
      choices.get(i).setLowerBound(chosen[i]);
      choices.get(i).setUpperBound(chosen[i]);
    }
    long end = System.nanoTime() + (long) (LAST_SECONDS * 1e9);
    double[][] asked = margins;
    Found kept = none;
    for (int round = 0; round < MOST_ROUNDS && kept.values.length == 0; round++) {
      plain.hold(asked);
      double seconds = Math.max(left.getAsDouble(), (end - System.nanoTime()) / 1e9);
      Mip.Answer lp = seconds > 0 ? Mip.linear(plain.model, seconds, () -> false) : null;
      if (lp == null || lp.values().length == 0) {
        break;
      }
      double[][] needed = plain.margins(lp.values());
      if (!AllocationModel.raise(asked, needed, BEYOND)) {
        kept =
            new Found(Solution.End.FEASIBLE, lp.values(), lp.objective(), Double.NaN, plain, NONE);
      }
    }
    for (int i = 0; i < chosen.length; i++) {
      choices.get(i).setLowerBound(0);
      choices.get(i).setUpperBound(1);
    }
    return kept;
  }

  /** The linear program with tangent planes until none is violated by more than a share. */
  private static Found planes(AllocationModel model, double violated, DoubleSupplier left) {
    double bound = -INFINITE;
    double[] point = NONE;
    Mip.Answer lp = null;
    boolean holds = false;
    for (int round = 0; round < MOST_ROUNDS && !holds && left.getAsDouble() > 0; round++) {
      lp = Mip.linear(model.model, left.getAsDouble(), () -> false);
      if (lp.end() == Solution.End.INFEASIBLE || lp.values().length == 0) {
        return new Found(lp.end(), NONE, Double.NaN, bound, model, point);
      }
      point = lp.values();
      bound = Math.max(bound, lp.objective() - 1e-7 * Math.abs(lp.objective()));
      holds = model.cut(lp.values(), violated) == 0;
    }
    return lp == null || !holds
        ? new Found(Solution.End.NONE_FOUND, NONE, Double.NaN, bound, model, point)
        : new Found(lp.end(), lp.values(), lp.objective(), bound, model, point);
  }

  @Override
  public List<Finding> missing(AllocationProblem problem) {
    OrTools.load();
    List<Finding> findings = new ArrayList<>();
    Found plain = quick(problem, Relaxed.NOTHING);
    if (plain.end != Solution.End.INFEASIBLE) {
      return findings;
    }
    for (Relaxed kind : List.of(Relaxed.HOURS, Relaxed.PEOPLE, Relaxed.ENERGY, Relaxed.MATERIAL)) {
      Found found = quick(problem, kind);
      if (found.values.length > 0) {
        String name =
            switch (kind) {
              case HOURS -> "hours of lines";
              case PEOPLE -> "people";
              case ENERGY -> "energy";
              default -> "material";
            };
        findings.add(
            new Finding(
                ErrorCode.NO_SOLUTION,
                name,
                "deliveries can be kept when the limit rises by "
                    + Ends.number(found.objective)
                    + " in all",
                "raise it, or take fewer or later deliveries"));
      }
    }
    if (findings.isEmpty()) {
      undelivered(quick(problem, Relaxed.DEMAND), findings);
    }
    return findings;
  }

  private static void undelivered(Found found, List<Finding> findings) {
    for (int p = 0; p < found.model.owed.length && found.values.length > 0; p++) {
      String name = found.model.problem.products().get(p).name();
      boolean made =
          found.model.problem.ratings().stream()
              .filter(r -> r.product().equals(name))
              .anyMatch(r -> r.points().stream().anyMatch(q -> q.good() > 0));
      for (int t = 0; t < found.model.periods; t++) {
        double owed = found.values[found.model.owed[p][t].getIndex()];
        if (owed > TINY) {
          findings.add(
              new Finding(
                  ErrorCode.NO_SOLUTION,
                  name + ", period " + (t + 1),
                  Ends.number(owed)
                      + " pieces cannot be there in time"
                      + (made ? "" : ": no line makes any"),
                  made
                      ? "raise more than one limit, or allow deliveries to be late"
                      : "give a line a rating for it"));
        }
      }
    }
  }

  private static Found quick(AllocationProblem problem, Relaxed relaxed) {
    long end = System.nanoTime() + (long) (DIAGNOSIS_SECONDS * 1e9);
    return solve(problem, relaxed, INFINITE, () -> (end - System.nanoTime()) / 1e9, () -> false);
  }

  @Override
  public Job<List<TradeOff>> energyCurve(AllocationProblem problem, int points, Budget budget) {
    if (points < 2 || points > 1000) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION, points + " points of a curve\nMaybe take 10");
    }
    OrTools.load();
    return jobs.start(
        "energy curve",
        budget.time().map(t -> t.multipliedBy(points + 2L)),
        control -> curve(problem, points, budget, control));
  }

  private static List<TradeOff> curve(
      AllocationProblem problem, int points, Budget budget, Jobs.Control<List<TradeOff>> control) {
    double seconds = budget.time().map(t -> t.toNanos() / 1e9).orElse(60.0);
    List<TradeOff> curve = new ArrayList<>();
    TradeOff cheapest = point(problem, INFINITE, seconds, control);
    if (cheapest == null) {
      throw new MillwrightException(
          ErrorCode.NO_SOLUTION,
          "there is no allocation, so there is no curve\nMaybe ask what is missing");
    }
    curve.add(cheapest);
    // The least energy: the same problem with energy as its only price.
    double least = leastEnergy(problem, seconds, control);
    for (int k = 1; k < points && !control.stopped(); k++) {
      double most = cheapest.energy() + (least - cheapest.energy()) * k / (points - 1.0) + TINY;
      TradeOff next = point(problem, most * (1 + 1e-9), seconds, control);
      if (next != null && next.energy() < curve.get(curve.size() - 1).energy() - TINY) {
        curve.add(next);
      }
    }
    return curve;
  }

  private static double leastEnergy(
      AllocationProblem problem, double seconds, Jobs.Control<List<TradeOff>> control) {
    AllocationProblem.Builder bare = AllocationProblem.builder(problem.periods());
    for (AllocationProblem.Product p : problem.products()) {
      bare.product(
          new AllocationProblem.Product(p.name(), p.demand(), p.stock(), 0, 0, p.material()));
    }
    for (AllocationProblem.Line l : problem.lines()) {
      bare.line(new AllocationProblem.Line(l.name(), l.hours(), l.people(), 0, l.changeover()));
    }
    problem.ratings().forEach(bare::rating);
    bare.people(problem.people()).energy(problem.energy()).material(problem.material());
    bare.prices(java.util.Collections.nCopies(problem.periods(), 1.0), 0);
    TradeOff least = point(bare.service(problem.service()).build(), INFINITE, seconds, control);
    return least == null ? INFINITE : least.energy();
  }

  private static @Nullable TradeOff point(
      AllocationProblem problem,
      double most,
      double seconds,
      Jobs.Control<List<TradeOff>> control) {
    long end = System.nanoTime() + (long) (seconds * 1e9);
    Found found =
        solve(
            problem,
            Relaxed.NOTHING,
            most,
            () -> control.stopped() ? 0 : (end - System.nanoTime()) / 1e9,
            control::stopped);
    if (found.values.length == 0) {
      return null;
    }
    Allocation a = allocation(found.model, found.values);
    return new TradeOff(a.energy(), a.cost());
  }

  private static double at(@Nullable Variable variable, double[] values) {
    double v = variable == null ? 0 : values[variable.getIndex()];
    return Math.abs(v) < TINY ? 0 : v;
  }

  private static Allocation allocation(AllocationModel model, double[] v) {
    AllocationProblem problem = model.problem;
    List<Allocation.Run> runs = new ArrayList<>();
    List<Allocation.Open> open = new ArrayList<>();
    List<Allocation.Balance> balances = new ArrayList<>();
    double cost = 0;
    double energy = 0;
    double scrap = 0;
    for (int t = 0; t < model.periods; t++) {
      for (int r = 0; r < model.hours.length; r++) {
        Rating rating = problem.ratings().get(r);
        double hours = 0;
        double speed = 0;
        double good = 0;
        double used = 0;
        for (int k = 0; k < model.hours[r].length; k++) {
          double h = at(model.hours[r][k][t], v);
          Rating.Point point = rating.points().get(k);
          hours += h;
          speed += h * point.speed();
          good += h * point.good();
          used += h * point.energy();
          scrap += h * point.scrap();
          cost += h * point.scrap() * problem.scrapCost();
        }
        energy += used;
        cost += used * problem.energyPrice().get(t);
        if (hours > 0) {
          runs.add(
              new Allocation.Run(
                  rating.line(), rating.product(), t, hours, speed / hours, good, used));
        }
      }
      for (int l = 0; l < model.open.length; l++) {
        if (at(model.open[l][t], v) > 0.5) {
          open.add(new Allocation.Open(problem.lines().get(l).name(), t));
          cost += problem.lines().get(l).openCost();
        }
      }
      for (int p = 0; p < model.stock.length; p++) {
        double stock = at(model.stock[p][t], v);
        double owed = at(model.owed[p][t], v);
        cost += stock * problem.products().get(p).holding();
        cost += owed * problem.products().get(p).late();
        balances.add(new Allocation.Balance(problem.products().get(p).name(), t, stock, owed));
      }
    }
    return new Allocation(runs, open, balances, cost, energy, scrap);
  }
}
