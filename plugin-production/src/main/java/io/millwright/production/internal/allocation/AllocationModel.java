package io.millwright.production.internal.allocation;

import com.google.ortools.modelbuilder.LinearExpr;
import com.google.ortools.modelbuilder.LinearExprBuilder;
import com.google.ortools.modelbuilder.ModelBuilder;
import com.google.ortools.modelbuilder.Variable;
import io.millwright.production.AllocationProblem;
import io.millwright.production.AllocationProblem.Line;
import io.millwright.production.AllocationProblem.Product;
import io.millwright.production.Rating;
import io.millwright.production.Rating.Point;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hipparchus.distribution.continuous.NormalDistribution;
import org.jspecify.annotations.Nullable;

/** The program of an allocation. Not thread-safe. */
final class AllocationModel {

  /** What may be exceeded, at the price of the objective. */
  enum Relaxed {
    NOTHING,
    DEMAND,
    HOURS,
    PEOPLE,
    ENERGY,
    MATERIAL
  }

  final AllocationProblem problem;
  final ModelBuilder model = new ModelBuilder();
  final int periods;

  /** Hours by rating, point and period. */
  final Variable[][][] hours;

  final @Nullable Variable[][] open;
  final @Nullable Variable[][] made;
  final Variable[][] stock;
  final Variable[][] owed;
  final @Nullable Variable[][] margin;
  final Map<String, Integer> lines = new HashMap<>();
  final Map<String, Integer> products = new HashMap<>();
  private final Relaxed relaxed;
  private final double z;

  AllocationModel(AllocationProblem problem, Relaxed relaxed, double mostEnergy) {
    this.problem = problem;
    this.relaxed = relaxed;
    periods = problem.periods();
    z = new NormalDistribution().inverseCumulativeProbability(problem.service());
    problem.lines().forEach(l -> lines.put(l.name(), lines.size()));
    problem.products().forEach(p -> products.put(p.name(), products.size()));
    int n = problem.ratings().size();
    hours = new Variable[n][][];
    open = new Variable[lines.size()][periods];
    made = new Variable[n][periods];
    stock = new Variable[products.size()][periods];
    owed = new Variable[products.size()][periods];
    margin = new Variable[products.size()][periods];
    variables();
    lineTimes();
    balances();
    limits(mostEnergy);
  }

  private double price(double cost) {
    return relaxed == Relaxed.NOTHING ? cost : 0;
  }

  /** How much a limit may be exceeded: a variable that costs 1, or nothing. */
  private void excess(LinearExprBuilder limit, Relaxed kind) {
    if (relaxed == kind) {
      Variable more = model.newNumVar(0, Double.POSITIVE_INFINITY, "");
      more.setObjectiveCoefficient(1);
      limit.addTerm(more, -1);
    }
  }

  private void variables() {
    for (int r = 0; r < hours.length; r++) {
      Rating rating = problem.ratings().get(r);
      Line line = problem.lines().get(lines.getOrDefault(rating.line(), 0));
      hours[r] = new Variable[rating.points().size()][periods];
      for (int k = 0; k < hours[r].length; k++) {
        Point point = rating.points().get(k);
        for (int t = 0; t < periods; t++) {
          double most = relaxed == Relaxed.HOURS ? Double.POSITIVE_INFINITY : line.hours().get(t);
          Variable h = model.newNumVar(0, most, "");
          h.setObjectiveCoefficient(
              price(
                  point.energy() * problem.energyPrice().get(t)
                      + point.scrap() * problem.scrapCost()));
          hours[r][k][t] = h;
        }
      }
    }
    for (int p = 0; p < stock.length; p++) {
      Product product = problem.products().get(p);
      for (int t = 0; t < periods; t++) {
        stock[p][t] = model.newNumVar(0, Double.POSITIVE_INFINITY, "");
        stock[p][t].setObjectiveCoefficient(price(product.holding()));
        double most =
            relaxed == Relaxed.DEMAND || product.late() > 0 ? Double.POSITIVE_INFINITY : 0;
        owed[p][t] = model.newNumVar(0, most, "");
        owed[p][t].setObjectiveCoefficient(relaxed == Relaxed.DEMAND ? 1 : price(product.late()));
      }
    }
  }

  private void lineTimes() {
    for (int l = 0; l < open.length; l++) {
      Line line = problem.lines().get(l);
      boolean choice = line.openCost() > 0 || line.people() > 0;
      for (int t = 0; t < periods; t++) {
        LinearExprBuilder used = LinearExpr.newBuilder();
        double most = line.hours().get(t);
        for (int r = 0; r < hours.length; r++) {
          if (!problem.ratings().get(r).line().equals(line.name())) {
            continue;
          }
          for (Variable[] h : hours[r]) {
            used.add(h[t]);
          }
          if (line.changeover() > 0) {
            Variable y = model.newBoolVar("");
            made[r][t] = y;
            used.addTerm(y, line.changeover());
            LinearExprBuilder only = LinearExpr.newBuilder().addTerm(y, -most);
            for (Variable[] h : hours[r]) {
              only.add(h[t]);
            }
            excess(only, Relaxed.HOURS);
            model.addLessOrEqual(only, 0);
          }
        }
        excess(used, Relaxed.HOURS);
        if (choice) {
          Variable o = model.newBoolVar("");
          o.setObjectiveCoefficient(price(line.openCost()));
          open[l][t] = o;
          used.addTerm(o, -most);
          model.addLessOrEqual(used, 0);
        } else {
          model.addLessOrEqual(used, most);
        }
      }
    }
  }

  private void balances() {
    for (int p = 0; p < stock.length; p++) {
      Product product = problem.products().get(p);
      for (int t = 0; t < periods; t++) {
        LinearExprBuilder flow = LinearExpr.newBuilder();
        double right = product.demand().get(t);
        if (t == 0) {
          right -= product.stock();
        } else {
          flow.add(stock[p][t - 1]).addTerm(owed[p][t - 1], -1);
        }
        made(flow, p, t);
        flow.addTerm(stock[p][t], -1).add(owed[p][t]);
        model.addEquality(flow, right);
        if (z > 0 && uncertain(p) && product.late() == 0 && relaxed != Relaxed.DEMAND) {
          // What must be there beyond the demand, in all, for the worst that is allowed for.
          Variable m = model.newNumVar(0, Double.POSITIVE_INFINITY, "");
          margin[p][t] = m;
          model.addGreaterOrEqual(LinearExpr.newBuilder().add(stock[p][t]).addTerm(m, -1), 0);
        }
      }
    }
  }

  private void made(LinearExprBuilder flow, int p, int t) {
    for (int r = 0; r < hours.length; r++) {
      Rating rating = problem.ratings().get(r);
      if (products.getOrDefault(rating.product(), 0) == p) {
        for (int k = 0; k < hours[r].length; k++) {
          flow.addTerm(hours[r][k][t], rating.points().get(k).good());
        }
      }
    }
  }

  private boolean uncertain(int p) {
    return problem.ratings().stream()
        .filter(r -> products.getOrDefault(r.product(), 0) == p)
        .flatMap(r -> r.points().stream())
        .anyMatch(point -> point.deviation() > 0);
  }

  private void limits(double mostEnergy) {
    LinearExprBuilder allEnergy = LinearExpr.newBuilder();
    LinearExprBuilder material = LinearExpr.newBuilder();
    double came = 0;
    for (int t = 0; t < periods; t++) {
      LinearExprBuilder people = LinearExpr.newBuilder();
      for (int l = 0; l < open.length; l++) {
        Variable o = open[l][t];
        if (o != null) {
          people.addTerm(o, problem.lines().get(l).people());
        }
      }
      LinearExprBuilder energy = LinearExpr.newBuilder();
      for (int r = 0; r < hours.length; r++) {
        Rating rating = problem.ratings().get(r);
        double each = problem.products().get(products.getOrDefault(rating.product(), 0)).material();
        for (int k = 0; k < hours[r].length; k++) {
          Point point = rating.points().get(k);
          energy.addTerm(hours[r][k][t], point.energy());
          allEnergy.addTerm(hours[r][k][t], point.energy());
          material.addTerm(hours[r][k][t], each * (point.good() + point.scrap()));
        }
      }
      came += problem.material().get(t);
      if (problem.people().get(t) < Double.POSITIVE_INFINITY) {
        excess(people, Relaxed.PEOPLE);
        model.addLessOrEqual(people, problem.people().get(t));
      }
      if (problem.energy().get(t) < Double.POSITIVE_INFINITY) {
        excess(energy, Relaxed.ENERGY);
        model.addLessOrEqual(energy, problem.energy().get(t));
      }
      if (came < Double.POSITIVE_INFINITY) {
        // What a later period takes counts for itself alone: the sum is built up.
        LinearExprBuilder until = LinearExpr.newBuilder().add(material.build());
        excess(until, Relaxed.MATERIAL);
        model.addLessOrEqual(until, came);
      }
    }
    if (mostEnergy < Double.POSITIVE_INFINITY) {
      model.addLessOrEqual(allEnergy, mostEnergy);
    }
  }

  /** Whether there is a chance constraint. */
  boolean isUncertain() {
    for (Variable[] row : margin) {
      for (Variable m : row) {
        if (m != null) {
          return true;
        }
      }
    }
    return false;
  }

  /** All choices. */
  List<Variable> choices() {
    List<Variable> all = new ArrayList<>();
    for (Variable[] row : open) {
      for (Variable v : row) {
        if (v != null) {
          all.add(v);
        }
      }
    }
    for (Variable[] row : made) {
      for (Variable v : row) {
        if (v != null) {
          all.add(v);
        }
      }
    }
    return all;
  }

  /** Adds the tangent planes of the chance constraints that a point violates; how many. */
  int cut(double[] v, double violated) {
    int added = 0;
    for (int p = 0; p < stock.length; p++) {
      for (int t = 0; t < periods; t++) {
        Variable m = margin[p][t];
        if (m != null) {
          added += cut(v, violated, p, t, m);
        }
      }
    }
    return added;
  }

  private int cut(double[] v, double violated, int p, int until, Variable m) {
    double[] spread = new double[hours.length];
    double squares = 0;
    for (int r = 0; r < hours.length; r++) {
      Rating rating = problem.ratings().get(r);
      if (products.getOrDefault(rating.product(), 0) != p) {
        continue;
      }
      for (int k = 0; k < hours[r].length; k++) {
        for (int t = 0; t <= until; t++) {
          spread[r] += rating.points().get(k).deviation() * v[hours[r][k][t].getIndex()];
        }
      }
      squares += spread[r] * spread[r];
    }
    double norm = Math.sqrt(squares);
    if (norm < 1e-9 || v[m.getIndex()] >= z * norm - violated * Math.max(1, z * norm)) {
      return 0;
    }
    LinearExprBuilder plane = LinearExpr.newBuilder().add(m);
    for (int r = 0; r < hours.length; r++) {
      if (spread[r] > 0) {
        Rating rating = problem.ratings().get(r);
        for (int k = 0; k < hours[r].length; k++) {
          double slope = z * spread[r] / norm * rating.points().get(k).deviation();
          for (int t = 0; t <= until; t++) {
            plane.addTerm(hours[r][k][t], -slope);
          }
        }
      }
    }
    model.addGreaterOrEqual(plane, 0);
    return 1;
  }
}
