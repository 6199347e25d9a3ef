package io.millwright.personalization.internal.configure;

import com.google.ortools.sat.BoolVar;
import com.google.ortools.sat.CpModel;
import com.google.ortools.sat.LinearExpr;
import com.google.ortools.sat.LinearExprBuilder;
import com.google.ortools.sat.Literal;
import io.millwright.api.Budget;
import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.ObjectiveValue;
import io.millwright.api.Solution;
import io.millwright.api.spi.Composer;
import io.millwright.api.spi.Jobs;
import io.millwright.personalization.ConfigurationGoal;
import io.millwright.personalization.Configurator;
import io.millwright.personalization.Feature;
import io.millwright.personalization.ProductModel;
import io.millwright.solver.ortools.CpSolve;
import io.millwright.solver.ortools.OrTools;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;

/** The best and the nearest completion, through CP-SAT. One for each run. */
final class Completing {

  /** Costs are counted in whole thousandths. */
  private static final double SCALE = 1000;

  private static final double MOST = 1e12;

  private final Compiled compiled;
  private final Composer composer;

  Completing(Compiled compiled, Composer composer) {
    this.compiled = compiled;
    this.composer = composer;
    try {
      OrTools.load();
    } catch (NoClassDefFoundError e) {
      throw new MillwrightException(
          ErrorCode.NO_ENGINE,
          "the best completion needs OR-Tools\nMaybe add millwright-ortools and"
              + " com.google.ortools:ortools-PLATFORM, or use complete, which needs neither",
          e);
    }
  }

  void check(ConfigurationGoal goal) {
    Set<String> known = compiled.model().measureNames();
    for (String m : goal.weights().keySet()) {
      if (!known.contains(m)) {
        throw new MillwrightException(
            ErrorCode.BAD_OPTION,
            "no choice has the measure \"" + m + "\"\nMaybe one of " + new TreeSet<>(known));
      }
    }
    for (String w : goal.worth().keySet()) {
      int cut = w.indexOf('=');
      if (cut < 0
          || compiled.model().feature(w.substring(0, cut)).indexOf(w.substring(cut + 1)) < 0) {
        throw new MillwrightException(
            ErrorCode.BAD_OPTION, "there is no choice \"" + w + "\"\nMaybe write feature=choice");
      }
    }
  }

  Solution<Configurator.Completion> best(
      int[] fixed, ConfigurationGoal goal, Budget budget, Jobs.Control<?> control) {
    double[] cost = new double[compiled.variables()];
    for (int f = 0; f < compiled.first().length; f++) {
      Feature feature = compiled.model().features().get(f);
      for (int c = 0; c < feature.choices().size(); c++) {
        Feature.Choice choice = feature.choices().get(c);
        double sum = -goal.worth().getOrDefault(feature.name() + "=" + choice.name(), 0.0);
        for (Map.Entry<String, Double> w : goal.weights().entrySet()) {
          sum += w.getValue() * choice.measures().getOrDefault(w.getKey(), 0.0);
        }
        cost[compiled.variable(f, c)] = sum;
      }
    }
    return solve(fixed, cost, "cost", Map.of(), budget, control);
  }

  Solution<Configurator.Completion> nearest(
      Map<String, String> wish, Budget budget, Jobs.Control<?> control) {
    double[] cost = new double[compiled.variables()];
    for (int f = 0; f < compiled.first().length; f++) {
      Feature feature = compiled.model().features().get(f);
      String wished = wish.get(feature.name());
      if (wished == null) {
        continue;
      }
      Feature.Choice at = feature.choices().get(feature.indexOf(wished));
      double span = 0;
      for (Feature.Choice c : feature.choices()) {
        span = Math.max(span, Math.abs(c.number() - at.number()));
      }
      for (int c = 0; c < feature.choices().size(); c++) {
        Feature.Choice choice = feature.choices().get(c);
        boolean kept = choice.name().equals(wished);
        // A number that is near costs half as much as one that is far.
        double part = span > 0 ? 0.5 + 0.5 * Math.abs(choice.number() - at.number()) / span : 1;
        cost[compiled.variable(f, c)] = kept ? 0 : part;
      }
    }
    return solve(new int[0], cost, "wishes not kept", wish, budget, control);
  }

  private Solution<Configurator.Completion> solve(
      int[] fixed,
      double[] cost,
      String name,
      Map<String, String> wish,
      Budget budget,
      Jobs.Control<?> control) {
    CpModel model = new CpModel();
    BoolVar[] vars = new BoolVar[compiled.variables()];
    for (int v = 0; v < vars.length; v++) {
      vars[v] = model.newBoolVar("v" + v);
    }
    for (Compiled.Part p : compiled.parts()) {
      add(model, vars, p);
    }
    for (int lit : fixed) {
      model.addBoolOr(new Literal[] {literal(vars, lit)});
    }
    LinearExprBuilder objective = LinearExpr.newBuilder();
    for (int v = 0; v < cost.length; v++) {
      if (!(Math.abs(cost[v]) < MOST)) {
        throw new MillwrightException(
            ErrorCode.BAD_OPTION,
            "a choice costs " + cost[v] + "\nMaybe use larger units of money, or smaller weights");
      }
      long units = Math.round(cost[v] * SCALE);
      if (units != 0) {
        objective.addTerm(vars[v], units);
      }
    }
    model.minimize(objective);
    CpSolve run = new CpSolve();
    budget.time().ifPresent(t -> run.seconds(t.toNanos() / 1e9));
    budget.iterations().ifPresent(i -> run.work((double) i));
    CpSolve.Result result =
        run.solve(
            model,
            values -> {
              if (control.stopped()) {
                run.stop();
              }
            });
    boolean found = result.end() == Solution.End.OPTIMAL || result.end() == Solution.End.FEASIBLE;
    if (!found) {
      return new Solution<>(
          java.util.Optional.empty(),
          result.end(),
          List.of(),
          composer.provenance("", 0, Map.of(), false));
    }
    Map<String, String> choices = new LinkedHashMap<>();
    List<String> changed = new ArrayList<>();
    ProductModel product = compiled.model();
    for (int f = 0; f < compiled.first().length; f++) {
      Feature feature = product.features().get(f);
      for (int c = 0; c < feature.choices().size(); c++) {
        if (run.holds(vars[compiled.variable(f, c)])) {
          String choice = feature.choices().get(c).name();
          choices.put(feature.name(), choice);
          if (wish.containsKey(feature.name()) && !choice.equals(wish.get(feature.name()))) {
            changed.add(feature.name());
          }
        }
      }
    }
    List<String> broken = product.broken(choices);
    if (!broken.isEmpty()) {
      throw new IllegalStateException("CP-SAT's answer breaks " + broken);
    }
    return new Solution<>(
        java.util.Optional.of(
            new Configurator.Completion(choices, product.measures(choices), changed)),
        result.end(),
        List.of(
            ObjectiveValue.builder()
                .name(name)
                .value(result.objective() / SCALE)
                .bound(
                    Double.isNaN(result.bound())
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(Math.min(result.bound(), result.objective()) / SCALE))
                .foundBy("CP-SAT")
                .provedBy(Double.isNaN(result.bound()) ? "" : "CP-SAT")
                .build()),
        composer.provenance("", 0, Map.of(), false));
  }

  private static void add(CpModel model, BoolVar[] vars, Compiled.Part p) {
    Literal[] lits = new Literal[p.lits().length];
    for (int k = 0; k < lits.length; k++) {
      lits[k] = literal(vars, p.lits()[k]);
    }
    if (p.isClause()) {
      model.addBoolOr(lits);
    } else if (p.bound() == 1 && java.util.Arrays.stream(p.coefs()).allMatch(c -> c == 1)) {
      model.addAtMostOne(lits);
    } else {
      LinearExprBuilder sum = LinearExpr.newBuilder();
      for (int k = 0; k < lits.length; k++) {
        sum.addTerm(lits[k], p.coefs()[k]);
      }
      model.addLessOrEqual(sum, p.bound());
    }
  }

  private static Literal literal(BoolVar[] vars, int lit) {
    return (lit & 1) == 0 ? vars[lit >> 1] : vars[lit >> 1].not();
  }
}
