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

  /** What a rating may miss until a period, in deviations, where it matters. */
  private final @Nullable Variable[][] spread;

  final Map<String, Integer> lines = new HashMap<>();
  final Map<String, Integer> products = new HashMap<>();
  private final double[][] given;
  private final Relaxed relaxed;
  private final double z;

  AllocationModel(AllocationProblem problem, Relaxed relaxed, double mostEnergy) {
    this(problem, relaxed, mostEnergy, new double[0][]);
  }

  /**
   * The same with margins that are given.
   *
   * @param margins by product and period; empty where tangent planes are to hold them
   */
  AllocationModel(
      AllocationProblem problem, Relaxed relaxed, double mostEnergy, double[][] margins) {
    given = margins;
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
    spread = new Variable[n][periods];
    variables();
    lineTimes();
    balances();
    if (given.length == 0) {
      spreads();
    }
    limits(mostEnergy);
  }

  private double price(double cost) {
    return relaxed == Relaxed.NOTHING ? cost : 0;
  }

  /** How much a limit may be exceeded: a variable that costs 1, or nothing. */
  private void excess(LinearExprBuilder limit, Relaxed kind) {
    if (relaxed == kind) {
      limit.addTerm(more(), -1);
    }
  }

  private Variable more() {
    Variable more = model.newNumVar(0, Double.POSITIVE_INFINITY, "");
    more.setObjectiveCoefficient(1);
    return more;
  }

  /** Hours in which a line of the slowest rates makes all that could be asked for. */
  private double enough() {
    double sum = 1;
    for (Line line : problem.lines()) {
      sum += periods * line.changeover() * products.size();
    }
    for (Product product : problem.products()) {
      double asked = product.demand().stream().mapToDouble(d -> d).sum();
      double slowest =
          problem.ratings().stream()
              .filter(r -> r.product().equals(product.name()))
              .flatMap(r -> r.points().stream())
              .mapToDouble(Point::good)
              .filter(good -> good > 0)
              .min()
              .orElse(1);
      // What uncertain rates ask for beyond the demand has room as well.
      sum += (uncertain(products.getOrDefault(product.name(), 0)) ? 10 : 1) * asked / slowest;
    }
    return sum;
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
        // Hours beyond the limit are worked like others: by a line that is open and set up.
        double reach = relaxed == Relaxed.HOURS ? enough() : most;
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
            LinearExprBuilder only = LinearExpr.newBuilder().addTerm(y, -reach);
            for (Variable[] h : hours[r]) {
              only.add(h[t]);
            }
            model.addLessOrEqual(only, 0);
          }
        }
        Variable more = relaxed == Relaxed.HOURS ? more() : null;
        if (more != null) {
          used.addTerm(more, -1);
        }
        if (choice) {
          Variable o = model.newBoolVar("");
          if (more != null) {
            model.addLessOrEqual(LinearExpr.newBuilder().add(more).addTerm(o, -reach), 0);
          }
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
      double wanted = -product.stock();
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
          wanted += product.demand().get(t);
          double least = given.length == 0 ? least(p, wanted) : given[p][t];
          Variable m = model.newNumVar(least, Double.POSITIVE_INFINITY, "");
          margin[p][t] = m;
          model.addGreaterOrEqual(LinearExpr.newBuilder().add(stock[p][t]).addTerm(m, -1), 0);
        }
      }
    }
  }

  /**
   * What a rating may miss grows from period to period: named once, each tangent plane has a term
   * for a rating in place of one for each of its speeds in each period before.
   */
  private void spreads() {
    for (int r = 0; r < hours.length; r++) {
      int p = products.getOrDefault(problem.ratings().get(r).product(), 0);
      List<Point> points = problem.ratings().get(r).points();
      if (points.stream().allMatch(point -> point.deviation() == 0) || margin[p][0] == null) {
        continue;
      }
      for (int t = 0; t < periods; t++) {
        Variable s = model.newNumVar(0, Double.POSITIVE_INFINITY, "");
        LinearExprBuilder grows = LinearExpr.newBuilder().add(s);
        for (int k = 0; k < hours[r].length; k++) {
          grows.addTerm(hours[r][k][t], -points.get(k).deviation());
        }
        Variable before = t == 0 ? null : spread[r][t - 1];
        if (before != null) {
          grows.addTerm(before, -1);
        }
        spread[r][t] = s;
        model.addEquality(grows, 0);
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

  /**
   * What must be there at least beyond a demand that is not in stock, whatever makes it: spread
   * over all ratings so that their deviations are least in all, q of it costs q / a, and the margin
   * m itself is made as well, so that m >= z (demand + m) / a. Spares the search many planes.
   */
  private double least(int p, double wanted) {
    double squares = 0;
    for (Rating r : problem.ratings()) {
      if (products.getOrDefault(r.product(), 0) == p) {
        double ratio = Double.POSITIVE_INFINITY;
        for (Point point : r.points()) {
          ratio = point.good() > 0 ? Math.min(ratio, point.deviation() / point.good()) : ratio;
        }
        squares += 1 / (ratio * ratio);
      }
    }
    double a = Math.sqrt(squares);
    return wanted > 0 && a > z && a < Double.POSITIVE_INFINITY ? z * wanted / (a - z) : 0;
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
    List<Variable> brought = new ArrayList<>();
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
      if (relaxed == Relaxed.MATERIAL) {
        brought.add(more());
      }
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
        // What is brought in addition is there for all later periods too, and counts once.
        brought.forEach(more -> until.addTerm(more, -1));
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

  /** The margins that the chance constraints ask for at a point, by product and period. */
  double[][] margins(double[] v) {
    double[][] margins = new double[stock.length][periods];
    for (int p = 0; p < stock.length; p++) {
      for (int t = 0; t < periods; t++) {
        margins[p][t] = z * Math.sqrt(squares(v, p, t));
      }
    }
    return margins;
  }

  /** The variance of what a product has been made until a period. */
  private double squares(double[] v, int p, int until) {
    double squares = 0;
    for (int r = 0; r < hours.length; r++) {
      Rating rating = problem.ratings().get(r);
      if (products.getOrDefault(rating.product(), 0) == p) {
        double sum = 0;
        for (int k = 0; k < hours[r].length; k++) {
          for (int t = 0; t <= until; t++) {
            sum += rating.points().get(k).deviation() * v[hours[r][k][t].getIndex()];
          }
        }
        squares += sum * sum;
      }
    }
    return squares;
  }

  /** Sets the margins of all chance constraints. */
  void hold(double[][] margins) {
    for (int p = 0; p < stock.length; p++) {
      for (int t = 0; t < periods; t++) {
        Variable m = margin[p][t];
        if (m != null) {
          m.setLowerBound(margins[p][t]);
        }
      }
    }
  }

  /** Raises margins that are too small to a share above what is needed; whether there were any. */
  static boolean raise(double[][] margins, double[][] needed, double above) {
    boolean any = false;
    for (int p = 0; p < margins.length; p++) {
      for (int t = 0; t < margins[p].length; t++) {
        if (needed[p][t] > margins[p][t] * (1 + 1e-7) + 1e-7) {
          margins[p][t] = needed[p][t] * (1 + above);
          any = true;
        }
      }
    }
    return any;
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

  /**
   * Adds the tangent planes of the chance constraints that a point violates; how many.
   *
   * @param violated the share by which it must violate one
   */
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
    double norm = Math.sqrt(squares(v, p, until));
    if (norm < 1e-9 || v[m.getIndex()] >= z * norm - violated * Math.max(1, z * norm)) {
      return 0;
    }
    LinearExprBuilder plane = LinearExpr.newBuilder().add(m);
    for (int r = 0; r < hours.length; r++) {
      Variable s = spread[r][until];
      if (s != null && products.getOrDefault(problem.ratings().get(r).product(), 0) == p) {
        plane.addTerm(s, -z * v[s.getIndex()] / norm);
      }
    }
    model.addGreaterOrEqual(plane, 0);
    return 1;
  }
}
