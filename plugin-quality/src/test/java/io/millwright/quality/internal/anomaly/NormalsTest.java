package io.millwright.quality.internal.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.util.SortedMap;
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
    assertThat(Known.score(normals.distances(cells(random, 0)), Known.STRANGEST, true))
        .isBetween(0.5, 4.0);
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

  /** Grain that is a little coarser all over shows in the texture, in no cell alone. */
  @Test
  void whatChangesALittleEverywhereIsSeenByTheTexture() {
    Random random = new Random(4);
    List<float[][]> good = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      good.add(cells(random, 0));
    }
    Members members = new Members(Normals.of(good), List.of(), Optional.of(Members.texture(good)));
    double[][] held = new double[40][];
    double[] changed = new double[members.count()];
    for (int i = 0; i < held.length; i++) {
      float[][] image = cells(random, 0);
      held[i] = scores(members, image);
      for (float[] cell : image) {
        for (int j = 0; j < cell.length; j++) {
          cell[j] = 1.25f * cell[j];
        }
      }
      double[] own = scores(members, image);
      for (int m = 0; m < changed.length; m++) {
        changed[m] += own[m] / held.length;
      }
    }
    Blend blend = new Blend(false, new double[] {0, 0.25, 0.25, 0.5}, Blend.levels(held));
    double texture = blend.levels()[3].standard(changed[3]);
    assertThat(texture).isGreaterThan(1.5 * blend.levels()[1].standard(changed[1]));
    assertThat(blend.score(changed)).isGreaterThan(3);
  }

  /** All together count, unless one kind of member sees planted defects clearly better. */
  @Test
  void theAverageStandsUnlessOneMemberSeesClearlyMore() {
    Random random = new Random(5);
    List<float[][]> good = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      good.add(cells(random, 0));
    }
    Whole whole = whole(stripes(), 4);
    Members members =
        new Members(Normals.of(good), List.of(whole, whole), Optional.of(Members.texture(good)));
    double[][] unharmed = new double[200][];
    double[][] alike = new double[200][];
    double[][] first = new double[200][];
    for (int i = 0; i < unharmed.length; i++) {
      unharmed[i] = random.doubles(6, 0, 1).toArray();
      alike[i] = random.doubles(6, 0.3, 1.3).toArray();
      first[i] = random.doubles(6, 0, 1).toArray();
      first[i][0] += 0.6;
    }
    Blend.Level[] levels = Blend.levels(unharmed);
    double sixth = 1.0 / 6;
    assertThat(members.weights(levels, unharmed, alike))
        .containsExactly(0, sixth, sixth, sixth, sixth, 2 * sixth);
    assertThat(members.weights(levels, unharmed, first)).containsExactly(1, 0, 0, 0, 0, 0);
  }

  private static double[] scores(Members members, float[][] cells) {
    return members.scores(cells, members.known().distances(cells), List.of(), false);
  }

  @Test
  void modelsOfTheEarlierFiltersAnswerAsBefore() {
    Cells cells = new FilterCells();
    List<Image> good = stripes();
    List<float[][]> all = good.stream().map(cells::of).toList();
    Space space = Space.fit(all, Space.REMEMBERED);
    AnomalyParts parts =
        parts(
            good,
            space,
            new Members(
                Memory.of(all.stream().map(space::project).toList()).rounded(),
                List.of(whole(good, 4)),
                Optional.empty()),
            new double[] {0.5, 0.5});
    assertThat(parts.texts()).containsEntry("kind", "memory of cells and wholes 1");
    AnomalyParts read = AnomalyParts.of(model(parts, parts.numbers()));
    assertThat(read.open()).isInstanceOf(FilterCells.class);
    Image image = stripes(77, true);
    assertThat(read.judge(image, read.open())).isEqualTo(parts.judge(image, cells));
  }

  @Test
  void modelsWithAndWithoutTextureAnswerAlikeOnceRead() {
    Cells cells = new DirectedCells();
    List<Image> good = stripes();
    List<float[][]> all = good.stream().map(cells::of).toList();
    Space space = Space.fit(all, 6);
    List<float[][]> projected = all.stream().map(space::project).toList();
    Known known = Normals.of(projected).rounded();
    AnomalyParts without =
        parts(
            good,
            space,
            new Members(known, List.of(whole(good, 6)), Optional.empty()),
            new double[] {0.5, 0.5});
    assertThat(without.texts()).containsEntry("kind", "normals of cells and wholes 1");
    Members members =
        new Members(
            known,
            List.of(whole(good, 4), whole(good, 8)),
            Optional.of(Members.texture(projected)));
    AnomalyParts with = parts(good, space, members, new double[] {0, 0.2, 0.2, 0.1, 0.1, 0.4});
    for (AnomalyParts parts : List.of(without, with)) {
      AnomalyParts read = AnomalyParts.of(model(parts, parts.numbers()));
      assertThat(read.open()).isInstanceOf(DirectedCells.class);
      Image image = stripes(77, true);
      assertThat(read.judge(image, read.open())).isEqualTo(parts.judge(image, cells));
    }
    for (String name : List.of("grid", "components", "whole axes", "weights", "texture")) {
      SortedMap<String, List<Double>> numbers = with.numbers();
      numbers.put(name, numbers.get(name).subList(1, numbers.get(name).size()));
      assertThatThrownBy(() -> AnomalyParts.of(model(with, numbers)))
          .hasMessageContaining("parameters of a model of good parts are wrong");
    }
  }

  private static List<Image> stripes() {
    List<Image> good = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      good.add(stripes(i, false));
    }
    return good;
  }

  private static Whole whole(List<Image> good, int grid) {
    return Whole.fit(good.stream().map(image -> Whole.of(image, grid)).toList(), grid).kept(3);
  }

  private static AnomalyParts parts(
      List<Image> good, Space space, Members members, double[] weights) {
    Blend.Level[] levels = new Blend.Level[weights.length];
    for (int m = 0; m < levels.length; m++) {
      levels[m] = new Blend.Level(1 + m, 1 + 0.5 * m);
    }
    return new AnomalyParts(
        Optional.empty(),
        space,
        members,
        new Blend(true, weights, levels),
        3,
        Optional.of(Seen.of(good)));
  }

  private static ComposedModel model(AnomalyParts parts, SortedMap<String, List<Double>> numbers) {
    return ComposedModel.builder()
        .task(Quality.ANOMALY)
        .inputs(Schema.of(Column.image("image")))
        .texts(parts.texts())
        .numbers(numbers)
        .evaluation(Evaluation.builder().protocol("test").samples(1).figures(Map.of()).build())
        .provenance(Provenance.builder().producer("test").created(Instant.EPOCH).build())
        .build();
  }
}
