package io.millwright.runtime.plain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millwright.api.MillwrightException;
import io.millwright.api.learn.Initialisation;
import io.millwright.api.learn.Network;
import io.millwright.api.learn.Trees;
import io.millwright.runtime.network.NetworkPlan;
import io.millwright.runtime.network.RandomTrees;
import io.millwright.runtime.network.Shape;
import io.millwright.runtime.network.TreeNodes;
import io.millwright.runtime.network.Weights;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Trees as a layer: what they say, and arrays that are none. */
class TreesTest {

  private static final int FEATURES = 4;

  private final Trees layer;
  private final NetworkPlan plan;
  private final Weights weights;

  TreesTest() {
    TreeNodes.Writer nodes = RandomTrees.draw(3, FEATURES, 6, 1);
    layer = nodes.layer(3, false);
    plan = plan(layer);
    weights = RandomTrees.weights(plan, layer, nodes);
  }

  private static NetworkPlan plan(Trees layer) {
    return NetworkPlan.of(
        Network.of(layer), new Shape(0, FEATURES), layer.units(), Initialisation.AUTOMATIC);
  }

  /** By recursion over the arrays, as the format's page says it. */
  private int walk(Weights w, Trees of, int node, float[] x, double[] sums, int tree) {
    float feature = w.get(0)[node];
    if (feature == 0) {
      for (int k = 0; sums.length > 0 && k < of.width(); k++) {
        sums[of.joint() ? k : tree % of.units()] += w.get(3)[node * of.width() + k];
      }
      return node + 1;
    }
    boolean left = x[(int) feature - 1] <= w.get(2)[node];
    double[] none = new double[0];
    int right = walk(w, of, node + 1, x, left ? sums : none, tree);
    assertThat(right).isEqualTo(node + (int) w.get(1)[node]);
    return walk(w, of, right, x, left ? none : sums, tree);
  }

  @ParameterizedTest
  @CsvSource({"1, 5, 1, false", "3, 6, 1, false", "3, 2, 3, true", "1, 1, 1, true"})
  void allTreesAreAddedUp(int units, int trees, int width, boolean joint) {
    Random random = new Random(1);
    for (int seed = 0; seed < 50; seed++) {
      TreeNodes.Writer nodes = RandomTrees.draw(seed, FEATURES, trees, width);
      Trees of = nodes.layer(units, joint);
      NetworkPlan laid = plan(of);
      Weights w = RandomTrees.weights(laid, of, nodes);
      int count = 20;
      float[] x = new float[count * FEATURES];
      for (int i = 0; i < x.length; i++) {
        x[i] = i % 11 == 0 ? Float.NaN : random.nextInt(7) - 3;
      }
      float[] y = new JavaForward(laid, w).run(x, count);
      for (int r = 0; r < count; r++) {
        double[] sums = new double[units];
        int at = 0;
        for (int t = 0; t < trees; t++) {
          at = walk(w, of, at, java.util.Arrays.copyOfRange(x, r * 4, r * 4 + 4), sums, t);
        }
        for (int k = 0; k < units; k++) {
          assertThat((double) y[r * units + k]).isCloseTo(sums[k] + 0.5, within(1e-5));
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 5, none of a tree", // asks a feature that is not there
    "0, -1, none of a tree",
    "0, 1.5, none of a tree",
    "0, NaN, none of a tree",
    "1, 0, none of a tree", // its right part begins with itself
    "1, 1, none of a tree",
    "1, -3, none of a tree",
    "1, 1e9, none of a tree",
    "1, 2.5, none of a tree",
    "1, Infinity, none of a tree"
  })
  void whatIsNoTreeIsRefused(int array, float value, String why) {
    Weights bad = weights.copy();
    bad.get(array)[0] = value;
    assertThat(TreeNodes.fault(plan, bad)).hasValueSatisfying(f -> assertThat(f).contains(why));
    assertThatThrownBy(() -> new JavaForward(plan, bad))
        .isInstanceOf(MillwrightException.class)
        .hasMessageContaining("[WRONG_SHAPE]")
        .hasMessageContaining(why);
  }

  @Test
  void oneLongWayIsRefusedBeforeItIsWalked() {
    int depth = TreeNodes.MOST_DEPTH + 1;
    Trees deep = new Trees(1, 1, 2 * depth + 1, false);
    NetworkPlan laid = plan(deep);
    Weights w = Weights.zero(laid.weights());
    for (int i = 0; i < depth; i++) {
      w.get(0)[i] = 1;
      w.get(1)[i] = 2 * (depth - i);
    }
    assertThat(TreeNodes.fault(laid, w)).isPresent();
  }

  @Test
  void anyArraysAreReadOrRefused() {
    Random random = new Random(7);
    int sound = 0;
    for (int i = 0; i < 20_000; i++) {
      Weights some = weights.copy();
      for (int k = random.nextInt(4); k >= 0; k--) {
        float[] array = some.get(random.nextInt(2));
        array[random.nextInt(array.length)] = random.nextInt(12) - 2;
      }
      if (TreeNodes.fault(plan, some).isEmpty()) {
        sound++;
        assertThat(new JavaForward(plan, some).run(new float[FEATURES], 1)).hasSize(3);
      }
    }
    assertThat(sound).isBetween(100, 15_000);
  }

  @Test
  void moreThanIsCountedIsNoLayer() {
    assertThatThrownBy(() -> new Trees(1, 2, 1, false)).hasMessageContaining("2 trees");
    assertThatThrownBy(() -> new Trees(1, 1, Trees.MOST_NODES + 1, false))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> plan(new Trees(Integer.MAX_VALUE, 1, Trees.MOST_NODES, true)))
        .isInstanceOf(ArithmeticException.class);
  }
}
