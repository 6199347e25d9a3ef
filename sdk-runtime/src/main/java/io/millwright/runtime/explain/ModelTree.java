package io.millwright.runtime.explain;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.ModelSource;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.learn.Trees;
import io.millwright.runtime.bundle.BundleReader;
import io.millwright.runtime.bundle.Bundles;
import io.millwright.runtime.bundle.Model;
import io.millwright.runtime.network.TreeNodes;
import io.millwright.runtime.prepare.FittedPreparation;
import io.millwright.runtime.prepare.FittedStep;
import io.millwright.runtime.prepare.LinearFit;
import io.millwright.runtime.prepare.Notes;
import io.millwright.runtime.tree.TreeNode;
import io.millwright.runtime.tree.TreeText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The decision tree that a model is, in the units of its columns: what {@code
 * among(ModelKind.DECISION_TREE)} learnt. Shares of classes are those of the leaves, before the
 * model's calibration. Immutable and thread-safe.
 *
 * @param tree the tree; questions of features that the preparation made name these
 * @param schema the model's columns
 * @param classes the labels; empty for a number
 */
public record ModelTree(TreeNode tree, Schema schema, List<String> classes) {

  /** Copies. */
  public ModelTree {
    classes = List.copyOf(classes);
  }

  /**
   * Reads a model as the tree that it is.
   *
   * @param bundle the model
   * @param rows rows with the model's columns, which are counted in each node
   * @return the tree
   * @throws MillwrightException with {@link ErrorCode#UNSUPPORTED} when it is anything else than
   *     one tree, and as {@link io.millwright.api.Millwright#open} for a file that is no bundle
   */
  public static ModelTree of(ModelSource bundle, Table rows) {
    if (BundleReader.isComposed(bundle)) {
      throw none(bundle);
    }
    Model model = BundleReader.read(bundle);
    boolean single =
        model.members().size() == 1
            && model.network().layers().size() == 1
            && model.network().layers().get(0) instanceof Trees trees
            && trees.trees() == 1;
    if (!single) {
      throw none(bundle);
    }
    Trees layer = (Trees) model.network().layers().get(0);
    FittedPreparation preparation = model.preparation();
    TreeNodes nodes =
        TreeNodes.of(layer, preparation.shape().features(), model.members().get(0), 0);
    Notes notes = new Notes();
    float[] x = preparation.rows(rows.select(preparation.inputs().names()), notes);
    int[] all = IntStream.range(0, rows.rows()).toArray();
    int last = Bundles.plan(model).arrays(1);
    float[] bias = model.members().get(0).get(last + 1);
    Reading reading = new Reading(model, nodes, x, bias);
    return new ModelTree(reading.node(0, all), preparation.inputs(), model.head().classes());
  }

  private static MillwrightException none(ModelSource bundle) {
    return new MillwrightException(
        ErrorCode.UNSUPPORTED,
        bundle
            + " is not one decision tree"
            + "\nMaybe grow one that answers alike (a surrogate), or learn one:"
            + " among(ModelKind.DECISION_TREE)");
  }

  /** Rules, one line for each leaf, see {@link TreeText#rules}. */
  public List<String> rules() {
    return TreeText.rules(tree, schema, classes);
  }

  /** A flow chart in Mermaid's language, see {@link TreeText#mermaid}. */
  public String mermaid() {
    return TreeText.mermaid(tree, schema, classes);
  }

  /** A question that a node asks, in words of columns. */
  private record Asked(String column, double limit, List<String> labels) {}

  private record Reading(Model model, TreeNodes nodes, float[] x, float[] bias) {

    TreeNode node(int at, int[] here) {
      int feature = nodes.feature(at);
      if (feature < 0) {
        return new TreeNode.Leaf(values(at), here.length);
      }
      int width = model.preparation().width();
      float threshold = nodes.threshold(at);
      int[] low = Arrays.stream(here).filter(r -> x[r * width + feature] <= threshold).toArray();
      int[] high =
          Arrays.stream(here).filter(r -> !(x[r * width + feature] <= threshold)).toArray();
      TreeNode left = node(at + 1, low);
      TreeNode right = node(nodes.right(at), high);
      Asked asked = asked(model.preparation().features().get(feature), threshold);
      boolean label = !asked.labels.isEmpty();
      // A feature of a label is 1 where it holds: the right part.
      return new TreeNode.Split(
          asked.column,
          asked.limit,
          asked.labels,
          false,
          label ? right : left,
          label ? left : right,
          left.values(),
          here.length,
          0);
    }

    private List<Double> values(int leaf) {
      double[] said = new double[bias.length];
      for (int k = 0; k < said.length; k++) {
        said[k] = nodes.value(leaf, k) + bias[k];
      }
      if (model.head().classes().isEmpty()) {
        double scale = model.head().data().number("scale");
        said[0] = said[0] * scale + model.head().data().number("offset");
      } else {
        said = LinearFit.softmax(said);
      }
      return Arrays.stream(said).boxed().toList();
    }

    private Asked asked(String feature, double threshold) {
      double limit = threshold;
      List<FittedStep> steps = new ArrayList<>(model.preparation().steps());
      java.util.Collections.reverse(steps);
      for (FittedStep step : steps) {
        if (step instanceof FittedStep.Scale scale) {
          for (FittedStep.Line line : scale.columns()) {
            if (line.column().equals(feature)) {
              limit = limit / line.factor() + line.offset();
            }
          }
        } else if (step instanceof FittedStep.Encode encode) {
          for (String column : encode.columns()) {
            if (feature.startsWith(column + "=")) {
              return new Asked(column, Double.NaN, List.of(feature.substring(column.length() + 1)));
            }
          }
        }
      }
      return new Asked(feature, limit, List.of());
    }
  }
}
