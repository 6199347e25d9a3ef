package io.millwright.runtime.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millwright.runtime.network.Views.View;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ViewsTest {

  private static final io.millwright.api.learn.Views BOTH =
      new io.millwright.api.learn.Views(true, true);

  /** What a network is shown of pictures, view after view. */
  private static List<float[]> shown(Views views, Shape shape, float[] pictures, int count) {
    List<float[]> shown = new ArrayList<>();
    views.mean(
        (x, n) -> {
          for (int i = 0; i < n; i++) {
            shown.add(Arrays.copyOfRange(x, i * shape.size(), (i + 1) * shape.size()));
          }
          return new float[n];
        },
        pictures,
        count);
    return shown;
  }

  private static float[] counted(int size) {
    float[] x = new float[size];
    for (int i = 0; i < size; i++) {
      x[i] = i;
    }
    return x;
  }

  @Test
  void theViewsOfASmallPictureAreTheseInThisOrder() {
    Shape shape = new Shape(2, 2, 1);
    assertThat(shown(Views.of(shape, BOTH), shape, new float[] {1, 2, 3, 4}, 1))
        .containsExactly(
            new float[] {1, 2, 3, 4},
            new float[] {2, 1, 4, 3},
            new float[] {3, 1, 4, 2},
            new float[] {1, 3, 2, 4},
            new float[] {4, 3, 2, 1},
            new float[] {3, 4, 1, 2},
            new float[] {2, 4, 1, 3},
            new float[] {4, 2, 3, 1});
  }

  @Test
  void aTurnIsATurnAndAMirrorAMirror() {
    Shape shape = new Shape(5, 5, 3);
    float[] x = counted(shape.size());
    Views views = Views.of(shape, BOTH);
    List<float[]> shown = shown(views, shape, x, 1);
    for (int v = 0; v < shown.size(); v++) {
      float[] expected = x;
      for (int t = 0; t < views.all().get(v).turns(); t++) {
        expected = turned(expected, shape);
      }
      if (views.all().get(v).mirrored()) {
        expected = mirrored(expected, shape);
      }
      assertThat(shown.get(v)).as("view %s", views.all().get(v)).isEqualTo(expected);
    }
    assertThat(shown.stream().map(Arrays::toString).distinct()).hasSize(8);
  }

  /** Where the pixel of a line and a column goes to. */
  private interface Place {
    int of(int line, int column);
  }

  /** Clockwise: the left column becomes the top line. */
  private static float[] turned(float[] x, Shape s) {
    return moved(x, s, (r, c) -> c * s.height() + s.height() - 1 - r);
  }

  private static float[] mirrored(float[] x, Shape s) {
    return moved(x, s, (r, c) -> r * s.steps() + s.steps() - 1 - c);
  }

  private static float[] moved(float[] x, Shape s, Place place) {
    float[] y = new float[x.length];
    for (int r = 0; r < s.height(); r++) {
      for (int c = 0; c < s.steps(); c++) {
        System.arraycopy(
            x, (r * s.steps() + c) * s.features(), y, place.of(r, c) * s.features(), s.features());
      }
    }
    return y;
  }

  @Test
  void picturesThatAreNotSquareAreTurnedHalfwayOnly() {
    Shape wide = new Shape(2, 3, 1);
    float[] x = {1, 2, 3, 4, 5, 6};
    assertThat(shown(Views.of(wide, BOTH), wide, x, 1))
        .containsExactly(
            x,
            new float[] {3, 2, 1, 6, 5, 4},
            new float[] {6, 5, 4, 3, 2, 1},
            new float[] {4, 5, 6, 1, 2, 3});
    assertThat(Views.of(wide, new io.millwright.api.learn.Views(false, true)).all())
        .containsExactly(new View(0, false), new View(2, false));
    Shape square = new Shape(3, 3, 1);
    assertThat(Views.of(square, new io.millwright.api.learn.Views(false, true)).all())
        .containsExactly(
            new View(0, false), new View(1, false), new View(2, false), new View(3, false));
    assertThat(Views.of(square, new io.millwright.api.learn.Views(true, false)).all())
        .containsExactly(
            new View(0, false), new View(0, true), new View(2, false), new View(2, true))
        .isEqualTo(Views.of(wide, BOTH).all());
    assertThatThrownBy(() -> Views.of(new Shape(4, 3), BOTH))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void outputsAreAveragedEachForItsPictureAndAFewAtATime() {
    for (Shape shape :
        List.of(new Shape(3, 3, 2), new Shape(200, 200, 1), new Shape(900, 900, 2))) {
      int count = shape.size() > 100_000 ? 2 : 70;
      Random random = new Random(shape.size());
      float[] x = new float[count * shape.size() + 5];
      for (int i = 0; i < x.length; i++) {
        x[i] = random.nextFloat();
      }
      Views views = Views.of(shape, BOTH);
      Views.Asked network = (in, n) -> outputs(in, n, shape.size());
      int[] most = new int[1];
      float[] mean =
          views.mean(
              (in, n) -> {
                most[0] = Math.max(most[0], n);
                return network.outputs(in, n);
              },
              x,
              count);
      assertThat(most[0]).isBetween(1, 256);
      assertThat((long) most[0] * shape.size())
          .isLessThanOrEqualTo(Math.max(shape.size(), 1 << 20));
      assertThat(mean).hasSize(count * 2);
      List<float[]> shown = shown(views, shape, x, count);
      for (int i = 0; i < count; i++) {
        double[] sums = new double[2];
        for (int v = 0; v < 8; v++) {
          float[] y = network.outputs(shown.get(i * 8 + v), 1);
          sums[0] += y[0];
          sums[1] += y[1];
        }
        assertThat((double) mean[2 * i]).isCloseTo(sums[0] / 8, within(1e-6));
        assertThat((double) mean[2 * i + 1]).isCloseTo(sums[1] / 8, within(1e-6));
      }
    }
  }

  /** Two outputs that depend on where values stand. */
  private static float[] outputs(float[] x, int count, int size) {
    float[] y = new float[count * 2];
    for (int i = 0; i < count; i++) {
      y[2 * i] = x[i * size] * x[i * size + 1];
      y[2 * i + 1] = x[i * size + size - 1] - x[i * size + 2];
    }
    return y;
  }

  @Test
  void oneViewIsTheInputItself() {
    float[] x = counted(6);
    float[] mean =
        Views.ONE.mean(
            (in, n) -> {
              assertThat(in).isSameAs(x);
              return new float[] {n};
            },
            x,
            3);
    assertThat(mean).containsExactly(3);
  }
}
