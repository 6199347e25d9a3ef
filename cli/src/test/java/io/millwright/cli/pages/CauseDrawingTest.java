package io.millwright.cli.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.millwright.quality.CauseGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A link that runs through the box of another variable reads as a link to that. */
class CauseDrawingTest {

  private static final Pattern BOX =
      Pattern.compile("<rect x='([0-9.]+)' y='([0-9.]+)' width='(\\d+)' height='(\\d+)'");
  private static final Pattern LINK = Pattern.compile("<path d='(M[^']+)' fill='none'");
  private static final Pattern STEP = Pattern.compile("([MLHC])([-0-9. ]+)");

  private static void keepsClear(CauseGraph graph) {
    String svg = new CauseDrawing(graph).svg(graph.columns().get(graph.columns().size() - 1));
    List<double[]> boxes = new ArrayList<>();
    Matcher box = BOX.matcher(svg);
    while (box.find()) {
      boxes.add(IntStream.rangeClosed(1, 4).mapToDouble(g -> number(box.group(g))).toArray());
    }
    assertThat(boxes).hasSize(graph.columns().size());
    int links = 0;
    Matcher link = LINK.matcher(svg);
    while (link.find()) {
      links++;
      for (double[] at : points(link.group(1))) {
        for (double[] b : boxes) {
          boolean inside =
              at[0] > b[0] + 1
                  && at[0] < b[0] + b[2] - 1
                  && at[1] > b[1] + 1
                  && at[1] < b[1] + b[3] - 1;
          assertThat(inside).as(link.group(1)).isFalse();
        }
      }
    }
    assertThat(links).isEqualTo(graph.links().size());
  }

  private static double number(String text) {
    return Double.parseDouble(text);
  }

  /** Points along a path of straight steps; a bow by its own formula. */
  private static List<double[]> points(String path) {
    List<double[]> all = new ArrayList<>();
    double x = 0;
    double y = 0;
    Matcher step = STEP.matcher(path);
    while (step.find()) {
      double[] v =
          Pattern.compile(" ")
              .splitAsStream(step.group(2).trim())
              .mapToDouble(CauseDrawingTest::number)
              .toArray();
      double endX = step.group(1).equals("C") ? v[4] : v[0];
      double endY = step.group(1).equals("H") ? y : step.group(1).equals("C") ? v[5] : v[1];
      for (double t = 0; t <= 1; t += 0.01) {
        if (step.group(1).equals("C")) {
          double s = 1 - t;
          all.add(
              new double[] {
                s * s * s * x + 3 * s * s * t * v[0] + 3 * s * t * t * v[2] + t * t * t * v[4],
                s * s * s * y + 3 * s * s * t * v[1] + 3 * s * t * t * v[3] + t * t * t * v[5]
              });
        } else if (!step.group(1).equals("M")) {
          all.add(new double[] {x + t * (endX - x), y + t * (endY - y)});
        }
      }
      x = endX;
      y = endY;
    }
    return all;
  }

  @Test
  void aLinkPastAColumnLeavesItsBoxesAlone() {
    keepsClear(
        new CauseGraph(
            List.of("moisture", "mould", "pressure", "scrap"),
            List.of(
                CauseGraph.Link.known("moisture", "mould"),
                CauseGraph.Link.known("moisture", "scrap"),
                CauseGraph.Link.known("mould", "scrap"),
                CauseGraph.Link.known("pressure", "scrap"))));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void soDoAllOfDrawnGraphs(long key) {
    Random random = new Random(key);
    int size = 4 + random.nextInt(14);
    List<String> names = IntStream.range(0, size).mapToObj(i -> "v" + i).toList();
    List<CauseGraph.Link> links = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      for (int j = i + 1; j < size; j++) {
        if (random.nextInt(4) == 0) {
          links.add(new CauseGraph.Link("v" + i, "v" + j, random.nextInt(4) > 0, 0.8));
        }
      }
    }
    keepsClear(new CauseGraph(names, links));
  }
}
