package io.millwright.quality.internal.detection;

import io.millwright.api.data.Image;
import io.millwright.quality.Box;
import io.millwright.quality.Detection;
import io.millwright.quality.Detections;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Reads detections off what the network says. Thread-safe. */
final class Reader {

  private static final double LEAST_SCORE = 0.02;
  private static final double SAME = 0.5;
  private static final int MOST = 100;
  private static final int MOST_CANDIDATES = 600;

  private Reader() {}

  /** The detections of an image, by falling confidence. */
  static Detections of(Image image, BoxParts parts) {
    Grid grid = parts.grid();
    Plate plate = Plate.of(image, grid, parts.colour());
    double[] said = said(plate, parts);
    int kinds = parts.classes().size();
    int each = kinds + 5;
    double across = (double) image.width() / grid.width();
    double down = (double) image.height() / grid.height();
    List<Candidate> candidates = new ArrayList<>();
    List<Double> cells = new ArrayList<>();
    for (int p = 0; p < grid.cells(); p++) {
      int at = p * each;
      cells.add(said[at + each - 1]);
      int row = p / grid.columns();
      double x = (p % grid.columns() + 0.5) * Grid.CELL;
      double y = (row + 0.5) * Grid.CELL;
      for (int k = 0; k < kinds; k++) {
        if (said[at + k] >= LEAST_SCORE) {
          double left = Math.max(0, x - Grid.CELL * Grid.distance(said[at + kinds])) * across;
          double top = Math.max(0, y - Grid.CELL * Grid.distance(said[at + kinds + 1])) * down;
          double right =
              Math.min(grid.width(), x + Grid.CELL * Grid.distance(said[at + kinds + 2])) * across;
          double bottom =
              Math.min(grid.height(), y + Grid.CELL * Grid.distance(said[at + kinds + 3])) * down;
          candidates.add(new Candidate(k, new Box(left, top, right, bottom), said[at + k]));
        }
      }
    }
    List<Detection> found = new ArrayList<>();
    for (Candidate c : suppressed(candidates)) {
      found.add(new Detection(parts.classes().get(c.kind), c.box, parts.confidence().of(c.score)));
    }
    return new Detections(found, grid.rows(), grid.columns(), cells);
  }

  /** Class probabilities, logarithms of distances and cover, as the mean over the sides. */
  private static double[] said(Plate plate, BoxParts parts) {
    Grid grid = parts.grid();
    int views = parts.anySide() ? 4 : 1;
    int kinds = parts.classes().size();
    int each = kinds + 5;
    double[] mean = new double[parts.network().outputs()];
    float[] input = new float[parts.network().inputs()];
    for (int v = 0; v < views; v++) {
      boolean flipped = (v & 1) != 0;
      boolean upset = (v & 2) != 0;
      plate.lay(Change.view(flipped, upset), input, 0);
      float[] out = parts.network().outputs(input, 1);
      for (int row = 0; row < grid.rows(); row++) {
        for (int column = 0; column < grid.columns(); column++) {
          int from =
              ((upset ? grid.rows() - 1 - row : row) * grid.columns()
                      + (flipped ? grid.columns() - 1 - column : column))
                  * each;
          int to = (row * grid.columns() + column) * each;
          for (int k = 0; k < kinds; k++) {
            mean[to + k] += Grid.sigmoid(out[from + k] - Grid.RARE) / views;
          }
          for (int e = 0; e < 4; e++) {
            boolean swapped = e % 2 == 0 ? flipped : upset;
            mean[to + kinds + e] += out[from + kinds + (swapped ? (e + 2) % 4 : e)] / views;
          }
          mean[to + each - 1] += Grid.sigmoid(out[from + each - 1] - Grid.RARE) / views;
        }
      }
    }
    return mean;
  }

  private record Candidate(int kind, Box box, double score) {}

  /**
   * Non-maximum suppression within a class; what is kept takes the mean box of those that it
   * suppresses and nearly agree with it, weighed by score (box voting, Gidaris and Komodakis 2015).
   */
  private static List<Candidate> suppressed(List<Candidate> all) {
    List<Candidate> order = new ArrayList<>(all);
    order.sort(Comparator.comparingDouble(c -> -c.score));
    List<Candidate> left = order.subList(0, Math.min(MOST_CANDIDATES, order.size()));
    boolean[] gone = new boolean[left.size()];
    List<Candidate> kept = new ArrayList<>();
    for (int i = 0; i < left.size() && kept.size() < MOST; i++) {
      if (gone[i]) {
        continue;
      }
      Candidate best = left.get(i);
      double[] edges = new double[4];
      double weight = 0;
      for (int j = i; j < left.size(); j++) {
        Candidate other = left.get(j);
        double overlap = other.kind == best.kind ? best.box.overlap(other.box) : 0;
        if (overlap > SAME) {
          gone[j] = true;
          double w = other.score * overlap * overlap;
          edges[0] += w * other.box.left();
          edges[1] += w * other.box.top();
          edges[2] += w * other.box.right();
          edges[3] += w * other.box.bottom();
          weight += w;
        }
      }
      kept.add(
          new Candidate(
              best.kind,
              new Box(edges[0] / weight, edges[1] / weight, edges[2] / weight, edges[3] / weight),
              best.score));
    }
    return kept;
  }
}
