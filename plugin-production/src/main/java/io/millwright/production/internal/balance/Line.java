package io.millwright.production.internal.balance;

import io.millwright.production.BalanceProblem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tasks as numbers, in an order that keeps the precedence. Times in millionths of the unit. */
final class Line {

  static final double GRAIN = 1e6;

  final int n;
  final long[] time;
  final int[][] after;
  final int[][] before;
  final String[] names;
  final long total;

  /** The time of all tasks that follow a task, itself included (positional weight). */
  final long[] weight;

  /** The time of all tasks that must precede a task, itself included. */
  final long[] headWork;

  private Line(long[] time, int[][] after, String[] names) {
    this.n = time.length;
    this.time = time;
    this.after = after;
    this.names = names;
    List<List<Integer>> pred = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      pred.add(new ArrayList<>());
    }
    long sum = 0;
    for (int i = 0; i < n; i++) {
      sum += time[i];
      for (int j : after[i]) {
        pred.get(j).add(i);
      }
    }
    total = sum;
    before = new int[n][];
    for (int i = 0; i < n; i++) {
      before[i] = pred.get(i).stream().mapToInt(v -> v).toArray();
    }
    weight = closure(after, true);
    headWork = closure(before, false);
  }

  static Line of(BalanceProblem problem) {
    int n = problem.tasks().size();
    Map<String, Integer> place = new HashMap<>();
    for (int i = 0; i < n; i++) {
      place.put(problem.tasks().get(i).name(), i);
    }
    List<List<Integer>> next = new ArrayList<>();
    int[] open = new int[n];
    for (int i = 0; i < n; i++) {
      next.add(new ArrayList<>());
    }
    for (BalanceProblem.Precedence p : problem.before()) {
      int a = place.getOrDefault(p.first(), 0);
      int b = place.getOrDefault(p.second(), 0);
      if (!next.get(a).contains(b)) {
        next.get(a).add(b);
        open[b]++;
      }
    }
    int[] order = new int[n];
    int[] rank = new int[n];
    int filled = 0;
    for (int i = 0; i < n; i++) {
      if (open[i] == 0) {
        order[filled++] = i;
      }
    }
    for (int k = 0; k < filled; k++) {
      rank[order[k]] = k;
      for (int j : next.get(order[k])) {
        if (--open[j] == 0) {
          order[filled++] = j;
        }
      }
    }
    long[] time = new long[n];
    String[] names = new String[n];
    int[][] after = new int[n][];
    for (int k = 0; k < n; k++) {
      BalanceProblem.Task task = problem.tasks().get(order[k]);
      time[k] = Math.round(task.time() * GRAIN);
      names[k] = task.name();
      after[k] = next.get(order[k]).stream().mapToInt(j -> rank[j]).toArray();
    }
    return new Line(time, after, names);
  }

  /** The line from its other end. */
  Line reversed() {
    long[] t = new long[n];
    String[] s = new String[n];
    int[][] a = new int[n][];
    for (int i = 0; i < n; i++) {
      t[n - 1 - i] = time[i];
      s[n - 1 - i] = names[i];
      int[] b = before[i].clone();
      for (int k = 0; k < b.length; k++) {
        b[k] = n - 1 - b[k];
      }
      a[n - 1 - i] = b;
    }
    return new Line(t, a, s);
  }

  private long[] closure(int[][] arrows, boolean forward) {
    int words = (n + 63) / 64;
    long[][] reach = new long[n][words];
    long[] work = new long[n];
    for (int step = 0; step < n; step++) {
      int i = forward ? n - 1 - step : step;
      reach[i][i >> 6] |= 1L << (i & 63);
      for (int j : arrows[i]) {
        for (int w = 0; w < words; w++) {
          reach[i][w] |= reach[j][w];
        }
      }
      for (int j = 0; j < n; j++) {
        if ((reach[i][j >> 6] >>> (j & 63) & 1) != 0) {
          work[i] += time[j];
        }
      }
    }
    return work;
  }
}
