package io.millwright.runtime.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millwright.api.Predictor;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.data.TableBuilder;
import io.millwright.api.learn.Networks;
import io.millwright.api.learn.Trees;
import io.millwright.runtime.bundle.Model;
import io.millwright.runtime.network.RandomTrees;
import io.millwright.runtime.network.TreeNodes;
import io.millwright.runtime.network.Weights;
import io.millwright.runtime.predict.TestModels;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TreeShapleyTest {

  private static final int COLUMNS = 8;

  private static double sum(TreeNodes nodes, float[] x) {
    double sum = 0;
    for (int root : nodes.roots()) {
      int node = root;
      while (nodes.feature(node) >= 0) {
        node = x[nodes.feature(node)] <= nodes.threshold(node) ? node + 1 : nodes.right(node);
      }
      sum += nodes.value(node, 0);
    }
    return sum;
  }

  /** All coalitions of columns, each of which owns one or two features. */
  private static double[] counted(TreeNodes nodes, int[] owners, float[] x, float[] z) {
    double[] of = new double[1 << COLUMNS];
    for (int s = 0; s < of.length; s++) {
      float[] mixed = z.clone();
      for (int f = 0; f < x.length; f++) {
        mixed[f] = (s >> owners[f] & 1) == 1 ? x[f] : z[f];
      }
      of[s] = sum(nodes, mixed);
    }
    double[] values = new double[COLUMNS];
    for (int s = 0; s < of.length; s++) {
      int size = Integer.bitCount(s);
      double weight = 1.0 / COLUMNS;
      for (int k = 1; k <= size; k++) {
        weight *= (double) k / (COLUMNS - k);
      }
      for (int c = 0; c < COLUMNS && size < COLUMNS; c++) {
        values[c] += (s >> c & 1) == 0 ? weight * (of[s | 1 << c] - of[s]) : 0;
      }
    }
    return values;
  }

  @Test
  void theyAreThoseOfAllCoalitions() {
    int[] owners = {0, 0, 1, 2, 3, 4, 5, 5, 6, 7};
    for (int key = 0; key < 20; key++) {
      TreeNodes.Writer drawn = RandomTrees.draw(key, owners.length, 30, 1);
      Trees layer = drawn.layer(1, false);
      Weights weights = weights(drawn, layer);
      TreeNodes nodes = TreeNodes.of(layer, owners.length, weights, 0);
      Random random = new Random(key);
      float[] x = new float[owners.length];
      float[] z = new float[owners.length];
      for (int f = 0; f < x.length; f++) {
        x[f] = (float) (2 * random.nextGaussian());
        z[f] = (float) (2 * random.nextGaussian());
      }
      double[] effects = new double[COLUMNS];
      TreeShapley.add(nodes, 1, owners, x, z, effects);
      assertThat(effects).containsExactly(counted(nodes, owners, x, z), within(1e-9));
    }
  }

  private static Weights weights(TreeNodes.Writer drawn, Trees layer) {
    int n = layer.nodes(); // features, ways, thresholds, values
    Weights weights = Weights.of(List.of(new float[n], new float[n], new float[n], new float[n]));
    drawn.into(layer, weights, 0);
    return weights;
  }

  private static Table rows(Schema schema, int rows, long key) {
    Random random = new Random(key);
    TableBuilder table = Table.builder(schema, rows);
    for (int r = 0; r < rows; r++) {
      List<Object> cells = new ArrayList<>();
      for (int c = 0; c < schema.size(); c++) {
        boolean number = schema.columns().get(c).type() == ColumnType.NUMBER;
        cells.add(
            number ? (Object) (10 * c + 3 * random.nextGaussian()) : "abc".charAt(r % 3) + "");
      }
      table.add(cells);
    }
    return table.build();
  }

  @Test
  void theValuesOfAModelAddUpUnlessItsLimitsCut() {
    Model model = TestModels.trees(3);
    TreeShapley trees = TreeShapley.of(model).orElseThrow();
    try (Predictor<Table, Object> predictor = TestModels.predictor(model)) {
      Schema schema = predictor.info().inputs();
      FeatureView<Table> view = FeatureView.columns(schema.names());
      AskedModel<Table, Object> asked = new AskedModel<>(predictor, v -> (double) v);
      List<Table> all = ColumnStudy.single(rows(schema, 300, 1));
      double[] answers = asked.of(all);
      List<Table> within = new ArrayList<>();
      List<Table> cut = new ArrayList<>();
      for (int i = 0; i < answers.length; i++) {
        (answers[i] > 0 && answers[i] < 125 ? within : cut).add(all.get(i));
      }
      assertThat(within).hasSizeGreaterThan(5);
      for (Table input : within) {
        ShapleyValues values = trees.of(asked, view, input, within).orElseThrow();
        double sum = values.parts().stream().mapToDouble(ShapleyValues.Part::effect).sum();
        assertThat(sum).isCloseTo(values.answer() - values.reference(), within(0.01));
        assertThat(values.exact()).isTrue();
        assertThat(values.method()).contains("before the limits of answers");
      }
      assertThat(trees.of(asked, view, cut.get(0), within)).isEmpty();
    }
    assertThat(TreeShapley.of(TestModels.quantity(3, 1, Networks.linear()))).isEmpty();
  }
}
