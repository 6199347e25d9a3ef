package io.millwright.runtime.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millwright.api.learn.Activation;
import io.millwright.api.learn.Initialisation;
import io.millwright.api.learn.Layer;
import io.millwright.api.learn.Network;
import io.millwright.core.engines.Started;
import io.millwright.runtime.network.ForwardPass;
import io.millwright.runtime.network.NetworkPlan;
import io.millwright.runtime.network.Shape;
import io.millwright.runtime.network.Views;
import io.millwright.runtime.network.Weights;
import io.millwright.runtime.plain.JavaForward;
import io.millwright.runtime.plain.RandomNetworks;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where views are averaged, a picture has one answer from whatever side it was taken. */
class ViewsTest {

  /** Flattened, so that by itself it does not answer alike. */
  private static final Network NETWORK =
      new Network(
          List.of(
              new Layer.Conv2d(6, 3, 2, Layer.Padding.SAME, Activation.LINEAR, Initialisation.HE),
              new Layer.GroupNorm(3, Activation.RELU),
              new Layer.Flatten()));

  @Test
  void everyViewOfAPictureHasTheSameAnswerOnEveryRuntime() {
    for (Shape shape : List.of(new Shape(9, 9, 3), new Shape(6, 10, 1))) {
      NetworkPlan plan = NetworkPlan.of(NETWORK, shape, 4, Initialisation.AUTOMATIC);
      RandomNetworks random = new RandomNetworks(5);
      Weights weights = random.weights(plan);
      Views views = Views.of(shape, new io.millwright.api.learn.Views(true, true));
      float[] all = views(views, shape, random.inputs(plan, 1));
      int count = views.all().size();
      assertThat(count).isEqualTo(shape.height() == shape.steps() ? 8 : 4);
      List<float[]> answers = new ArrayList<>();
      try (ForwardPass java = new JavaForward(plan, weights);
          ForwardPass torch = Started.torch().open(plan, weights, "cpu");
          ForwardPass flow = Started.flow().open(plan, weights, "cpu")) {
        for (ForwardPass pass : List.of(java, torch, flow)) {
          answers.add(views.mean(pass::run, all, count));
          assertThat(spread(Views.ONE.mean(pass::run, all, count), count)).isGreaterThan(0.1);
        }
      }
      for (float[] y : answers) {
        assertThat(spread(y, count)).isLessThan(2e-6);
        for (int i = 0; i < y.length; i++) {
          double first = answers.get(0)[i];
          assertThat((double) y[i]).isCloseTo(first, within(1e-5 * Math.max(1, Math.abs(first))));
        }
      }
    }
  }

  /** All views of a picture, as a network is shown them. */
  private static float[] views(Views views, Shape shape, float[] picture) {
    float[] all = new float[views.all().size() * shape.size()];
    views.mean(
        (x, n) -> {
          System.arraycopy(x, 0, all, 0, n * shape.size());
          return new float[n];
        },
        picture,
        1);
    return all;
  }

  /**
   * How far apart the answers to the pictures are at most, against the larger of 1 and their size.
   */
  private static double spread(float[] y, int count) {
    int outputs = y.length / count;
    double most = 0;
    for (int i = 0; i < y.length; i++) {
      double first = y[i % outputs];
      most = Math.max(most, Math.abs(y[i] - first) / Math.max(1, Math.abs(first)));
    }
    return most;
  }
}
