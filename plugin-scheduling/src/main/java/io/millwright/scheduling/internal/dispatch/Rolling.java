package io.millwright.scheduling.internal.dispatch;

import io.millwright.api.Budget;
import io.millwright.scheduling.Alternative;
import io.millwright.scheduling.Machine;
import io.millwright.scheduling.Objectives;
import io.millwright.scheduling.Operation;
import io.millwright.scheduling.Pin;
import io.millwright.scheduling.Shop;
import io.millwright.scheduling.ShopJob;
import io.millwright.scheduling.internal.model.Floor;
import io.millwright.scheduling.internal.model.Plan;
import io.millwright.scheduling.internal.search.Search;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rolling re-optimisation: whenever something surprising has happened, the known work is planned
 * anew from the state of the floor by a search for weighted tardiness, with expected durations; its
 * order is followed until then. Not thread-safe.
 */
final class Rolling implements Chooser {

  /** Ticks that a shop is moved on by, so that due dates of the past stay positive. */
  private static final long ORIGIN = 1_000_000;

  private final long moves;
  private boolean stale = true;

  /** By slot and step: the place in the plan. */
  private int[][] rank = new int[64][];

  Rolling(long moves) {
    this.moves = moves;
  }

  /** What is planned no longer holds. */
  void surprised() {
    stale = true;
  }

  @Override
  public int choose(FloorState state, int machine, double now, int[] slots, int count) {
    if (stale) {
      plan(state, now);
      stale = false;
    }
    int best = 0;
    for (int i = 1; i < count; i++) {
      best = place(state, slots[i]) < place(state, slots[best]) ? i : best;
    }
    return best;
  }

  private int place(FloorState state, int slot) {
    return rank[slot][state.next[slot]];
  }

  private void plan(FloorState state, double now) {
    List<Machine> machines = new ArrayList<>();
    List<ShopJob> jobs = new ArrayList<>();
    List<Pin> pins = new ArrayList<>();
    for (int m = 0; m < state.machines(); m++) {
      machines.add(Machine.of("m" + m));
      long busy = (long) Math.ceil(state.free[m] - now);
      if (busy > 0) {
        // What a machine is at, or its repair, as work that nobody waits for.
        jobs.add(
            ShopJob.builder("busy" + m, List.of(Operation.of("o", Alternative.of("m" + m, busy))))
                .weight(0)
                .build());
        pins.add(Pin.at("busy" + m, "o", "m" + m, ORIGIN));
      }
    }
    int first = jobs.size();
    List<Integer> slots = new ArrayList<>();
    for (int i = 0; i < state.jobs; i++) {
      int slot = state.active[i];
      if (!state.waits(slot)) {
        continue;
      }
      List<Operation> steps = new ArrayList<>();
      for (int k = state.next[slot]; k < state.route[slot].length; k++) {
        Operation step =
            Operation.of(
                "o" + k,
                Alternative.of(
                    "m" + state.route[slot][k], Math.max(1, Math.round(state.work[slot][k]))));
        steps.add(k == state.next[slot] ? step : step.following("o" + (k - 1)));
      }
      slots.add(slot);
      jobs.add(
          ShopJob.builder("j" + slot, steps)
              .release(ORIGIN + (long) Math.ceil(Math.max(0, state.ready[slot] - now)))
              .due(Math.max(0, ORIGIN + (long) Math.floor(state.due[slot] - now)))
              .weight(state.weight[slot])
              .build());
    }
    Shop shop = Shop.builder("floor", machines, jobs).start(ORIGIN).pins(pins).build();
    Search search =
        new Search(
            shop,
            List.of(Objectives.weightedTardiness()),
            Budget.iterations(moves),
            1,
            1,
            Runnable::run,
            null);
    Plan plan = search.run(() -> false, better -> {});
    Floor floor = search.floor();
    if (rank.length < state.route.length) {
      rank = Arrays.copyOf(rank, state.route.length);
    }
    for (int i = 0; i < slots.size(); i++) {
      rank[slots.get(i)] = new int[state.route[slots.get(i)].length];
    }
    for (int i = 0; i < plan.order().length; i++) {
      int x = plan.order()[i];
      int j = floor.jobOf[x] - first;
      if (j >= 0) {
        int slot = slots.get(j);
        rank[slot][state.next[slot] + x - floor.jobStart[floor.jobOf[x]]] = i;
      }
    }
  }
}
