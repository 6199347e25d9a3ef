package io.millwright.scheduling.internal.tabu;

import io.millwright.scheduling.internal.model.Draws;
import io.millwright.scheduling.internal.model.Floor;
import io.millwright.scheduling.internal.model.Stop;
import java.util.Arrays;

/**
 * Tabu search for the makespan of a flexible job shop: every operation of one critical path is
 * taken out in turn, and every place on every machine that can do it is judged by the heads and
 * tails of the plan without it (after Mastrolilli and Gambardella 2000). Not thread-safe.
 */
public final class FlexTabu implements Walk {

  final FlexGraph graph;
  private final Floor floor;
  private final Draws draws;
  private final boolean exact;

  /** What one exactly judged step counts for, so that islands of both kinds keep pace. */
  private static final int EXACT_STEP = 6;

  /** Until when an operation may not go back to an alternative. */
  private final int[] tabu;

  private int clock;
  private final int[] path;
  private final int[] bestOrder;
  private final int[] bestAlternative;
  private int bestMakespan;
  private long idle;
  private boolean stuck;

  private int moveOp;
  private int moveAlt;
  private int moveBefore;
  private int moveValue;
  private int ties;
  private int loose;
  private int looseOp;
  private int looseAlt;
  private int looseBefore;

  /**
   * A search.
   *
   * @param exact whether places are judged by the plan without the operation instead of the plan as
   *     it is: far better moves, far fewer of them
   */
  public FlexTabu(Floor floor, Draws draws, boolean exact) {
    this.exact = exact;
    this.floor = floor;
    this.draws = draws;
    graph = new FlexGraph(floor);
    tabu = new int[floor.altMachine.length];
    path = new int[floor.n];
    bestOrder = new int[floor.n];
    bestAlternative = new int[floor.n];
  }

  @Override
  public void start(int[] order, int[] alternative) {
    graph.load(order, alternative);
    Arrays.fill(tabu, 0);
    clock = 0;
    idle = 0;
    stuck = false;
    bestMakespan = Integer.MAX_VALUE;
    remember();
  }

  private void remember() {
    if (graph.makespan < bestMakespan) {
      bestMakespan = graph.makespan;
      System.arraycopy(graph.order, 0, bestOrder, 0, graph.n);
      System.arraycopy(graph.alternative, 0, bestAlternative, 0, graph.n);
      idle = 0;
    }
  }

  @Override
  public long advance(long patience, long limit, int target, Stop stop) {
    long done = 0;
    while (done < limit && idle() < patience && bestMakespan > target) {
      if ((exact || (done & 7) == 0) && stop.now()) {
        break;
      }
      done += exact ? EXACT_STEP : 1;
      clock++;
      idle++;
      stuck = !step();
      remember();
    }
    return done;
  }

  @Override
  public long idle() {
    return stuck ? Long.MAX_VALUE : idle;
  }

  @Override
  public int bestMakespan() {
    return bestMakespan;
  }

  @Override
  public int[] bestOrder() {
    return bestOrder;
  }

  @Override
  public int[] bestAlternative() {
    return bestAlternative;
  }

  private boolean step() {
    int length = criticalPath();
    moveValue = Integer.MAX_VALUE;
    ties = 0;
    loose = 0;
    int choices = 0;
    for (int i = 0; i < length; i++) {
      choices += exact ? considerExactly(path[i]) : consider(path[i]);
    }
    if (moveValue == Integer.MAX_VALUE) {
      if (loose == 0) {
        return false;
      }
      moveOp = looseOp;
      moveAlt = looseAlt;
      moveBefore = looseBefore;
    }
    int old = graph.alternative[moveOp];
    int oldBefore = graph.mp[moveOp];
    graph.take(moveOp);
    tabu[old] = clock + length / 2 + draws.below(Math.max(1, length)) + Math.min(choices, 12);
    if (!graph.put(moveOp, moveAlt, moveBefore)) {
      graph.put(moveOp, old, oldBefore);
    }
    graph.settle();
    return true;
  }

  private int criticalPath() {
    int n = graph.n;
    int x = graph.critical(draws);
    int count = 0;
    while (x != n) {
      path[count++] = x;
      int start = graph.end[x] - graph.p[x];
      int j = graph.jp[x];
      int m = graph.mp[x];
      boolean viaJob = j != n && graph.end[j] == start;
      boolean viaMachine = m != n && graph.end[m] == start;
      if (viaJob && viaMachine) {
        viaJob = (draws.nextLong() & 1) == 0;
      }
      x = viaJob ? j : viaMachine ? m : n;
    }
    return count;
  }

  /**
   * Judges all places for one operation by the heads and tails of the plan as it is; returns how
   * many alternatives it has.
   */
  private int consider(int x) {
    FlexGraph g = graph;
    int old = g.alternative[x];
    int arrive = g.end[g.jp[x]];
    int leave = g.tail[g.js[x]];
    int earliest = g.jp[x] == g.n ? Integer.MIN_VALUE : arrive - g.p[g.jp[x]];
    int latest = g.js[x] == g.n ? Integer.MAX_VALUE : g.end[g.js[x]];
    for (int alt = floor.altStart[x]; alt < floor.altStart[x + 1]; alt++) {
      int m = floor.altMachine[alt];
      int p = (int) floor.altWork[alt];
      boolean own = alt == old;
      boolean forbidden = tabu[alt] > clock;
      // On its own machine, what comes behind x moves up when x leaves, and the other way round.
      int endShift = 0;
      int tailShift = own ? p : 0;
      int before = g.n;
      int behind = g.first[m];
      while (true) {
        if (own && behind == x) {
          behind = g.ms[x];
          endShift = p;
          tailShift = 0;
          if (before == g.mp[x] && behind == g.n) {
            break;
          }
          // The place where x stands is no move.
          before = behind;
          behind = g.ms[behind];
          if (before == g.n) {
            break;
          }
        }
        if (before != g.n && g.end[before] - g.p[before] - endShift >= latest) {
          break;
        }
        // Behind must not lead to what x waits for.
        if (behind == g.n || g.end[behind] > earliest) {
          int head = before == g.n ? 0 : g.end[before] - endShift;
          int rest = behind == g.n ? 0 : g.tail[behind] - tailShift;
          offer(x, alt, before, Math.max(arrive, head) + p + Math.max(leave, rest), forbidden);
        }
        if (behind == g.n) {
          break;
        }
        before = behind;
        behind = g.ms[behind];
      }
    }
    return floor.alternatives(x);
  }

  /** Judges all places for one operation by the plan without it. */
  private int considerExactly(int x) {
    FlexGraph g = graph;
    int old = g.alternative[x];
    int oldBefore = g.mp[x];
    g.take(x);
    g.settle();
    int others = g.makespan;
    int arrive = g.end[g.jp[x]];
    int leave = g.tail[g.js[x]];
    int earliest = g.jp[x] == g.n ? Integer.MIN_VALUE : arrive - g.p[g.jp[x]];
    int latest = g.js[x] == g.n ? Integer.MAX_VALUE : g.end[g.js[x]];
    for (int alt = floor.altStart[x]; alt < floor.altStart[x + 1]; alt++) {
      int p = (int) floor.altWork[alt];
      boolean forbidden = tabu[alt] > clock;
      int before = g.n;
      int behind = g.first[floor.altMachine[alt]];
      while (before == g.n || g.end[before] - g.p[before] < latest) {
        boolean open = behind == g.n || g.end[behind] > earliest;
        if (open && (alt != old || before != oldBefore)) {
          int through = Math.max(arrive, g.end[before]) + p + Math.max(leave, g.tail[behind]);
          offer(x, alt, before, Math.max(others, through), forbidden);
        }
        if (behind == g.n) {
          break;
        }
        before = behind;
        behind = g.ms[behind];
      }
    }
    g.put(x, old, oldBefore);
    g.settle();
    return floor.alternatives(x);
  }

  private void offer(int x, int alt, int before, int value, boolean forbidden) {
    if (forbidden && value >= bestMakespan) {
      if (draws.below(++loose) == 0) {
        looseOp = x;
        looseAlt = alt;
        looseBefore = before;
      }
      return;
    }
    if (value > moveValue) {
      return;
    }
    if (value < moveValue) {
      ties = 0;
      moveValue = value;
    }
    if (draws.below(++ties) == 0) {
      moveOp = x;
      moveAlt = alt;
      moveBefore = before;
    }
  }
}
