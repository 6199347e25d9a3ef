package io.millwright.runtime.export;

import static io.millwright.runtime.export.Term.by;
import static io.millwright.runtime.export.Term.exp;
import static io.millwright.runtime.export.Term.log;
import static io.millwright.runtime.export.Term.max;
import static io.millwright.runtime.export.Term.min;
import static io.millwright.runtime.export.Term.minus;
import static io.millwright.runtime.export.Term.num;
import static io.millwright.runtime.export.Term.plus;
import static io.millwright.runtime.export.Term.times;

import io.millwright.api.learn.Activation;
import io.millwright.api.learn.Layer;
import io.millwright.api.learn.Trees;
import io.millwright.runtime.network.NetworkPlan;
import io.millwright.runtime.network.PlannedLayer;
import io.millwright.runtime.network.TreeNodes;
import io.millwright.runtime.network.Weights;
import io.millwright.runtime.plain.Product;
import java.util.ArrayList;
import java.util.List;

/**
 * Dense layers and trees, as the plain-Java runtime computes them: the same approximations of the
 * hyperbolic tangent and the normal distribution, in the same order. What it computes in single
 * precision is said, for the languages that have it.
 */
final class NetworkTerms {

  private NetworkTerms() {}

  static List<Term> of(Formula formula, NetworkPlan plan, Weights weights, List<Term> features) {
    if (plan.inputs().size() != 1 || plan.slices().size() != 1) {
      throw Refusal.of("its network has several inputs or outputs");
    }
    return chain(formula, plan.layers(), weights, features);
  }

  private static List<Term> chain(
      Formula formula, List<PlannedLayer> layers, Weights weights, List<Term> from) {
    List<Term> x = from;
    for (PlannedLayer layer : layers) {
      if (layer.in().positions() > 1 || layer.in().isSequence() || layer.in().isImage()) {
        throw Refusal.of("its network reads sequences or images");
      }
      x = layer(formula, layer, weights, x);
    }
    return x;
  }

  private static List<Term> layer(
      Formula formula, PlannedLayer planned, Weights weights, List<Term> x) {
    Layer layer = planned.layer();
    if (layer instanceof Layer.Dense dense) {
      return activated(formula, dense.activation(), product(formula, planned, weights, x));
    }
    if (layer instanceof Trees trees) {
      return trees(formula, TreeNodes.of(trees, x.size(), weights, planned.first()), x);
    }
    if (layer instanceof Layer.Dropout) {
      return x;
    }
    if (layer instanceof Layer.Residual) {
      List<Term> straight = planned.projected() ? product(formula, planned, weights, x) : x;
      List<Term> inner = chain(formula, planned.inner(), weights, x);
      List<Term> sums = new ArrayList<>();
      for (int i = 0; i < inner.size(); i++) {
        sums.add(steps(plus(straight.get(i), inner.get(i))));
      }
      return formula.stage(sums);
    }
    throw Refusal.of("its network has the layer " + layer.kindName() + " at " + planned.path());
  }

  /** Each tree by itself, asked in single precision as the runtime does, then their sums. */
  private static List<Term> trees(Formula formula, TreeNodes nodes, List<Term> x) {
    Trees layer = nodes.layer();
    int width = layer.width();
    formula.weigh((long) layer.nodes() * width);
    List<Term> features = formula.stage(x.stream().<Term>map(Term.Compared::new).toList());
    List<List<Term>> said = new ArrayList<>();
    for (int k = 0; k < layer.units(); k++) {
      said.add(new ArrayList<>());
    }
    List<Term> all = new ArrayList<>();
    for (int root : nodes.roots()) {
      for (int k = 0; k < width; k++) {
        all.add(tree(nodes, root, k, features));
      }
    }
    List<Term> values = formula.stage(all);
    for (int i = 0; i < values.size(); i++) {
      said.get(i % layer.units()).add(values.get(i));
    }
    List<Term> sums = new ArrayList<>();
    for (List<Term> of : said) {
      sums.add(new Term.Sum(0, of.stream().map(v -> 1.0).toList(), of));
    }
    return formula.stage(sums);
  }

  private static Term tree(TreeNodes nodes, int node, int output, List<Term> x) {
    return nodes.feature(node) < 0
        ? num(nodes.value(node, output))
        : new Term.If(
            new Term.AtMost(x.get(nodes.feature(node)), num(nodes.threshold(node))),
            tree(nodes, node + 1, output, x),
            tree(nodes, nodes.right(node), output, x));
  }

  private static List<Term> product(
      Formula formula, PlannedLayer planned, Weights weights, List<Term> x) {
    float[] matrix = weights.get(planned.first());
    float[] bias = weights.get(planned.first() + 1);
    List<Term> sums = new ArrayList<>();
    for (int o = 0; o < bias.length; o++) {
      List<Double> row = new ArrayList<>();
      for (int i = 0; i < x.size(); i++) {
        row.add((double) matrix[o * x.size() + i]);
      }
      sums.add(new Term.Dense(bias[o], row, x, Product.few(bias.length)));
    }
    return formula.stage(sums);
  }

  private static List<Term> activated(Formula formula, Activation activation, List<Term> x) {
    if (activation == Activation.LINEAR) {
      return x;
    }
    if (activation == Activation.TANH || activation == Activation.SIGMOID) {
      boolean sigmoid = activation == Activation.SIGMOID;
      List<Term> cut =
          formula.stage(
              x.stream()
                  .map(v -> sigmoid ? times(num(0.5), v) : v)
                  .map(v -> steps(max(num(-10), min(num(10), v))))
                  .toList());
      return formula.stage(
          cut.stream()
              .map(NetworkTerms::tanh)
              .map(t -> steps(sigmoid ? plus(num(0.5), times(num(0.5), t)) : t))
              .toList());
    }
    return formula.stage(x.stream().map(v -> activated(activation, v)).toList());
  }

  private static Term activated(Activation activation, Term x) {
    return switch (activation) {
      case RELU -> max(num(0), x);
      case LEAKY_RELU -> positive(x, steps(times(num(0.01f), x)));
      case ELU -> rounded(positive(x, minus(exp(x), num(1))));
      case SILU -> rounded(by(x, plus(num(1), exp(minus(num(0), x)))));
      case GELU -> rounded(times(x, normal(x)));
      case SOFTPLUS ->
          rounded(new Term.If(new Term.Less(num(30), x), x, log(plus(num(1), exp(x)))));
      default -> throw Refusal.of("its network has the activation " + activation);
    };
  }

  private static Term steps(Term of) {
    return new Term.Single(of, true);
  }

  private static Term rounded(Term of) {
    return new Term.Single(of, false);
  }

  private static Term positive(Term x, Term otherwise) {
    return new Term.If(new Term.Less(num(0), x), x, otherwise);
  }

  /** The quotient of polynomials by which the runtime computes the hyperbolic tangent. */
  private static Term tanh(Term z) {
    Term t = times(z, z);
    Term p = polynomial(t, 0.99999999f, 0.13413233f, 3.5340098e-3f, 2.1250743e-5f, 1.4268763e-8f);
    Term q = polynomial(t, 1f, 0.46746555f, 2.6022688e-2f, 3.3488361e-4f, 8.1449433e-7f);
    return max(num(-1), min(num(1), by(times(z, p), q)));
  }

  private static Term polynomial(Term t, double... coefficients) {
    Term sum = num(coefficients[coefficients.length - 1]);
    for (int i = coefficients.length - 2; i >= 0; i--) {
      sum = plus(num(coefficients[i]), times(t, sum));
    }
    return sum;
  }

  /** Formula 7.1.26 of Abramowitz and Stegun (1964), as the runtime computes it. */
  private static Term normal(Term x) {
    Term z = times(new Term.Call(Term.Function.ABS, List.of(x)), num(0.7071067811865476));
    Term t = by(num(1), plus(num(1), times(num(0.3275911), z)));
    Term p =
        times(t, polynomial(t, 0.254829592, -0.284496736, 1.421413741, -1.453152027, 1.061405429));
    Term tail = times(num(0.5), times(p, exp(minus(num(0), times(z, z)))));
    return new Term.If(new Term.Less(x, num(0)), tail, minus(num(1), tail));
  }
}
