package io.millwright.quality.internal.causes;

import java.util.ArrayList;
import java.util.List;

/**
 * The PC algorithm in its order-independent form, with steps as prior knowledge. An arc i to j
 * holds where {@code arcs[i][j]}; a link without direction has both.
 */
final class Structure {

  /** Conditioning on more leaves no power. */
  private static final int DEEPEST = 4;

  final boolean[][] arcs;
  private final int[] steps;
  private final int[][][] separators;
  private final int n;

  private Structure(int[] steps) {
    this.steps = steps;
    n = steps.length;
    arcs = new boolean[n][n];
    separators = new int[n][n][];
  }

  /**
   * Finds the structure.
   *
   * @param data the rows
   * @param steps the step of each column; nothing of a later drives something of an earlier
   * @param alpha the level of the tests
   * @return the structure, its links directed as far as tests and steps tell
   */
  static Structure of(Data data, int[] steps, double alpha) {
    Structure s = new Structure(steps);
    s.skeleton(new Independence(data), alpha);
    s.direct();
    return s;
  }

  private void skeleton(Independence test, double alpha) {
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        arcs[i][j] = i != j;
      }
    }
    for (int depth = 0; depth <= DEEPEST; depth++) {
      boolean[][] before = new boolean[n][];
      for (int i = 0; i < n; i++) {
        before[i] = arcs[i].clone();
      }
      boolean any = false;
      for (int i = 0; i < n; i++) {
        for (int j = i + 1; j < n; j++) {
          if (arcs[i][j]) {
            any |= separate(test, alpha, before, depth, i, j);
            if (arcs[i][j] && depth > 0) {
              any |= separate(test, alpha, before, depth, j, i);
            }
          }
        }
      }
      if (!any) {
        return;
      }
    }
  }

  /** Whether there were enough neighbours to condition on. */
  private boolean separate(
      Independence test, double alpha, boolean[][] before, int depth, int i, int j) {
    List<Integer> near = new ArrayList<>();
    for (int k = 0; k < n; k++) {
      // What lies after both is no cause of either.
      if (k != j && before[i][k] && steps[k] <= Math.max(steps[i], steps[j])) {
        near.add(k);
      }
    }
    if (near.size() < depth) {
      return false;
    }
    int[] pick = new int[depth];
    for (int k = 0; k < depth; k++) {
      pick[k] = k;
    }
    double best = alpha;
    while (true) {
      int[] given = new int[depth];
      for (int k = 0; k < depth; k++) {
        given[k] = near.get(pick[k]);
      }
      double p = test.p(i, j, given);
      if (p > best) {
        best = p;
        arcs[i][j] = false;
        arcs[j][i] = false;
        separators[i][j] = given;
        separators[j][i] = given;
      }
      int at = depth - 1;
      while (at >= 0 && pick[at] == near.size() - depth + at) {
        at--;
      }
      if (at < 0) {
        return true;
      }
      pick[at]++;
      for (int k = at + 1; k < depth; k++) {
        pick[k] = pick[k - 1] + 1;
      }
    }
  }

  private void direct() {
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        if (arcs[i][j] && steps[i] > steps[j]) {
          arcs[i][j] = false;
        }
      }
    }
    List<int[]> colliders = new ArrayList<>();
    for (int k = 0; k < n; k++) {
      for (int i = 0; i < n; i++) {
        for (int j = i + 1; j < n; j++) {
          if (joined(i, k) && joined(j, k) && !joined(i, j) && !holds(separators[i][j], k)) {
            colliders.add(new int[] {i, k});
            colliders.add(new int[] {j, k});
          }
        }
      }
    }
    for (int[] c : colliders) {
      orient(c[0], c[1]);
    }
    close();
  }

  /** Directs a link that has no direction yet, unless that would close a circle. */
  void orient(int from, int to) {
    if (arcs[from][to] && arcs[to][from] && !reaches(to, from, new boolean[n])) {
      arcs[to][from] = false;
    }
  }

  /** The rules of Meek (1995) that follow from what is directed. */
  void close() {
    boolean again = true;
    while (again) {
      again = false;
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          if (arcs[i][j] && arcs[j][i] && follows(i, j)) {
            orient(i, j);
            again |= !arcs[j][i];
          }
        }
      }
    }
  }

  private boolean follows(int i, int j) {
    for (int k = 0; k < n; k++) {
      if (k == i || k == j) {
        continue;
      }
      if (into(k, i) && !joined(k, j) || into(i, k) && into(k, j)) {
        return true;
      }
      for (int l = k + 1; l < n; l++) {
        if (l != i
            && l != j
            && open(i, k)
            && open(i, l)
            && into(k, j)
            && into(l, j)
            && !joined(k, l)) {
          return true;
        }
      }
    }
    return false;
  }

  boolean joined(int i, int j) {
    return arcs[i][j] || arcs[j][i];
  }

  boolean into(int i, int j) {
    return arcs[i][j] && !arcs[j][i];
  }

  boolean open(int i, int j) {
    return arcs[i][j] && arcs[j][i];
  }

  private boolean reaches(int from, int to, boolean[] seen) {
    if (from == to) {
      return true;
    }
    seen[from] = true;
    for (int k = 0; k < n; k++) {
      if (!seen[k] && into(from, k) && reaches(k, to, seen)) {
        return true;
      }
    }
    return false;
  }

  private static boolean holds(int[] all, int one) {
    for (int v : all) {
      if (v == one) {
        return true;
      }
    }
    return false;
  }
}
