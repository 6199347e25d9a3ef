package io.millwright.runtime.explain;

import io.millwright.api.ModelSource;
import io.millwright.api.data.Table;
import io.millwright.api.learn.Layer;
import io.millwright.api.learn.Trees;
import io.millwright.runtime.bundle.BundleReader;
import io.millwright.runtime.bundle.Bundles;
import io.millwright.runtime.bundle.Model;
import io.millwright.runtime.network.NetworkPlan;
import io.millwright.runtime.network.PlannedLayer;
import io.millwright.runtime.network.TreeNodes;
import io.millwright.runtime.network.Weights;
import io.millwright.runtime.prepare.Notes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Exact interventional Shapley values of a sum of decision trees (interventional TreeSHAP, Lundberg
 * et al. 2020, "From local explanations to global understanding with explainable AI for trees"). A
 * walk down a tree with an input and a background input goes both ways only where they part, and
 * remembers which columns it took from which; each leaf that it reaches gives these columns their
 * share. Several features of one column, such as the labels of a category, count as one.
 */
final class TreeShapley {

  /** By how much of their range sums in single precision may stray. */
  private static final double CLOSE = 1e-4;

  private final Model model;
  private final List<TreeNodes> members = new ArrayList<>();
  private final double[] weights;

  private TreeShapley(Model model) {
    this.model = model;
    List<NetworkPlan> plans = Bundles.plans(model);
    double[] shares = model.shares();
    double scale = model.head().data().number("scale");
    weights = new double[plans.size()];
    for (int m = 0; m < weights.length; m++) {
      Weights of = model.members().get(m);
      PlannedLayer trees = plans.get(m).layers().get(0);
      members.add(TreeNodes.of((Trees) trees.layer(), trees.in().features(), of, trees.first()));
      weights[m] = scale * shares[m] * of.get(plans.get(m).layers().get(1).first())[0];
    }
  }

  /** The trees of a model that answers a number by trees alone; empty for any other. */
  static Optional<TreeShapley> of(ModelSource bundle) {
    return BundleReader.isComposed(bundle) ? Optional.empty() : of(BundleReader.read(bundle));
  }

  static Optional<TreeShapley> of(Model model) {
    boolean trees =
        model.head().kind().equals("quantity")
            && model.head().outputs() == 1
            && model.preparation().plan().window() == 0
            && Bundles.plans(model).stream().allMatch(TreeShapley::isOfTrees);
    return trees ? Optional.of(new TreeShapley(model)) : Optional.empty();
  }

  private static boolean isOfTrees(NetworkPlan plan) {
    List<PlannedLayer> layers = plan.layers();
    return layers.size() == 2
        && layers.get(0).layer() instanceof Trees trees
        && trees.units() == 1
        && layers.get(1).layer() instanceof Layer.Dense;
  }

  /**
   * The values of a row; empty where limits cut the answer or a feature comes from several columns.
   */
  <V> Optional<ShapleyValues> of(
      AskedModel<Table, V> asked, FeatureView<Table> view, Table input, List<Table> background) {
    List<String> names = view.names(input);
    int n = names.size();
    double answer = asked.of(input);
    double[] ends = asked.of(background);
    float[] x = prepared(input);
    double[] effects = new double[n];
    double reference = 0;
    for (int r = 0; r < ends.length; r++) {
      float[] z = prepared(background.get(r));
      Optional<int[]> owners = owners(view, input, background.get(r), x, z, n);
      if (owners.isEmpty()) {
        return Optional.empty();
      }
      double[] of = new double[n];
      for (int m = 0; m < weights.length; m++) {
        add(members.get(m), weights[m], owners.get(), x, z, of);
      }
      double cut = Arrays.stream(of).sum() - (answer - ends[r]);
      if (!(Math.abs(cut) <= CLOSE * (Math.abs(answer - ends[r]) + Math.abs(answer)))) {
        return Optional.empty(); // a limit cuts one of both answers
      }
      for (int j = 0; j < n; j++) {
        effects[j] += of[j] / ends.length;
      }
      reference += ends[r] / ends.length;
    }
    boolean limited = Double.isFinite(model.head().low()) || Double.isFinite(model.head().high());
    List<ShapleyValues.Part> parts = new ArrayList<>();
    for (int j = 0; j < n; j++) {
      parts.add(new ShapleyValues.Part(names.get(j), view.text(input, j), effects[j], 0));
    }
    parts.sort(Comparator.comparingDouble((ShapleyValues.Part p) -> -Math.abs(p.effect())));
    String method =
        String.format(
            Locale.ROOT,
            "Shapley values, exact: from the trees themselves, %d features over %d background"
                + " inputs%s.",
            n,
            background.size(),
            limited ? ", before the limits of answers" : "");
    return Optional.of(
        new ShapleyValues(method, reference, answer, parts, asked.evaluations(), true, 0));
  }

  private float[] prepared(Table row) {
    return model.preparation().rows(row, new Notes());
  }

  /** Which column each prepared feature comes from, where input and background differ in it. */
  private Optional<int[]> owners(
      FeatureView<Table> view, Table input, Table reference, float[] x, float[] z, int n) {
    int[] owners = new int[x.length];
    Arrays.fill(owners, -1);
    for (int c = 0; c < n; c++) {
      float[] mixed = prepared(view.mixed(input, reference, only(c)));
      for (int f = 0; f < x.length; f++) {
        if (same(mixed[f], z[f])) {
          continue;
        }
        if (owners[f] >= 0 || !same(mixed[f], x[f])) {
          return Optional.empty();
        }
        owners[f] = c;
      }
    }
    for (int f = 0; f < x.length; f++) {
      if (owners[f] < 0 && !same(x[f], z[f])) {
        return Optional.empty();
      }
    }
    return Optional.of(owners);
  }

  private static BitSet only(int column) {
    BitSet only = new BitSet();
    only.set(column);
    return only;
  }

  private static boolean same(float a, float b) {
    return Float.compare(a, b) == 0;
  }

  /**
   * Adds the values of a sum of trees for one input and one background input.
   *
   * @param owners the column of each feature; any where both have the same
   * @param effects of each column, added to
   */
  static void add(
      TreeNodes nodes, double weight, int[] owners, float[] x, float[] z, double[] effects) {
    Walk walk = new Walk(nodes, weight, owners, x, z, effects, new byte[effects.length]);
    for (int root : nodes.roots()) {
      walk.down(root, 0, 0);
    }
  }

  /** Sides: 0 where a column was not asked yet, 1 from the input, 2 from the background. */
  private record Walk(
      TreeNodes nodes,
      double weight,
      int[] owners,
      float[] x,
      float[] z,
      double[] effects,
      byte[] sides) {

    void down(int node, int ofInput, int ofBackground) {
      int feature = nodes.feature(node);
      if (feature < 0) {
        leaf(nodes.value(node, 0), ofInput, ofBackground);
        return;
      }
      int here = next(node, x[feature]);
      int there = next(node, z[feature]);
      if (here == there) {
        down(here, ofInput, ofBackground);
        return;
      }
      int column = owners[feature];
      if (sides[column] != 0) {
        down(sides[column] == 1 ? here : there, ofInput, ofBackground);
        return;
      }
      sides[column] = 1;
      down(here, ofInput + 1, ofBackground);
      sides[column] = 2;
      down(there, ofInput, ofBackground + 1);
      sides[column] = 0;
    }

    private int next(int node, float value) {
      return value <= nodes.threshold(node) ? node + 1 : nodes.right(node);
    }

    private void leaf(double value, int ofInput, int ofBackground) {
      double up = ofInput == 0 ? 0 : weight * value * share(ofInput - 1, ofBackground);
      double down = ofBackground == 0 ? 0 : weight * value * share(ofInput, ofBackground - 1);
      for (int c = 0; c < sides.length && ofInput + ofBackground > 0; c++) {
        effects[c] += sides[c] == 1 ? up : sides[c] == 2 ? -down : 0;
      }
    }

    /** {@code a! b! / (a + b + 1)!}. */
    private static double share(int a, int b) {
      double share = 1.0 / (a + b + 1);
      for (int k = 1; k <= b; k++) {
        share *= (double) k / (a + k);
      }
      return share;
    }
  }
}
