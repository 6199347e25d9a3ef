package io.millwright.maintenance.internal.reliability;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * A reduced ordered binary decision diagram (Bryant 1986) of functions that only rise, with the
 * minimal solutions of Rauzy (1993). Node 0 is false, node 1 is true; variables rise downwards.
 */
final class Decisions {

  static final int MOST_NODES = 3_000_000;

  private int[] variable = new int[1024];
  private int[] high = new int[1024];
  private int[] low = new int[1024];
  private int size = 2;
  private final Map<Key, Integer> unique = new HashMap<>();
  private final Map<Key, Integer> done = new HashMap<>();

  private record Key(int kind, int a, int b, int c) {}

  private static final int NODE = 0;
  private static final int ITE = 1;
  private static final int MINIMAL = 2;
  private static final int WITHOUT = 3;

  Decisions() {
    Arrays.fill(variable, 0, 2, Integer.MAX_VALUE);
  }

  int variable(int node) {
    return variable[node];
  }

  int high(int node) {
    return high[node];
  }

  int low(int node) {
    return low[node];
  }

  int size() {
    return size;
  }

  int event(int v) {
    return node(v, 1, 0);
  }

  private int node(int v, int one, int zero) {
    if (one == zero) {
      return one;
    }
    return fresh(v, one, zero);
  }

  /** A node of sets keeps equal branches apart: here a variable that is in no set has no node. */
  private int fresh(int v, int one, int zero) {
    Key key = new Key(NODE, v, one, zero);
    Integer known = unique.get(key);
    if (known != null) {
      return known;
    }
    if (size == MOST_NODES) {
      throw new MillwrightException(
          ErrorCode.OUT_OF_RANGE,
          "the decision diagram of this fault tree has more than "
              + MOST_NODES
              + " nodes\n"
              + "Maybe analyse its larger branches by themselves, and use their probability");
    }
    if (size == variable.length) {
      variable = Arrays.copyOf(variable, 2 * size);
      high = Arrays.copyOf(high, 2 * size);
      low = Arrays.copyOf(low, 2 * size);
    }
    variable[size] = v;
    high[size] = one;
    low[size] = zero;
    unique.put(key, size);
    return size++;
  }

  int or(int a, int b) {
    return ite(a, 1, b);
  }

  int and(int a, int b) {
    return ite(a, b, 0);
  }

  /** If a then b else c. */
  int ite(int a, int b, int c) {
    if (a == 1 || b == c) {
      return b;
    }
    if (a == 0) {
      return c;
    }
    if (b == 1 && c == 0) {
      return a;
    }
    Key key = new Key(ITE, a, b, c);
    Integer known = done.get(key);
    if (known != null) {
      return known;
    }
    int v = Math.min(variable[a], Math.min(variable[b], variable[c]));
    int answer =
        node(
            v,
            ite(branch(a, v, true), branch(b, v, true), branch(c, v, true)),
            ite(branch(a, v, false), branch(b, v, false), branch(c, v, false)));
    done.put(key, answer);
    return answer;
  }

  private int branch(int node, int v, boolean one) {
    return variable[node] != v ? node : one ? high[node] : low[node];
  }

  /** A diagram of sets: its paths to true are the minimal cut sets, by the variables taken. */
  int minimal(int node) {
    if (node < 2) {
      return node;
    }
    Key key = new Key(MINIMAL, node, 0, 0);
    Integer known = done.get(key);
    if (known != null) {
      return known;
    }
    int zero = minimal(low[node]);
    int one = without(minimal(high[node]), zero);
    int answer = one == 0 ? zero : fresh(variable[node], one, zero);
    done.put(key, answer);
    return answer;
  }

  /** Sets of the first that hold no set of the second. */
  private int without(int sets, int others) {
    if (sets == 0 || others == 1 || sets == others) {
      return 0;
    }
    if (others == 0) {
      return sets;
    }
    if (sets == 1) {
      // The empty set holds no other set.
      return 1;
    }
    Key key = new Key(WITHOUT, sets, others, 0);
    Integer known = done.get(key);
    if (known != null) {
      return known;
    }
    int answer;
    if (variable[sets] < variable[others]) {
      int one = without(high[sets], others);
      int zero = without(low[sets], others);
      answer = one == 0 ? zero : fresh(variable[sets], one, zero);
    } else if (variable[sets] > variable[others]) {
      answer = without(sets, low[others]);
    } else {
      int one = without(without(high[sets], high[others]), low[others]);
      int zero = without(low[sets], low[others]);
      answer = one == 0 ? zero : fresh(variable[sets], one, zero);
    }
    done.put(key, answer);
    return answer;
  }
}
