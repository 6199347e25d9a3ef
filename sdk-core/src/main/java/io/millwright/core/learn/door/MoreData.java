package io.millwright.core.learn.door;

import io.millwright.api.data.ColumnType;
import io.millwright.api.data.Table;
import io.millwright.runtime.support.KeyedRandom;
import io.millwright.runtime.support.KeyedRandom.Purpose;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Whether more rows of the same kind would help, by the learning curve of five nearest neighbours
 * (Cover and Hart 1967) with a half and with all of the rows: a method without assumptions, so that
 * its curve tells of the data and not of a model.
 */
final class MoreData<L> {

  private static final int FEWEST = 200;
  private static final int MOST = 2000;
  static final int NEIGHBOURS = 5;

  private final Layout<L> layout;
  private final boolean classes;

  MoreData(Layout<L> layout, boolean classes) {
    this.layout = layout;
    this.classes = classes;
  }

  /** One sentence, or none when there are too few rows to say. */
  List<String> remark() {
    List<Integer> rows = new ArrayList<>();
    for (int r = 0; r < layout.labels().size(); r++) {
      if (layout.labels().get(r) != null) {
        rows.add(r);
      }
    }
    if (rows.size() < FEWEST) {
      return List.of("too few rows to say whether more would help; they nearly always do");
    }
    KeyedRandom random = KeyedRandom.of(0, Purpose.AUGMENT, -2, 0);
    for (int i = rows.size() - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      Integer swap = rows.get(i);
      rows.set(i, rows.get(j));
      rows.set(j, swap);
    }
    List<Integer> used = rows.subList(0, Math.min(MOST, rows.size()));
    int judged = used.size() / 4;
    double[][] points = points(layout.inputs(), used);
    int learnt = used.size() - judged;
    double half = error(points, used, judged, judged + learnt / 2);
    double all = error(points, used, judged, used.size());
    if (!(half > 0) || !(all > 0)) {
      return List.of();
    }
    double gain = 1 - all / half;
    String sizes = learnt / 2 + " to " + learnt + " rows";
    return List.of(
        gain < 0.01
            ? "more rows of the same kind would hardly help: from "
                + sizes
                + " the error of nearest neighbours stays"
            : String.format(
                Locale.ROOT,
                "twice as many rows would help: from %s the error of nearest neighbours becomes"
                    + " %.0f %% smaller",
                sizes,
                100 * gain));
  }

  /** Standardised numbers, and 1 for each label of a category. */
  static double[][] points(Table inputs, List<Integer> used) {
    List<double[]> columns = new ArrayList<>();
    for (int c = 0; c < inputs.schema().size(); c++) {
      int column = c;
      ColumnType type = inputs.schema().columns().get(c).type();
      if (type == ColumnType.TIME || type == ColumnType.TEXT) {
        continue;
      }
      if (type.isText()) {
        List<String> texts =
            used.stream().map(r -> String.valueOf(inputs.label(r, column))).toList();
        texts.stream()
            .distinct()
            .limit(10)
            .forEach(
                t -> columns.add(texts.stream().mapToDouble(x -> x.equals(t) ? 1 : 0).toArray()));
      } else {
        double[] values = used.stream().mapToDouble(r -> inputs.number(r, column)).toArray();
        columns.add(standard(values));
      }
    }
    double[][] points = new double[used.size()][columns.size()];
    for (int c = 0; c < columns.size(); c++) {
      for (int i = 0; i < points.length; i++) {
        points[i][c] = columns.get(c)[i];
      }
    }
    return points;
  }

  private static double[] standard(double[] values) {
    double mean = 0;
    double count = 0;
    for (double v : values) {
      if (Double.isFinite(v)) {
        count++;
        mean += (v - mean) / count;
      }
    }
    double squares = 0;
    for (double v : values) {
      squares += Double.isFinite(v) ? (v - mean) * (v - mean) : 0;
    }
    double deviation = Math.sqrt(squares / Math.max(1, count));
    double[] standard = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      standard[i] =
          Double.isFinite(values[i]) && deviation > 0 ? (values[i] - mean) / deviation : 0;
    }
    return standard;
  }

  /** The error on the first rows of neighbours among those up to an end. */
  private double error(double[][] points, List<Integer> used, int judged, int end) {
    double wrong = 0;
    for (int i = 0; i < judged; i++) {
      int[] nearest = nearest(points, i, judged, end);
      L truth = label(used.get(i));
      if (classes) {
        wrong += vote(nearest, used).equals(truth) ? 0 : 1;
      } else {
        double mean = 0;
        for (int n : nearest) {
          mean += number(label(used.get(n))) / nearest.length;
        }
        wrong += Math.pow(mean - number(truth), 2);
      }
    }
    return classes ? wrong / judged : Math.sqrt(wrong / judged);
  }

  /** The nearest points of a part of them, that at the place itself included. */
  static int[] nearest(double[][] points, int at, int from, int to) {
    int[] best = new int[NEIGHBOURS];
    double[] distance = new double[NEIGHBOURS];
    java.util.Arrays.fill(distance, Double.POSITIVE_INFINITY);
    for (int j = from; j < to; j++) {
      double d = 0;
      for (int c = 0; c < points[j].length && d < distance[NEIGHBOURS - 1]; c++) {
        double gap = points[j][c] - points[at][c];
        d += gap * gap;
      }
      int place = NEIGHBOURS;
      while (place > 0 && d < distance[place - 1]) {
        place--;
      }
      if (place < NEIGHBOURS) {
        for (int k = NEIGHBOURS - 1; k > place; k--) {
          distance[k] = distance[k - 1];
          best[k] = best[k - 1];
        }
        distance[place] = d;
        best[place] = j;
      }
    }
    return best;
  }

  private L vote(int[] nearest, List<Integer> used) {
    Map<L, Integer> votes = new HashMap<>();
    L most = label(used.get(nearest[0]));
    for (int n : nearest) {
      L label = label(used.get(n));
      int count = votes.merge(label, 1, Integer::sum);
      if (count > votes.getOrDefault(most, 0)) {
        most = label;
      }
    }
    return most;
  }

  private L label(int row) {
    return Objects.requireNonNull(layout.labels().get(row));
  }

  private static double number(Object label) {
    return label instanceof Double d ? d : Double.NaN;
  }
}
