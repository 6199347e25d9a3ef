package io.millwright.quality.internal.causes;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Table;
import io.millwright.quality.Attribution;
import io.millwright.quality.CauseGraph;
import io.millwright.quality.CausePlan;
import io.millwright.quality.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Takes the shift of a mean apart along a graph of linear mechanisms. */
final class Attributing {

  private static final int ROWS_AN_INPUT = 10;
  private static final double MOST_ALPHA = 0.3;

  /**
   * How often tests and rows of all resamples may agree on a wrong direction: the share of links,
   * and of neighbours in the order, that are turned in a resample where steps do not tell.
   */
  private static final double TURNED = 0.2;

  private final int[] order;
  private final int[][] causes;
  private final int target;

  private Attributing(int[] order, int[][] causes, int target) {
    this.order = order;
    this.causes = causes;
    this.target = target;
  }

  static Attribution of(
      Table before, Table after, String target, CauseGraph graph, CausePlan plan, double level) {
    List<String> names = graph.columns();
    if (!names.contains(target)) {
      throw new MillwrightException(
          ErrorCode.MISSING_COLUMN,
          "the graph has no column '" + target + "'\nMaybe one of " + names);
    }
    List<Data> both = Data.of(List.of(before, after), names);
    if (both.get(0).rows() < 20 || both.get(1).rows() < 5) {
      throw Checks.few(
          both.get(0).rows()
              + " whole rows before and "
              + both.get(1).rows()
              + " after: 20 and 5 are needed");
    }
    int t = names.indexOf(target);
    if (both.get(0).levels[t] > 0) {
      throw new MillwrightException(
          ErrorCode.WRONG_TYPE,
          "column '" + target + "' holds categories\nMaybe write pass and fail as 0 and 1");
    }
    int[] steps = steps(plan, names);
    int rows = both.get(0).rows();
    Attributing a = of(graph, steps, t, rows, null);
    boolean learnt = graph.links().stream().anyMatch(l -> l.strength() < 1 || !l.directed());
    double[] parts = a.parts(both.get(0), both.get(1));
    SplittableRandom random = new SplittableRandom(plan.key());
    int n = names.size();
    double[][] drawn = new double[n + 1][plan.resamples()];
    for (int k = 0; k < plan.resamples(); k++) {
      Data old = both.get(0).drawn(random);
      Attributing other = a;
      if (learnt) {
        // How sure a link must be is drawn too: weak links are missed by the same tests each time.
        double alpha =
            Math.min(MOST_ALPHA, plan.alpha() * Math.pow(10, random.nextDouble(-1, 1.5)));
        other = of(turned(Graphs.again(old, steps, alpha), steps, random), steps, t, rows, random);
      }
      double[] again = other.parts(old, both.get(1).drawn(random));
      double sum = Arrays.stream(again).sum();
      for (int c = 0; c < n; c++) {
        drawn[c][k] = again[c] / sum;
      }
      drawn[n][k] = sum;
    }
    double shift = Arrays.stream(parts).sum();
    List<Attribution.Part> all = new ArrayList<>();
    for (int c = 0; c < n; c++) {
      Span share = span(parts[c] / shift, drawn[c], level);
      // A column that only some graphs lead to the target has no part yet, but may have one.
      if (parts[c] != 0 || share.low() < 0 || share.high() > 0) {
        all.add(new Attribution.Part(names.get(c), share));
      }
    }
    all.sort(Comparator.comparingDouble((Attribution.Part p) -> p.share().value()).reversed());
    Span moved = span(shift, drawn[n], level);
    return new Attribution(moved, all, words(target, moved, all, level));
  }

  private static int[] steps(CausePlan plan, List<String> names) {
    int[] steps = new int[names.size()];
    for (int s = 0; s < plan.steps().size(); s++) {
      for (String name : plan.steps().get(s)) {
        if (names.contains(name)) {
          steps[names.indexOf(name)] = s;
        }
      }
    }
    return steps;
  }

  private static Span span(double value, double[] drawn, double level) {
    if (drawn.length == 0) {
      return new Span(value, Double.NaN, Double.NaN);
    }
    double[] sorted = drawn.clone();
    Arrays.sort(sorted);
    double edge = (1 - level) / 2 * (sorted.length - 1);
    return new Span(
        value, sorted[(int) Math.floor(edge)], sorted[(int) Math.ceil(sorted.length - 1 - edge)]);
  }

  private static String words(
      String target, Span shift, List<Attribution.Part> parts, double level) {
    String moved =
        String.format(
            Locale.ROOT,
            "%s %s by %.4g",
            target,
            shift.value() < 0 ? "fell" : "rose",
            Math.abs(shift.value()));
    if (shift.low() <= 0 && shift.high() >= 0) {
      return moved + ", which may be chance: the parts mean nothing";
    }
    if (parts.isEmpty()) {
      return moved;
    }
    Attribution.Part first = parts.get(0);
    String share =
        String.format(
            Locale.ROOT, "%s: %.0f %% of it comes from ", moved, 100 * first.share().value());
    String own =
        first.column().equals(target) ? target + " itself, not its causes" : first.column();
    return Double.isNaN(first.share().low())
        ? share + own
        : share
            + own
            + String.format(
                Locale.ROOT,
                " (%.0f %% interval %.0f to %.0f)",
                100 * level,
                100 * first.share().low(),
                100 * first.share().high());
  }

  /**
   * Directed links first; what they leave open goes from the earlier column to the later. With a
   * random generator the order that links leave open is drawn, and all that comes earlier counts as
   * a cause, so that links that were missed have their share in half of the draws.
   */
  private static Attributing of(
      CauseGraph graph, int[] steps, int target, int rows, @Nullable SplittableRandom random) {
    int n = graph.columns().size();
    boolean[][] arcs = new boolean[n][n];
    List<CauseGraph.Link> links = new ArrayList<>(graph.links());
    links.sort(Comparator.comparing(l -> !l.directed()));
    for (CauseGraph.Link link : links) {
      int i = graph.columns().indexOf(link.from());
      int j = graph.columns().indexOf(link.to());
      if (steps[i] > steps[j]) {
        throw Checks.bad(
            "the link "
                + link.from()
                + " to "
                + link.to()
                + " goes against the steps\nMaybe give the steps that the graph was found with");
      }
      if (!reaches(arcs, j, i)) {
        arcs[i][j] = true;
      } else if (link.directed()) {
        throw Checks.bad(
            "the link " + link.from() + " to " + link.to() + " closes a circle\nMaybe remove one");
      } else {
        arcs[j][i] = true;
      }
    }
    int[] order = order(arcs, steps, random);
    if (random != null) {
      turn(order, arcs, steps, random);
    }
    int[] place = new int[n];
    for (int at = 0; at < n; at++) {
      place[order[at]] = at;
    }
    int[][] causes = new int[n][];
    for (int c = 0; c < n; c++) {
      int one = c;
      // A weak link that the tests missed would put its part elsewhere: all of earlier steps count.
      boolean[] before = new boolean[n];
      int many = 0;
      for (int k = 0; k < n; k++) {
        before[k] = random == null ? steps[k] < steps[c] : place[k] < place[c];
        many += before[k] ? 1 : 0;
      }
      boolean enough = rows >= ROWS_AN_INPUT * many;
      causes[c] = IntStream.range(0, n).filter(k -> arcs[k][one] || enough && before[k]).toArray();
    }
    return new Attributing(order, causes, target);
  }

  /** Columns so that causes and earlier steps come first; the first one free, or one by chance. */
  private static int[] order(boolean[][] arcs, int[] steps, @Nullable SplittableRandom random) {
    int n = steps.length;
    int[] order = new int[n];
    boolean[] done = new boolean[n];
    for (int at = 0; at < n; at++) {
      int[] free =
          IntStream.range(0, n)
              .filter(
                  c ->
                      !done[c]
                          && IntStream.range(0, n)
                              .allMatch(k -> done[k] || !arcs[k][c] && steps[k] >= steps[c]))
              .toArray();
      order[at] = free[random == null ? 0 : random.nextInt(free.length)];
      done[order[at]] = true;
    }
    return order;
  }

  /** Now and then a link the other way, unless that closes a circle. */
  private static CauseGraph turned(CauseGraph graph, int[] steps, SplittableRandom random) {
    List<String> names = graph.columns();
    List<CauseGraph.Link> links = new ArrayList<>();
    for (CauseGraph.Link l : graph.links()) {
      boolean told = steps[names.indexOf(l.from())] < steps[names.indexOf(l.to())];
      links.add(
          random.nextDouble() < TURNED && !told
              ? new CauseGraph.Link(l.to(), l.from(), false, l.strength())
              : l);
    }
    return new CauseGraph(names, links);
  }

  /** Now and then neighbours in the order change places. */
  private static void turn(int[] order, boolean[][] arcs, int[] steps, SplittableRandom random) {
    for (int at = 1; at < order.length; at++) {
      int i = order[at - 1];
      int j = order[at];
      if (steps[i] == steps[j] && random.nextDouble() < TURNED) {
        order[at - 1] = j;
        order[at] = i;
        arcs[j][i] = arcs[i][j];
        arcs[i][j] = false;
      }
    }
  }

  private static boolean reaches(boolean[][] arcs, int from, int to) {
    if (from == to) {
      return true;
    }
    for (int k = 0; k < arcs.length; k++) {
      if (arcs[from][k] && reaches(arcs, k, to)) {
        return true;
      }
    }
    return false;
  }

  /** What each column contributes; the sum is the shift of the target's mean. */
  private double[] parts(Data before, Data after) {
    int n = order.length;
    double[][] effect = new double[n][];
    for (int c = 0; c < n; c++) {
      effect[c] = new double[before.levels[c] == 0 ? 1 : Math.max(0, before.levels[c] - 1)];
    }
    effect[target][0] = 1;
    double[] parts = new double[n];
    for (int at = n - 1; at >= 0; at--) {
      int c = order[at];
      if (Arrays.stream(effect[c]).allMatch(v -> v == 0)) {
        continue;
      }
      if (before.levels[c] > 0) {
        // The frequencies of categories are taken as they are: their change is their own.
        double[][] old = before.inputs(c, false);
        double[][] now = after.inputs(c, false);
        for (int k = 0; k < old.length; k++) {
          parts[c] += effect[c][k] * (Linear.mean(now[k]) - Linear.mean(old[k]));
        }
        continue;
      }
      Linear model = Linear.of(before, c, causes[c]);
      double own = Linear.mean(after.values[c]) - model.at(Linear.inputs(after, causes[c]));
      parts[c] = effect[c][0] * own;
      int input = 0;
      for (int k : causes[c]) {
        for (int m = 0; m < effect[k].length; m++) {
          effect[k][m] += effect[c][0] * model.coefficient(input++);
        }
      }
    }
    return parts;
  }
}
