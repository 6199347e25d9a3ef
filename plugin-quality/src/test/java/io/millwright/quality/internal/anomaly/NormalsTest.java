package io.millwright.quality.internal.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import io.millwright.api.Evaluation;
import io.millwright.api.Provenance;
import io.millwright.api.data.Column;
import io.millwright.api.data.Image;
import io.millwright.api.data.Schema;
import io.millwright.api.spi.ComposedModel;
import io.millwright.quality.Quality;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Normal distributions of cells, filters that see directions, and models of earlier filters. */
class NormalsTest {

  private static final int PLACES = Cells.GRID * Cells.GRID;

  /** Cells of three correlated features; the last is the sum of the others but for a little. */
  private static float[][] cells(Random random, double apart) {
    float[][] cells = new float[PLACES][];
    for (int p = 0; p < PLACES; p++) {
      double a = random.nextGaussian();
      double b = random.nextGaussian();
      cells[p] = new float[] {(float) a, (float) b, (float) (a + b + 0.1 * random.nextGaussian())};
    }
    cells[37][2] += (float) apart;
    return cells;
  }

  @Test
  void whatNeverVariesIsStrangeWhereItDoes() {
    Random random = new Random(1);
    List<float[][]> good = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      good.add(cells(random, 0));
    }
    Normals normals = Normals.of(good);
    // Of 256 cells some have a sum of 4 (its deviation is 1.4); one that is none of its parts
    // shows.
    double[] strange = Known.beyondMedian(normals.distances(cells(random, 4)));
    int most = 0;
    for (int p = 1; p < PLACES; p++) {
      most = strange[p] > strange[most] ? p : most;
    }
    assertThat(most).isEqualTo(37);
    assertThat(strange[37]).isBetween(5.0, 40.0);
    assertThat(Known.score(normals.distances(cells(random, 0)), true)).isBetween(0.5, 4.0);
  }

  @Test
  void fewImagesGiveFiniteDistancesAndRoundedOnesStayNear() {
    Random random = new Random(2);
    List<float[][]> good = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      good.add(cells(random, 0));
    }
    good.forEach(image -> image[5] = new float[3]); // never varies at all
    Normals normals = Normals.of(good);
    float[][] image = cells(random, 0);
    double[] strange = normals.distances(image);
    double[] rounded = normals.rounded().distances(image);
    for (int p = 0; p < PLACES; p++) {
      assertThat(strange[p]).isFinite();
      assertThat(rounded[p]).isBetween(0.99 * strange[p] - 0.01, 1.01 * strange[p] + 0.01);
    }
  }

  private static Image stripes(long seed, boolean turned) {
    int side = 64;
    byte[] grey = new byte[side * side];
    Random random = new Random(seed);
    double phase = 6 * random.nextDouble();
    for (int i = 0; i < grey.length; i++) {
      int along = turned ? i / side : i % side;
      double value = 120 + 40 * Math.sin(along + phase) + 8 * random.nextGaussian();
      grey[i] = (byte) Math.max(0, Math.min(255, Math.round(value)));
    }
    return Image.of8("stripes", side, side, Image.Format.GREY8, grey);
  }

  @Test
  void aTurnedSurfaceIsStrange() {
    Cells cells = new DirectedCells();
    List<float[][]> good = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      good.add(cells.of(stripes(i, false)));
      assertThat(good.get(i)[0]).hasSize(DirectedCells.WIDTH);
    }
    // All cells of a turned surface are as strange: the median is what tells.
    float[] along = good.get(0)[100];
    float[] turned = cells.of(stripes(90, true))[100];
    float[] alike = cells.of(stripes(91, false))[100];
    assertThat(apart(along, turned)).isGreaterThan(5 * apart(along, alike));
  }

  private static double apart(float[] one, float[] other) {
    double sum = 0;
    for (int j = 0; j < one.length; j++) {
      sum += (one[j] - other[j]) * (one[j] - other[j]);
    }
    return sum;
  }

  @Test
  void modelsOfTheEarlierFiltersAnswerAsBefore() {
    Cells cells = new FilterCells();
    List<Image> good = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      good.add(stripes(i, false));
    }
    List<float[][]> all = good.stream().map(cells::of).toList();
    Space space = Space.fit(all, Space.REMEMBERED);
    AnomalyParts parts =
        new AnomalyParts(
            Optional.empty(),
            space,
            Memory.of(all.stream().map(space::project).toList()).rounded(),
            Whole.fit(good.stream().map(image -> Whole.of(image, 4)).toList(), 4).kept(3),
            new Blend(true, 0.5, new Blend.Level(1, 1), new Blend.Level(2, 1)),
            3,
            Optional.of(Seen.of(good)));
    ComposedModel model =
        ComposedModel.builder()
            .task(Quality.ANOMALY)
            .inputs(Schema.of(Column.image("image")))
            .texts(parts.texts())
            .numbers(parts.numbers())
            .evaluation(Evaluation.builder().protocol("test").samples(1).figures(Map.of()).build())
            .provenance(Provenance.builder().producer("test").created(Instant.EPOCH).build())
            .build();
    AnomalyParts read = AnomalyParts.of(model);
    assertThat(read.open()).isInstanceOf(FilterCells.class);
    Image image = stripes(77, true);
    assertThat(read.judge(image, read.open())).isEqualTo(parts.judge(image, cells));
  }
}
