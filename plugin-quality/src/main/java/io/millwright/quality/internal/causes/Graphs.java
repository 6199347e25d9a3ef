package io.millwright.quality.internal.causes;

import io.millwright.api.data.Table;
import io.millwright.quality.CauseGraph;
import io.millwright.quality.CausePlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** The structure of a table, with the strength of its links. */
final class Graphs {

  private static final int LEAST = 20;

  /** The share of resamples that must agree on a direction that tests leave open. */
  private static final double AGREED = 0.8;

  private Graphs() {}

  static CauseGraph of(Table table, CausePlan plan) {
    List<String> names =
        plan.steps().isEmpty()
            ? Data.telling(table)
            : plan.steps().stream().flatMap(List::stream).toList();
    int[] steps = new int[names.size()];
    for (int s = 0; s < plan.steps().size(); s++) {
      for (String name : plan.steps().get(s)) {
        steps[names.indexOf(name)] = s;
      }
    }
    Data data = Data.of(table, names);
    check(data);
    Structure found = Structure.of(data, steps, plan.alpha());
    int n = names.size();
    double[][] seen = new double[n][n];
    double[][] ahead = new double[n][n];
    SplittableRandom random = new SplittableRandom(plan.key());
    for (int k = 0; k < plan.resamples(); k++) {
      Data drawn = data.drawn(random);
      Structure again = Structure.of(drawn, steps, plan.alpha());
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          seen[i][j] += again.joined(i, j) ? 1.0 / plan.resamples() : 0;
          if (i < j && numbers(data, i, j) && found.open(i, j)) {
            ahead[i][j] += forward(drawn, found, i, j) ? 1.0 / plan.resamples() : 0;
          }
        }
      }
    }
    for (int i = 0; i < n && plan.resamples() > 0; i++) {
      for (int j = i + 1; j < n; j++) {
        if (found.open(i, j) && numbers(data, i, j)) {
          if (ahead[i][j] >= AGREED) {
            found.orient(i, j);
          } else if (ahead[i][j] <= 1 - AGREED) {
            found.orient(j, i);
          }
        }
      }
    }
    found.close();
    return graph(names, found, seen, plan.resamples());
  }

  /** The graph that other rows give, every link with the direction that they favour. */
  static CauseGraph again(Data drawn, int[] steps, double alpha) {
    Structure found = Structure.of(drawn, steps, alpha);
    for (int i = 0; i < steps.length; i++) {
      for (int j = i + 1; j < steps.length; j++) {
        if (found.open(i, j) && numbers(drawn, i, j)) {
          if (forward(drawn, found, i, j)) {
            found.orient(i, j);
          } else {
            found.orient(j, i);
          }
        }
      }
    }
    return graph(drawn.names, found, new double[0][0], 0);
  }

  private static CauseGraph graph(List<String> names, Structure found, double[][] seen, int times) {
    List<CauseGraph.Link> links = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      for (int j = 0; j < names.size(); j++) {
        if (found.into(i, j) || i < j && found.open(i, j)) {
          links.add(
              new CauseGraph.Link(
                  names.get(i),
                  names.get(j),
                  found.into(i, j),
                  times == 0 ? 1 : Math.min(1, seen[i][j])));
        }
      }
    }
    return new CauseGraph(names, links);
  }

  private static boolean numbers(Data data, int i, int j) {
    return data.levels[i] == 0 && data.levels[j] == 0;
  }

  /** Whether i drives j, what is known to drive either taken out of both. */
  private static boolean forward(Data data, Structure found, int i, int j) {
    int[] causes = new int[data.columns()];
    int n = 0;
    for (int k = 0; k < causes.length; k++) {
      if (found.into(k, i) || found.into(k, j)) {
        causes[n++] = k;
      }
    }
    int[] known = Arrays.copyOf(causes, n);
    return Pairwise.ratio(
            Linear.of(data, i, known).rest(data, i), Linear.of(data, j, known).rest(data, j))
        > 0;
  }

  private static void check(Data data) {
    if (data.rows() < LEAST) {
      throw Checks.few(
          data.rows()
              + " rows without gaps: a graph needs "
              + LEAST
              + "\nMaybe leave out columns with many gaps");
    }
    for (int c = 0; c < data.columns(); c++) {
      double[] x = data.values[c];
      if (Arrays.stream(x).allMatch(v -> v == x[0])) {
        throw Checks.bad(
            "column '" + data.names.get(c) + "' never varies\nMaybe leave it out of the steps");
      }
      if (data.levels[c] > 50) {
        throw Checks.bad(
            "column '"
                + data.names.get(c)
                + "' has "
                + data.levels[c]
                + " categories: at most 50\nMaybe it is a number of parts or a name: leave it out");
      }
    }
  }
}
