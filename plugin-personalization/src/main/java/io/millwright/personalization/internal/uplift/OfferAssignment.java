package io.millwright.personalization.internal.uplift;

import com.google.ortools.sat.BoolVar;
import com.google.ortools.sat.CpModel;
import com.google.ortools.sat.LinearExpr;
import com.google.ortools.sat.LinearExprBuilder;
import io.millwright.api.Budget;
import io.millwright.api.ErrorCode;
import io.millwright.api.Job;
import io.millwright.api.MillwrightException;
import io.millwright.api.ObjectiveValue;
import io.millwright.api.Optimizer;
import io.millwright.api.Solution;
import io.millwright.api.spi.Composer;
import io.millwright.api.spi.Jobs;
import io.millwright.personalization.OfferPlan;
import io.millwright.personalization.OfferProblem;
import io.millwright.solver.ortools.CpSolve;
import io.millwright.solver.ortools.OrTools;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Offers to customers as a program of integers. */
record OfferAssignment(Composer composer, Jobs jobs) implements Optimizer<OfferProblem, OfferPlan> {

  /** Money is counted in whole ten-thousandths. */
  private static final double SCALE = 1e4;

  /** A pair that may be made: the customer agreed, and it earns more than it costs. */
  private record Pair(
      OfferProblem.Recipient to, OfferProblem.Offer offer, double gain, BoolVar var) {}

  @Override
  public Job<Solution<OfferPlan>> optimize(OfferProblem problem, Budget budget) {
    try {
      OrTools.load();
    } catch (NoClassDefFoundError e) {
      throw new MillwrightException(
          ErrorCode.NO_ENGINE,
          "the assignment of offers needs OR-Tools\nMaybe add millwright-ortools and"
              + " com.google.ortools:ortools-PLATFORM",
          e);
    }
    return jobs.start("offers", budget.time(), control -> solve(problem, budget, control));
  }

  private Solution<OfferPlan> solve(
      OfferProblem problem, Budget budget, Jobs.Control<Solution<OfferPlan>> control) {
    CpModel model = new CpModel();
    List<Pair> pairs = new ArrayList<>();
    int withheld = 0;
    for (OfferProblem.Recipient to : problem.customers()) {
      Map<String, Double> values = problem.values().getOrDefault(to.name(), Map.of());
      LinearExprBuilder contacts = LinearExpr.newBuilder();
      int count = 0;
      for (OfferProblem.Offer offer : problem.offers()) {
        double gain = values.getOrDefault(offer.name(), 0.0) - offer.cost();
        if (gain <= 0) {
          continue;
        }
        if (!to.consent().contains(offer.channel())) {
          withheld++;
          continue;
        }
        BoolVar var = model.newBoolVar("");
        pairs.add(new Pair(to, offer, gain, var));
        contacts.add(var);
        count++;
      }
      if (count > to.contacts()) {
        model.addLessOrEqual(contacts, to.contacts());
      }
    }
    LinearExprBuilder cost = LinearExpr.newBuilder();
    LinearExprBuilder gain = LinearExpr.newBuilder();
    Map<String, LinearExprBuilder> each = new LinkedHashMap<>();
    for (Pair p : pairs) {
      // Costs are rounded up, so that the budget holds in money too.
      cost.addTerm(p.var, (long) Math.ceil(p.offer.cost() * SCALE - 1e-6));
      gain.addTerm(p.var, Math.round(p.gain * SCALE));
      each.computeIfAbsent(p.offer.name(), k -> LinearExpr.newBuilder()).add(p.var);
    }
    model.addLessOrEqual(cost, (long) Math.floor(problem.budget() * SCALE + 1e-6));
    for (OfferProblem.Offer o : problem.offers()) {
      LinearExprBuilder made = each.get(o.name());
      if (made != null) {
        model.addLessOrEqual(made, o.most());
      }
    }
    model.maximize(gain);
    CpSolve run = new CpSolve();
    budget.time().ifPresent(t -> run.seconds(t.toNanos() / 1e9));
    budget.iterations().ifPresent(i -> run.work((double) i));
    int kept = withheld;
    CpSolve.Result result =
        run.solve(
            model,
            v -> {
              if (control.stopped()) {
                run.stop();
              }
            });
    if (result.end() != Solution.End.OPTIMAL && result.end() != Solution.End.FEASIBLE) {
      return new Solution<>(
          Optional.empty(), result.end(), List.of(), composer.provenance("", 0, Map.of(), false));
    }
    Map<String, List<String>> offers = new LinkedHashMap<>();
    double value = 0;
    double spent = 0;
    for (Pair p : pairs) {
      if (run.holds(p.var)) {
        offers.computeIfAbsent(p.to.name(), k -> new ArrayList<>()).add(p.offer.name());
        value += p.gain;
        spent += p.offer.cost();
      }
    }
    return new Solution<>(
        Optional.of(new OfferPlan(offers, value, spent, kept)),
        result.end(),
        List.of(
            ObjectiveValue.builder()
                .name("negative value")
                .value(-result.objective() / SCALE)
                .bound(OptionalDouble.of(-Math.max(result.bound(), result.objective()) / SCALE))
                .foundBy("CP-SAT")
                .provedBy("CP-SAT")
                .build()),
        composer.provenance("", 0, Map.of(), false));
  }
}
