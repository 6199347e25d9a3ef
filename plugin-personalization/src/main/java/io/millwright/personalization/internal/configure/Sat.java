package io.millwright.personalization.internal.configure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Satisfiability under assumptions by conflict-driven clause learning (Marques-Silva and Sakallah
 * 1999; Een and Sorensson 2003), over clauses and pseudo-Boolean constraints of the form sum a x <=
 * b. Literals are 2v for variable v and 2v+1 for its negation. Keeps what it learnt between calls.
 * Not thread-safe.
 */
final class Sat {

  private static final int FREE = -1;
  private static final double DECAY = 1 / 0.95;
  private static final int RESTART = 100;
  private static final int[] NONE = {};

  /** A constraint sum of coefficients of true literals <= bound. */
  private static final class Sum {
    final int[] lits;
    final long[] coefs;
    final long bound;
    long sum;

    Sum(int[] lits, long[] coefs, long bound) {
      this.lits = lits;
      this.coefs = coefs;
      this.bound = bound;
    }
  }

  /** Where a literal stands in a sum. */
  private record Use(Sum in, long coef) {}

  private final int n;
  private final byte[] value;
  private final int[] level;
  private final int[] place;
  private final Object[] reason;
  private final boolean[] phase;
  private final double[] activity;
  private final boolean[] seen;
  private final List<List<int[]>> watches = new ArrayList<>();
  private final List<List<Use>> uses = new ArrayList<>();
  private final List<Sum> sums = new ArrayList<>();
  private final List<int[]> learnt = new ArrayList<>();
  private final int[] trail;
  private final int[] starts;
  private int size;
  private int head;
  private int depth;
  private double bump = 1;
  private boolean broken;
  private boolean[] model = {};
  private int[] core = NONE;

  Sat(int variables) {
    n = variables;
    value = new byte[n];
    level = new int[n];
    place = new int[n];
    reason = new Object[n];
    phase = new boolean[n];
    activity = new double[n];
    seen = new boolean[n];
    trail = new int[n];
    starts = new int[n + 2];
    for (int l = 0; l < 2 * n; l++) {
      watches.add(new ArrayList<>());
      uses.add(new ArrayList<>());
    }
  }

  /** What a literal is: 1 true, -1 false, 0 open. */
  private int of(int lit) {
    return (lit & 1) == 0 ? value[lit >> 1] : -value[lit >> 1];
  }

  /** At least one of the literals. Only before the first solve, or between solves. */
  void clause(int... lits) {
    int[] own = Arrays.stream(lits).distinct().filter(l -> of(l) >= 0).toArray();
    for (int l : own) {
      if (of(l) > 0) {
        return;
      }
      for (int other : own) {
        if (other == (l ^ 1)) {
          return;
        }
      }
    }
    if (own.length == 0) {
      broken = true;
    } else if (own.length == 1) {
      broken |= !set(own[0], NONE) || propagate() != null;
    } else {
      watch(own);
    }
  }

  private void watch(int[] clause) {
    watches.get(clause[0] ^ 1).add(clause);
    watches.get(clause[1] ^ 1).add(clause);
  }

  /** The sum of the coefficients of literals that hold is at most the bound; none is negative. */
  void atMost(int[] lits, long[] coefs, long bound) {
    if (bound < 0) {
      broken = true;
      return;
    }
    Sum sum = new Sum(lits, coefs, bound);
    for (int k = 0; k < lits.length; k++) {
      uses.get(lits[k]).add(new Use(sum, coefs[k]));
      if (of(lits[k]) > 0) {
        sum.sum += coefs[k];
      }
    }
    sums.add(sum);
    broken |= full(sum) != null || propagate() != null;
  }

  private boolean set(int lit, Object why) {
    int now = of(lit);
    if (now != 0) {
      return now > 0;
    }
    int v = lit >> 1;
    value[v] = (byte) ((lit & 1) == 0 ? 1 : -1);
    level[v] = depth;
    reason[v] = why;
    place[v] = size;
    trail[size++] = lit;
    return true;
  }

  /** Spreads what is set; the constraint that breaks, as a clause of false literals, or null. */
  private int @org.jspecify.annotations.Nullable [] propagate() {
    while (head < size) {
      int lit = trail[head++];
      for (Use use : uses.get(lit)) {
        use.in.sum += use.coef;
      }
      int[] conflict = clauses(lit);
      if (conflict != null) {
        return conflict;
      }
      for (Use use : uses.get(lit)) {
        conflict = full(use.in);
        if (conflict != null) {
          return conflict;
        }
      }
    }
    return null;
  }

  private int @org.jspecify.annotations.Nullable [] clauses(int lit) {
    List<int[]> list = watches.get(lit);
    int kept = 0;
    int[] conflict = null;
    int k = 0;
    for (; k < list.size() && conflict == null; k++) {
      int[] c = list.get(k);
      int gone = lit ^ 1;
      if (c[0] == gone) {
        c[0] = c[1];
        c[1] = gone;
      }
      if (of(c[0]) > 0) {
        list.set(kept++, c);
        continue;
      }
      boolean moved = false;
      for (int j = 2; j < c.length && !moved; j++) {
        if (of(c[j]) >= 0) {
          c[1] = c[j];
          c[j] = gone;
          watches.get(c[1] ^ 1).add(c);
          moved = true;
        }
      }
      if (!moved) {
        list.set(kept++, c);
        if (!set(c[0], c)) {
          conflict = c;
        }
      }
    }
    for (; k < list.size(); k++) {
      list.set(kept++, list.get(k));
    }
    list.subList(kept, list.size()).clear();
    return conflict;
  }

  /** Forbids what no longer fits a sum. */
  private int @org.jspecify.annotations.Nullable [] full(Sum sum) {
    if (sum.sum > sum.bound) {
      return why(sum, -1, size);
    }
    long room = sum.bound - sum.sum;
    for (int k = 0; k < sum.lits.length; k++) {
      if (sum.coefs[k] > room && of(sum.lits[k]) == 0) {
        set(sum.lits[k] ^ 1, sum);
      }
    }
    return null;
  }

  /** The clause of a sum: the literals that filled it before a place, and the one it forbids. */
  private int[] why(Sum sum, int forbidden, int before) {
    int[] clause = new int[sum.lits.length + 1];
    int count = 0;
    if (forbidden >= 0) {
      clause[count++] = forbidden ^ 1;
    }
    long need = sum.bound;
    for (int k = 0; k < sum.lits.length; k++) {
      if (sum.lits[k] == forbidden) {
        need -= sum.coefs[k];
      }
    }
    // The largest first would be shorter; any set that passes the bound is a reason.
    for (int k = 0; k < sum.lits.length && need >= 0; k++) {
      int l = sum.lits[k];
      if (l != forbidden && of(l) > 0 && place[l >> 1] < before && sum.coefs[k] > 0) {
        clause[count++] = l ^ 1;
        need -= sum.coefs[k];
      }
    }
    return Arrays.copyOf(clause, count);
  }

  private int[] reasonOf(int variable) {
    Object r = reason[variable];
    if (r instanceof Sum sum) {
      int lit = trail[place[variable]];
      return why(sum, lit ^ 1, place[variable]);
    }
    return (int[]) r;
  }

  private void back(int to) {
    if (depth <= to) {
      return;
    }
    for (int k = size - 1; k >= starts[to + 1]; k--) {
      int lit = trail[k];
      if (k < head) {
        for (Use use : uses.get(lit)) {
          use.in.sum -= use.coef;
        }
      }
      int v = lit >> 1;
      phase[v] = value[v] > 0;
      value[v] = 0;
    }
    size = starts[to + 1];
    head = Math.min(head, size);
    depth = to;
  }

  private void decide(int lit) {
    depth++;
    starts[depth] = size;
    set(lit, NONE);
  }

  /** Prefers a value where nothing forces one. */
  void prefer(int variable, boolean holds) {
    phase[variable] = holds;
  }

  /**
   * Whether all constraints can hold with the assumptions.
   *
   * @return true with {@link #holds} of a solution, or false with {@link #core}
   */
  boolean solve(int... assumed) {
    core = NONE;
    if (broken) {
      return false;
    }
    long conflicts = 0;
    long until = RESTART;
    int luby = 1;
    while (true) {
      int[] conflict = propagate();
      if (conflict != null) {
        conflicts++;
        if (depth == 0) {
          broken = true;
          return false;
        }
        learn(conflict);
        bump *= DECAY;
        if (bump > 1e100) {
          for (int v = 0; v < n; v++) {
            activity[v] *= 1e-100;
          }
          bump *= 1e-100;
        }
        continue;
      }
      if (conflicts >= until) {
        luby++;
        until = conflicts + (long) RESTART * luby(luby);
        back(0);
        reduce();
        continue;
      }
      int next = FREE;
      while (depth < assumed.length && next == FREE) {
        int lit = assumed[depth];
        if (of(lit) > 0) {
          depth++;
          starts[depth] = size;
        } else if (of(lit) < 0) {
          core = coreOf(lit ^ 1);
          back(0);
          return false;
        } else {
          next = lit;
        }
      }
      if (next == FREE) {
        double best = -1;
        int v = FREE;
        for (int k = 0; k < n; k++) {
          if (value[k] == 0 && activity[k] > best) {
            best = activity[k];
            v = k;
          }
        }
        if (v == FREE) {
          model = new boolean[n];
          for (int k = 0; k < n; k++) {
            model[k] = value[k] > 0;
          }
          back(0);
          return true;
        }
        next = 2 * v + (phase[v] ? 0 : 1);
      }
      decide(next);
    }
  }

  /** Whether a variable holds in the last solution. */
  boolean holds(int variable) {
    return model[variable];
  }

  /** Of the assumptions those that cannot hold together, after a solve that failed. */
  int[] core() {
    return core;
  }

  /** The first unique implication point. */
  private void learn(int[] conflict) {
    int[] clause = new int[size + 1];
    int count = 1;
    int open = 0;
    int at = size - 1;
    int lit = FREE;
    int[] from = conflict;
    while (true) {
      for (int l : from) {
        int v = l >> 1;
        if (l != lit && !seen[v] && level[v] > 0) {
          seen[v] = true;
          activity[v] += bump;
          if (level[v] == depth) {
            open++;
          } else {
            clause[count++] = l;
          }
        }
      }
      while (!seen[trail[at] >> 1]) {
        at--;
      }
      lit = trail[at--];
      seen[lit >> 1] = false;
      open--;
      if (open == 0) {
        break;
      }
      from = reasonOf(lit >> 1);
    }
    clause[0] = lit ^ 1;
    int back = 0;
    for (int k = 1; k < count; k++) {
      seen[clause[k] >> 1] = false;
      if (level[clause[k] >> 1] > back) {
        back = level[clause[k] >> 1];
        int t = clause[1];
        clause[1] = clause[k];
        clause[k] = t;
      }
    }
    int[] kept = Arrays.copyOf(clause, count);
    back(back);
    if (count > 1) {
      watch(kept);
      learnt.add(kept);
    }
    set(kept[0], kept);
  }

  /** The assumptions that made a literal true that should be false. */
  private int[] coreOf(int lit) {
    boolean[] in = new boolean[n];
    int[] found = new int[depth + 1];
    int count = 0;
    found[count++] = lit ^ 1;
    if (level[lit >> 1] > 0) {
      in[lit >> 1] = true;
      for (int k = size - 1; k >= starts[1]; k--) {
        int v = trail[k] >> 1;
        if (in[v]) {
          int[] why = reasonOf(v);
          if (why.length == 0) {
            if (trail[k] != (lit ^ 1)) {
              found[count++] = trail[k];
            }
          } else {
            for (int l : why) {
              if (l >> 1 != v && level[l >> 1] > 0) {
                in[l >> 1] = true;
              }
            }
          }
        }
      }
    }
    return Arrays.copyOf(found, count);
  }

  /** Forgets the longer half of what was learnt, when it has become much. */
  private void reduce() {
    if (learnt.size() < 4000) {
      return;
    }
    learnt.sort((a, b) -> a.length - b.length);
    List<int[]> gone = learnt.subList(learnt.size() / 2, learnt.size());
    java.util.Set<int[]> set =
        java.util.Collections.newSetFromMap(new java.util.IdentityHashMap<>());
    for (int[] c : gone) {
      if (reason[c[0] >> 1] != c || value[c[0] >> 1] == 0) {
        set.add(c);
      }
    }
    for (List<int[]> list : watches) {
      list.removeIf(set::contains);
    }
    learnt.removeIf(set::contains);
  }

  private static int luby(int i) {
    int k = 1;
    while ((1 << k) - 1 < i) {
      k++;
    }
    return (1 << k) - 1 == i ? 1 << (k - 1) : luby(i - (1 << (k - 1)) + 1);
  }
}
