package io.millwright.scheduling.internal.search;

import io.millwright.scheduling.internal.model.Draws;
import io.millwright.scheduling.internal.model.Floor;
import io.millwright.scheduling.internal.model.Goal;
import io.millwright.scheduling.internal.model.Shifts;

/**
 * Draws moves that can help: it picks an operation whose delay costs something, or walks back from
 * the end of a job that costs something along what binds it, and moves an operation that waits for
 * its machine earlier, what it waits for later, one of them beside its family, or to another
 * machine. Not thread-safe.
 */
public final class Proposals {

  private static final int WALK = 400;

  /** One move in so many is drawn without looking, so that no plan is out of reach. */
  private static final int BLIND = 32;

  /** The same on a small shop whose staff can run short: what binds there is no guide to a move. */
  private static final int BLIND_AMONG_FEW = 2;

  /** One move in so many begins at a job, the others at any operation that costs something. */
  private static final int BY_PRICE = 7;

  /** Looked at so many times for an operation that costs something. */
  private static final int LOOKS = 16;

  /** A jump along a sequence is at most two to this power. */
  private static final int LONGEST_JUMP = 5;

  private final Floor floor;
  private final ShopNet net;
  private final Goal goal;
  private final Draws draws;
  private final boolean flexible;
  private final boolean families;
  private final int blind;
  private int topJob;

  /** The drawn move. */
  int operation;

  int alternative;
  int place;

  /** The operation before which it comes at the staff that both need, or -1. */
  int ahead;

  private int waits;
  private int choice;

  Proposals(ShopNet net, Draws draws) {
    this.net = net;
    this.floor = net.floor;
    this.goal = net.goal;
    this.draws = draws;
    flexible = !floor.dedicated();
    boolean changes = false;
    for (long[] table : floor.setups) {
      changes |= table != null;
    }
    families = changes;
    blind = net.staffed() && floor.n < NetWeights.JUDGED ? BLIND_AMONG_FEW : BLIND;
  }

  /** Draws a move; false when none was found this time. */
  boolean draw() {
    if (draws.below(blind) == 0) {
      return anywhere();
    }
    if (draws.below(BY_PRICE) != 0
        && !(floor.deadlines && !net.feasible())
        && net.weights().usable()) {
      return priced();
    }
    int from = goal.setup > 0 && draws.below(8) == 0 ? costlySetup() : last(job());
    if (from < 0) {
      return false;
    }
    walk(from);
    if (waits >= 0 && !(choice >= 0 && draws.below(3) == 0)) {
      return resequence(waits);
    }
    return choice >= 0 && reassign(choice);
  }

  /** A move of any operation whose delay costs something, or of what lets it begin. */
  private boolean priced() {
    int x = draws.below(floor.n);
    for (int i = 0; i < LOOKS && net.weights().of(x) <= 0; i++) {
      x = draws.below(floor.n);
    }
    if (net.weights().of(x) <= 0) {
      return false;
    }
    if (flexible && floor.alternatives(x) > 1 && floor.pinnedAlt[x] < 0 && draws.below(3) == 0) {
      return reassign(x);
    }
    for (int i = 0; i < 8 && x >= 0; i++) {
      if (net.index[x] > 0 && (net.binding[x] & ShopNet.BY_MACHINE) != 0) {
        return resequence(x);
      }
      if ((net.binding[x] & ShopNet.BY_STAFF) != 0) {
        return restaff(x);
      }
      x = net.jobBefore(x);
    }
    return false;
  }

  /** A number below most; as many short as long ones, in the sense of powers of two. */
  private int jump(int most) {
    int bits = Integer.SIZE - Integer.numberOfLeadingZeros(most);
    return draws.below(Math.min(most, 1 << draws.below(Math.min(bits, LONGEST_JUMP) + 1)));
  }

  private boolean anywhere() {
    int x = draws.below(floor.n);
    if (net.leftOut(floor.jobOf[x])) {
      return false;
    }
    if (net.staffed() && draws.below(2) == 0) {
      return ahead(x);
    }
    boolean decided = floor.pinnedAlt[x] >= 0;
    int alt = decided ? floor.pinnedAlt[x] : floor.altStart[x] + draws.below(floor.alternatives(x));
    int m = floor.altMachine[alt];
    if (m != net.machine[x]) {
      return set(x, alt, draws.below(net.length[m] + 1));
    }
    return set(x, alt, draws.below(net.length[m]));
  }

  /** Moves an operation before any other one at the staff that both need. */
  private boolean ahead(int x) {
    int y = draws.below(floor.n);
    if (y == x || net.leftOut(floor.jobOf[y]) || !set(x, net.alternative[x], net.index[x])) {
      return false;
    }
    ahead = y;
    return true;
  }

  private int costlySetup() {
    for (int i = 0; i < 32; i++) {
      int x = draws.below(floor.n);
      if (net.setup[x] > 0) {
        return x;
      }
    }
    return -1;
  }

  private int job() {
    if (floor.deadlines && !net.feasible()) {
      int offset = draws.below(floor.jobs);
      for (int i = 0; i < floor.jobs; i++) {
        int j = (i + offset) % floor.jobs;
        if (net.jobEnd[j] > floor.deadline[j]) {
          return j;
        }
      }
    }
    double byMakespan = goal.makespan == 0 ? 0 : goal.tardiness + goal.flow == 0 ? 1 : 0.25;
    if (byMakespan > 0 && draws.unit() < byMakespan) {
      return top();
    }
    if (goal.tardiness > 0 && (goal.flow == 0 || draws.below(2) == 0)) {
      for (int i = 0; i < 24; i++) {
        int j = draws.below(floor.jobs);
        if (isLate(j)) {
          return j;
        }
      }
      int offset = draws.below(floor.jobs);
      for (int i = 0; i < floor.jobs; i++) {
        int j = (i + offset) % floor.jobs;
        if (isLate(j)) {
          return j;
        }
      }
      return goal.makespan > 0 ? top() : -1;
    }
    return goal.flow > 0 ? draws.below(floor.jobs) : -1;
  }

  private boolean isLate(int j) {
    return net.jobEnd[j] > floor.due[j] && floor.weight[j] > 0;
  }

  private int top() {
    if (net.jobEnd[topJob] != net.makespan()) {
      int offset = draws.below(floor.jobs);
      for (int i = 0; i < floor.jobs; i++) {
        int j = (i + offset) % floor.jobs;
        if (net.jobEnd[j] == net.makespan()) {
          topJob = j;
          break;
        }
      }
    }
    return topJob;
  }

  private int last(int job) {
    if (job < 0 || net.leftOut(job)) {
      return -1;
    }
    int latest = floor.sinks[job][0];
    for (int x : floor.sinks[job]) {
      latest = net.end[x] > net.end[latest] ? x : latest;
    }
    return latest;
  }

  /** Walks back from an operation along what binds it; keeps one waiting and one movable. */
  private void walk(int from) {
    waits = -1;
    choice = -1;
    int seen = 0;
    int choices = 0;
    int x = from;
    for (int steps = 0; steps < WALK && x >= 0; steps++) {
      if (flexible
          && floor.alternatives(x) > 1
          && floor.pinnedAlt[x] < 0
          && draws.below(++choices) == 0) {
        choice = x;
      }
      int y = net.machineBefore(x);
      int holder = (net.binding[x] & ShopNet.BY_STAFF) == 0 ? -1 : net.staffBinder(x);
      if (holder >= 0) {
        if (draws.below(++seen) == 0) {
          waits = x;
        }
        x = holder;
        continue;
      }
      int before = net.jobBefore(x);
      long ready = net.ready(x);
      Shifts shifts = floor.shifts[net.machine[x]];
      long possible = shifts.always() ? ready : shifts.nextOpen(ready);
      boolean byMachine = y >= 0 && net.start[x] > possible;
      if (!byMachine && y >= 0 && net.start[x] == possible && before >= 0) {
        // Both may bind; following either is right.
        byMachine = net.end[y] + net.setup[x] >= net.start[x] && draws.below(2) == 0;
      }
      if (byMachine) {
        if (draws.below(++seen) == 0) {
          waits = x;
        }
        x = y;
      } else if (before >= 0 && (net.end[before] >= ready || net.start[x] > floor.release[x])) {
        x = before;
      } else {
        x = -1;
      }
    }
  }

  /** Moves an operation before who holds the staff that it waits for, or before one further on. */
  private boolean restaff(int x) {
    int y = net.staffBinder(x);
    for (int i = draws.below(3); i > 0 && y >= 0 && net.staffBinder(y) >= 0; i--) {
      y = net.staffBinder(y);
    }
    if (y < 0 || !set(x, net.alternative[x], net.index[x])) {
      return false;
    }
    ahead = y;
    return true;
  }

  private boolean resequence(int x) {
    if ((net.binding[x] & ShopNet.BY_STAFF) != 0) {
      return restaff(x);
    }
    int m = net.machine[x];
    int y = net.machineBefore(x);
    int kind = draws.below(families ? 12 : 9);
    if (kind < 4) {
      return set(x, net.alternative[x], net.index[x] - 1);
    }
    if (kind < 7) {
      return set(x, net.alternative[x], net.index[x] - 1 - jump(net.index[x]));
    }
    if (kind < 9) {
      int room = net.length[m] - 1 - net.index[y];
      return set(y, net.alternative[y], net.index[y] + 1 + jump(room));
    }
    return besideFamily(kind < 11 ? x : y);
  }

  /** Moves an operation right behind one of its family nearby. */
  private boolean besideFamily(int x) {
    int m = net.machine[x];
    int reach = 24;
    int from = Math.max(0, net.index[x] - reach);
    int to = Math.min(net.length[m] - 1, net.index[x] + reach);
    int found = -1;
    int count = 0;
    for (int i = from; i <= to; i++) {
      int y = net.sequence[m][i];
      if (y != x && floor.family[y] == floor.family[x] && i != net.index[x] - 1) {
        found = draws.below(++count) == 0 ? i : found;
      }
    }
    if (found < 0) {
      return false;
    }
    // Counted without x, a place behind the found one is one less when x stood before it.
    int at = found < net.index[x] ? found + 1 : found;
    return set(x, net.alternative[x], draws.below(2) == 0 ? at : Math.max(0, at - 1));
  }

  private boolean reassign(int x) {
    int count = floor.alternatives(x);
    int alt = floor.altStart[x] + draws.below(count - 1);
    alt = alt >= net.alternative[x] ? alt + 1 : alt;
    int m = floor.altMachine[alt];
    if (m == net.machine[x]) {
      // The same machine with others.
      return set(x, alt, net.index[x]);
    }
    long ready = net.ready(x, m);
    int[] s = net.sequence[m];
    int low = 0;
    int high = net.length[m];
    while (low < high) {
      int mid = (low + high) >>> 1;
      if (net.end[s[mid]] <= ready) {
        low = mid + 1;
      } else {
        high = mid;
      }
    }
    int at = low + draws.below(3) - (draws.below(4) == 0 ? 1 : 0);
    return set(x, alt, Math.max(0, Math.min(at, net.length[m])));
  }

  private boolean set(int x, int alt, int at) {
    if (floor.fixed[x] >= 0 || at < 0) {
      return false;
    }
    operation = x;
    alternative = alt;
    place = at;
    ahead = -1;
    return true;
  }
}
