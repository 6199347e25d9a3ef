package io.millwright.quality.internal.causes;

import io.millwright.api.data.Table;
import io.millwright.quality.CauseGraph;
import io.millwright.quality.Incident;
import io.millwright.quality.RootRanking;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Takes from each component what unusual components pass on to it. */
final class Roots {

  private static final double UNUSUAL = 2;
  private static final double CHANCE = 0.05;
  private static final int LEAST = 50;
  private static final int WINDOWS = 5;

  /** A component at work in fewer of the rows before has nothing to be compared with. */
  private static final double AT_WORK = 0.05;

  private final List<Incident.Component> components;
  private final boolean[] known;
  private final int[][] sources;
  private final double[] deviation;

  private Roots(
      List<Incident.Component> components, boolean[] known, int[][] sources, double[] deviation) {
    this.components = components;
    this.known = known;
    this.sources = sources;
    this.deviation = deviation;
  }

  static RootRanking of(Incident incident) {
    int rows = incident.during().rows();
    int before = incident.before().rows();
    if (rows < 1 || before < LEAST || before < WINDOWS * rows) {
      throw Checks.few(
          before
              + " rows before and "
              + rows
              + " during: "
              + LEAST
              + " before and "
              + WINDOWS
              + " times as many as during are needed\nMaybe take fewer rows of the incident");
    }
    List<Incident.Component> all = above(incident);
    int n = all.size();
    double[][] normal = new double[n][];
    double[] now = new double[n];
    boolean[] known = new boolean[n];
    for (int k = 0; k < n; k++) {
      normal[k] = amounts(incident.before(), all.get(k));
      long busy = Arrays.stream(normal[k]).filter(v -> !Double.isNaN(v)).count();
      known[k] = busy >= AT_WORK * before && at(incident.before(), all.get(k)) >= AT_WORK * before;
      double mean = mean(normal[k], 0, before);
      now[k] = mean(amounts(incident.during(), all.get(k)), 0, rows) - mean;
      for (int r = 0; r < before; r++) {
        normal[k][r] -= mean;
      }
    }
    double[][] windows = new double[before - rows + 1][n];
    double[] deviation = new double[n];
    for (int k = 0; k < n; k++) {
      for (int w = 0; w < windows.length; w++) {
        windows[w][k] = mean(normal[k], w, w + rows);
        deviation[k] += windows[w][k] * windows[w][k] / windows.length;
      }
      deviation[k] = Math.sqrt(deviation[k]);
    }
    Roots roots = new Roots(all, known, sources(incident, all), deviation);
    List<RootRanking.Root> ranked = roots.ranked(now);
    double first = ranked.get(0).sure();
    double chance =
        Arrays.stream(windows).filter(w -> roots.ranked(w).get(0).sure() >= first).count()
            / (double) windows.length;
    boolean named = chance < CHANCE && first > 0;
    return new RootRanking(named, chance, ranked, words(incident.target(), named, chance, ranked));
  }

  /** The target and what it depends on, by whatever way. */
  private static List<Incident.Component> above(Incident incident) {
    List<String> names = new ArrayList<>(List.of(incident.target()));
    Deque<String> open = new ArrayDeque<>(names);
    while (!open.isEmpty()) {
      String one = open.pop();
      for (CauseGraph.Link link : incident.links()) {
        if (link.to().equals(one) && !names.contains(link.from())) {
          names.add(link.from());
          open.push(link.from());
        }
      }
    }
    return incident.components().stream().filter(c -> names.contains(c.name())).toList();
  }

  private static int[][] sources(Incident incident, List<Incident.Component> all) {
    return all.stream()
        .map(
            c ->
                IntStream.range(0, all.size())
                    .filter(
                        k ->
                            incident.links().stream()
                                .anyMatch(
                                    l ->
                                        l.to().equals(c.name())
                                            && l.from().equals(all.get(k).name())))
                    .toArray())
        .toArray(int[][]::new);
  }

  private static boolean has(Table table, String column) {
    return table.schema().columns().stream().anyMatch(c -> c.name().equals(column));
  }

  /** In how many rows a component was at work. */
  private static long at(Table table, Incident.Component c) {
    if (c.volume().isEmpty()) {
      return table.rows();
    }
    return has(table, c.volume())
        ? Arrays.stream(table.numbers(c.volume())).filter(v -> v > 0).count()
        : 0;
  }

  /** Level times volume; 0 where nothing passed, NaN where the level is not known. */
  private static double[] amounts(Table table, Incident.Component c) {
    double[] out = new double[table.rows()];
    if (!has(table, c.level()) || !c.volume().isEmpty() && !has(table, c.volume())) {
      return out;
    }
    double[] level = table.numbers(c.level());
    double[] volume = c.volume().isEmpty() ? null : table.numbers(c.volume());
    for (int r = 0; r < out.length; r++) {
      double times = volume == null ? 1 : volume[r];
      out[r] = times > 0 ? level[r] * times : 0;
    }
    return out;
  }

  private static double mean(double[] x, int from, int to) {
    double sum = 0;
    int n = 0;
    for (int r = from; r < to; r++) {
      if (!Double.isNaN(x[r])) {
        sum += x[r];
        n++;
      }
    }
    return n == 0 ? 0 : sum / n;
  }

  private List<RootRanking.Root> ranked(double[] risen) {
    List<RootRanking.Root> out = new ArrayList<>();
    for (int k = 0; k < risen.length; k++) {
      double own = risen[k];
      double square = deviation[k] * deviation[k];
      for (int source : sources[k]) {
        if (known[source] && risen[source] > UNUSUAL * deviation[source]) {
          own -= risen[source];
          square += deviation[source] * deviation[source];
        }
      }
      double sure = known[k] ? own - UNUSUAL * Math.sqrt(square) : Double.NEGATIVE_INFINITY;
      out.add(new RootRanking.Root(components.get(k).name(), own, sure));
    }
    out.sort(Comparator.comparingDouble(RootRanking.Root::sure).reversed());
    return out;
  }

  private static String words(
      String target, boolean named, double chance, List<RootRanking.Root> roots) {
    if (!named) {
      return String.format(
          Locale.ROOT,
          "no root is named: %.0f %% of normal windows show as much on the way to %s",
          100 * chance,
          target);
    }
    RootRanking.Root first = roots.get(0);
    String words =
        String.format(
            Locale.ROOT,
            "%s passes on %.4g a row more than before and than it receives",
            first.component(),
            first.own());
    return roots.size() > 1 && roots.get(1).sure() > 0
        ? words + String.format(Locale.ROOT, "; then %s", roots.get(1).component())
        : words;
  }
}
