package io.millwright.production.internal.planning;

import com.google.ortools.modelbuilder.LinearExpr;
import com.google.ortools.modelbuilder.LinearExprBuilder;
import com.google.ortools.modelbuilder.ModelBuilder;
import com.google.ortools.modelbuilder.Variable;
import io.millwright.production.PlanProblem;
import io.millwright.production.PlanProblem.Component;
import io.millwright.production.PlanProblem.Earlier;
import io.millwright.production.PlanProblem.Family;
import io.millwright.production.PlanProblem.Item;
import io.millwright.production.PlanProblem.Lane;
import io.millwright.production.PlanProblem.Operation;
import io.millwright.production.PlanProblem.Resource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The program of a plan: variables by place, constraints, cuts. Not thread-safe. */
final class PlanModel {

  private static final double VIOLATED = 1e-4;

  final PlanProblem problem;
  final ModelBuilder model = new ModelBuilder();
  final int periods;
  final Variable[][] make;
  final Variable[][] setup;
  final @Nullable Variable[][] carried;
  final Variable[][] stock;
  final Variable[][] owed;
  final Variable[][] bought;
  final Variable[][] unsafe;
  final Variable[][] over;
  final Variable[][] moved;
  final Variable[][] family;
  final Variable[][] changed;
  final @Nullable Variable[][] lost;
  final Map<String, Integer> items = new HashMap<>();
  final Map<String, Integer> centres = new HashMap<>();
  private final double[] needed;

  /** With elastic demand the program always has a solution: what is lost is minimised. */
  PlanModel(PlanProblem problem, boolean elastic) {
    this.problem = problem;
    periods = problem.periods();
    for (Item i : problem.items()) {
      items.put(i.name(), items.size());
    }
    for (Resource r : problem.resources()) {
      centres.put(r.name(), centres.size());
    }
    needed = needed();
    int n = items.size();
    int p = problem.operations().size();
    make = grid(p);
    setup = grid(p);
    carried = new Variable[p][periods];
    stock = grid(n);
    owed = grid(n);
    bought = grid(n);
    unsafe = grid(n);
    over = grid(centres.size());
    moved = grid(problem.lanes().size());
    family = grid(problem.families().size());
    changed = grid(p);
    lost = new Variable[n][periods];
    variables(elastic);
    balances();
    capacities();
    setups();
    carryOvers();
    stability();
  }

  private Variable[][] grid(int rows) {
    return new Variable[rows][periods];
  }

  /** No plan makes more of an item than all demand that it can serve. */
  private double[] needed() {
    double[] sum = new double[items.size()];
    for (Item i : problem.items()) {
      int at = items.getOrDefault(i.name(), 0);
      sum[at] = i.demand().stream().mapToDouble(d -> d).sum();
      sum[at] += i.safety().stream().mapToDouble(d -> d).max().orElse(0);
    }
    // Needs pass down the bill of materials and back along lanes, once for each level.
    double[] own = sum.clone();
    for (int level = 0; level < items.size(); level++) {
      double[] next = own.clone();
      for (Component c : problem.components()) {
        next[items.getOrDefault(c.component(), 0)] +=
            c.quantity() * sum[items.getOrDefault(c.item(), 0)];
      }
      for (Lane l : problem.lanes()) {
        next[items.getOrDefault(l.from(), 0)] += sum[items.getOrDefault(l.to(), 0)];
      }
      boolean same = java.util.Arrays.equals(next, sum);
      sum = next;
      if (same) {
        break;
      }
    }
    return sum;
  }

  private Variable number(double high) {
    return model.newNumVar(0, high, "");
  }

  private void price(Variable v, double cost) {
    v.setObjectiveCoefficient(cost);
  }

  private void variables(boolean elastic) {
    double inf = Double.POSITIVE_INFINITY;
    for (int t = 0; t < periods; t++) {
      for (int i = 0; i < items.size(); i++) {
        Item item = problem.items().get(i);
        stock[i][t] = number(inf);
        owed[i][t] = number(item.backlog() > 0 ? inf : 0);
        bought[i][t] = number(item.outsourceLimit());
        double safe = item.safety().isEmpty() ? 0 : item.safety().get(t);
        unsafe[i][t] = number(safe);
        Variable missing = number(elastic && !item.demand().isEmpty() ? item.demand().get(t) : 0);
        lost[i][t] = missing;
        if (elastic) {
          // What is lost late is worth a hair less: shortages show where they come to bear.
          price(missing, 1 + 1e-3 * (periods - t) / periods);
        } else {
          price(stock[i][t], item.holding());
          price(owed[i][t], item.backlog());
          price(bought[i][t], item.outsourcing());
          price(unsafe[i][t], item.safetyPrice());
        }
        if (safe > 0) {
          model.addGreaterOrEqual(LinearExpr.newBuilder().add(stock[i][t]).add(unsafe[i][t]), safe);
        }
      }
      for (int p = 0; p < make.length; p++) {
        Operation process = problem.operations().get(p);
        make[p][t] = number(needed[items.getOrDefault(process.item(), 0)]);
        setup[p][t] = model.newBoolVar("");
        if (!elastic) {
          price(setup[p][t], process.setupCost());
        }
      }
      for (int r = 0; r < over.length; r++) {
        over[r][t] = number(problem.resources().get(r).overtime());
        if (!elastic) {
          price(over[r][t], problem.resources().get(r).overtimeCost());
        }
      }
      for (int l = 0; l < moved.length; l++) {
        moved[l][t] = number(problem.lanes().get(l).limit());
        if (!elastic) {
          price(moved[l][t], problem.lanes().get(l).cost());
        }
      }
      for (int f = 0; f < family.length; f++) {
        family[f][t] = model.newBoolVar("");
        if (!elastic) {
          price(family[f][t], problem.families().get(f).setupCost());
        }
      }
    }
  }

  private void balances() {
    for (int i = 0; i < items.size(); i++) {
      Item item = problem.items().get(i);
      for (int t = 0; t < periods; t++) {
        LinearExprBuilder flow = LinearExpr.newBuilder();
        double right = item.demand().isEmpty() ? 0 : item.demand().get(t);
        if (t == 0) {
          right -= item.stock();
        } else {
          flow.add(stock[i][t - 1]).addTerm(owed[i][t - 1], -1);
        }
        flow.addTerm(stock[i][t], -1).add(owed[i][t]).add(bought[i][t]);
        Variable missing = lost[i][t];
        if (missing != null) {
          flow.add(missing);
        }
        for (int p = 0; p < make.length; p++) {
          if (problem.operations().get(p).item().equals(item.name())) {
            flow.add(make[p][t]);
          }
        }
        uses(flow, item, t);
        for (int l = 0; l < moved.length; l++) {
          Lane lane = problem.lanes().get(l);
          if (lane.from().equals(item.name())) {
            flow.addTerm(moved[l][t], -1);
          }
          if (lane.to().equals(item.name()) && t >= lane.leadTime()) {
            flow.add(moved[l][t - lane.leadTime()]);
          }
        }
        model.addEquality(flow, right);
      }
    }
    for (Item item : problem.items()) {
      LinearExprBuilder first = LinearExpr.newBuilder();
      boolean any = false;
      for (Component c : problem.components()) {
        for (int t = 0; t < Math.min(c.leadTime(), periods); t++) {
          if (c.component().equals(item.name())) {
            any |= add(first, c, t, 1);
          }
        }
      }
      if (any) {
        // What is needed sooner than it could be made comes from the stock at the beginning.
        model.addLessOrEqual(first, item.stock());
      }
    }
  }

  private void uses(LinearExprBuilder flow, Item item, int t) {
    for (Component c : problem.components()) {
      if (c.component().equals(item.name())) {
        for (int s = t == 0 ? 0 : t + c.leadTime(); s <= t + c.leadTime() && s < periods; s++) {
          boolean unused = add(flow, c, s, -1);
        }
      }
    }
  }

  private boolean add(LinearExprBuilder into, Component c, int t, int sign) {
    boolean any = false;
    for (int p = 0; p < make.length; p++) {
      if (problem.operations().get(p).item().equals(c.item())) {
        into.addTerm(make[p][t], sign * c.quantity());
        any = true;
      }
    }
    return any;
  }

  private void capacities() {
    for (int r = 0; r < over.length; r++) {
      Resource resource = problem.resources().get(r);
      for (int t = 0; t < periods; t++) {
        LinearExprBuilder used = LinearExpr.newBuilder();
        for (int p = 0; p < make.length; p++) {
          Operation process = problem.operations().get(p);
          if (process.resource().equals(resource.name())) {
            used.addTerm(make[p][t], process.time()).addTerm(setup[p][t], process.setupTime());
          }
        }
        for (int f = 0; f < family.length; f++) {
          Family fam = problem.families().get(f);
          if (fam.resource().equals(resource.name())) {
            used.addTerm(family[f][t], fam.setupTime());
          }
        }
        used.addTerm(over[r][t], -1);
        model.addLessOrEqual(used, resource.capacity().get(t));
      }
    }
  }

  private void setups() {
    for (int p = 0; p < make.length; p++) {
      Operation process = problem.operations().get(p);
      Resource resource = problem.resources().get(centres.getOrDefault(process.resource(), 0));
      int item = items.getOrDefault(process.item(), 0);
      for (int t = 0; t < periods; t++) {
        double room = resource.capacity().get(t) + resource.overtime();
        if (!resource.carryOver()) {
          room -= process.setupTime();
        }
        double most = process.time() > 0 ? Math.max(0, room) / process.time() : needed[item];
        most = Math.min(most, Math.min(needed[item], latest(item, t)));
        LinearExprBuilder limit =
            LinearExpr.newBuilder().add(make[p][t]).addTerm(setup[p][t], -most);
        if (resource.carryOver() && t > 0) {
          Variable z = model.newBoolVar("");
          carried[p][t] = z;
          limit.addTerm(z, -most);
        }
        model.addLessOrEqual(limit, 0);
        for (int f = 0; f < family.length; f++) {
          if (problem.families().get(f).name().equals(process.family())
              && problem.families().get(f).resource().equals(process.resource())) {
            model.addLessOrEqual(
                LinearExpr.newBuilder().add(setup[p][t]).addTerm(family[f][t], -1), 0);
          }
        }
      }
    }
  }

  /** What an item alone can still be wanted for, where it serves customers only. */
  private double latest(int item, int t) {
    Item it = problem.items().get(item);
    if (!plain(it)) {
      return Double.POSITIVE_INFINITY;
    }
    double rest = it.safety().stream().mapToDouble(s -> s).max().orElse(0);
    for (int s = t; s < periods; s++) {
      rest += it.demand().get(s);
    }
    return rest;
  }

  /** Whether an item is made for customers alone, on time. */
  private boolean plain(Item item) {
    return !item.demand().isEmpty()
        && item.backlog() == 0
        && problem.components().stream().noneMatch(c -> c.component().equals(item.name()))
        && problem.lanes().stream()
            .noneMatch(l -> l.from().equals(item.name()) || l.to().equals(item.name()));
  }

  private void carryOvers() {
    for (Resource resource : problem.resources()) {
      if (!resource.carryOver()) {
        continue;
      }
      List<Integer> own = new ArrayList<>();
      for (int p = 0; p < make.length; p++) {
        if (problem.operations().get(p).resource().equals(resource.name())) {
          own.add(p);
        }
      }
      for (int t = 1; t < periods; t++) {
        LinearExprBuilder one = LinearExpr.newBuilder();
        for (int p : own) {
          Variable z = java.util.Objects.requireNonNull(carried[p][t]);
          one.add(z);
          LinearExprBuilder from = LinearExpr.newBuilder().add(z).addTerm(setup[p][t - 1], -1);
          Variable before = carried[p][t - 1];
          if (before != null) {
            from.addTerm(before, -1);
            // Carried through a whole period: nothing else is set up in it.
            for (int q : own) {
              if (q != p) {
                model.addLessOrEqual(
                    LinearExpr.newBuilder()
                        .add(z)
                        .add(before)
                        .add(setup[q][t - 1])
                        .addTerm(setup[p][t - 1], -1),
                    2);
              }
            }
          }
          model.addLessOrEqual(from, 0);
        }
        model.addLessOrEqual(one, 1);
      }
    }
  }

  private void stability() {
    if (problem.frozen() == 0 && problem.changePrice() == 0) {
      return;
    }
    for (int p = 0; p < make.length; p++) {
      Operation process = problem.operations().get(p);
      for (int t = 0; t < periods; t++) {
        int period = t;
        double was =
            problem.earlier().stream()
                .filter(
                    e ->
                        e.item().equals(process.item())
                            && e.resource().equals(process.resource())
                            && e.period() == period)
                .mapToDouble(Earlier::quantity)
                .sum();
        if (t < problem.frozen()) {
          make[p][t].setUpperBound(was);
          make[p][t].setLowerBound(was);
        } else if (problem.changePrice() > 0) {
          Variable change = number(Double.POSITIVE_INFINITY);
          changed[p][t] = change;
          price(change, problem.changePrice());
          model.addLessOrEqual(LinearExpr.newBuilder().add(make[p][t]).addTerm(change, -1), was);
          model.addGreaterOrEqual(LinearExpr.newBuilder().add(make[p][t]).add(change), was);
        }
      }
    }
  }

  /** All yes-or-no variables of a period. */
  List<Variable> choices(int t) {
    List<Variable> all = new ArrayList<>();
    for (int p = 0; p < make.length; p++) {
      all.addAll(choices(p, t));
    }
    for (Variable[] f : family) {
      all.add(f[t]);
    }
    return all;
  }

  List<Variable> choices(int p, int t) {
    Variable z = carried[p][t];
    return z == null ? List.of(setup[p][t]) : List.of(setup[p][t], z);
  }

  List<Variable> choices() {
    List<Variable> all = new ArrayList<>();
    for (int t = 0; t < periods; t++) {
      all.addAll(choices(t));
    }
    return all;
  }

  /** Adds the (l, S) inequalities that a point violates; how many. */
  int cut(ToDoubleFunction<Variable> value) {
    int added = 0;
    for (int p = 0; p < make.length; p++) {
      Operation process = problem.operations().get(p);
      Item item = problem.items().get(items.getOrDefault(process.item(), 0));
      boolean alone =
          problem.operations().stream().filter(q -> q.item().equals(item.name())).count() == 1;
      if (alone && plain(item) && item.outsourceLimit() == 0) {
        added += cut(p, item, value);
      }
    }
    return added;
  }

  private int cut(int p, Item item, ToDoubleFunction<Variable> value) {
    double[] net = new double[periods];
    double left = item.stock();
    for (int t = 0; t < periods; t++) {
      double use = Math.min(left, item.demand().get(t));
      net[t] = item.demand().get(t) - use;
      left -= use;
    }
    int added = 0;
    for (int l = 0; l < periods; l++) {
      if (net[l] == 0) {
        continue;
      }
      double rest = 0;
      double sum = 0;
      boolean[] bySetup = new boolean[l + 1];
      double[] tail = new double[l + 1];
      for (int t = l; t >= 0; t--) {
        rest += net[t];
        tail[t] = rest;
        double made = value.applyAsDouble(make[p][t]);
        double on = value.applyAsDouble(setup[p][t]);
        Variable z = carried[p][t];
        on += z == null ? 0 : value.applyAsDouble(z);
        bySetup[t] = rest * on < made;
        sum += Math.min(made, rest * on);
      }
      if (sum < rest - VIOLATED * Math.max(1, rest)) {
        LinearExprBuilder cut = LinearExpr.newBuilder();
        for (int t = 0; t <= l; t++) {
          if (bySetup[t]) {
            cut.addTerm(setup[p][t], tail[t]);
            Variable z = carried[p][t];
            if (z != null) {
              cut.addTerm(z, tail[t]);
            }
          } else {
            cut.add(make[p][t]);
          }
        }
        model.addGreaterOrEqual(cut, rest);
        added++;
      }
    }
    return added;
  }
}
