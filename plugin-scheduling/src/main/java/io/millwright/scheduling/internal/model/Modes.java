package io.millwright.scheduling.internal.model;

import io.millwright.scheduling.Alternative;
import io.millwright.scheduling.Calendar;
import io.millwright.scheduling.Need;
import io.millwright.scheduling.Operation;
import io.millwright.scheduling.Pin;
import io.millwright.scheduling.Setup;
import io.millwright.scheduling.Shop;
import io.millwright.scheduling.ShopJob;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The modes in which operations can be done, collected operation by operation: each is a machine
 * with one choice of the staff that is held there. Serves the construction of a {@link Floor}.
 */
final class Modes {

  private final Shop shop;
  private final Pools pools;
  private final Map<String, Integer> machineIndex;
  private final List<Mode> all = new ArrayList<>();

  Modes(Shop shop, Pools pools, Map<String, Integer> machineIndex) {
    this.shop = shop;
    this.pools = pools;
    this.machineIndex = machineIndex;
  }

  /** A machine that can do an operation, with a choice of what it holds there. */
  private record Mode(int machine, long work, int[] held, boolean joins) {}

  /** Adds the modes of an operation, as far as its pin leaves them open. */
  void add(ShopJob job, Operation o, @Nullable Pin pin) {
    List<Mode> modes = new ArrayList<>();
    int[] pinned = pin == null ? new int[0] : Pools.pairs(pools.of(pin.held()));
    for (Alternative a : o.alternatives()) {
      if (pin == null || pin.machine().equals(a.machine())) {
        int m = Objects.requireNonNull(machineIndex.get(a.machine()));
        for (int[] choice : pools.choices(o, a)) {
          modes.add(new Mode(m, a.work(job.quantity()), choice, false));
          if (shop.machines().get(m).oven().isPresent() && (pin == null || pin.start().isEmpty())) {
            modes.add(new Mode(m, a.work(job.quantity()), choice, true));
          }
        }
      }
    }
    if (pinned.length > 0) {
      List<Mode> left =
          modes.stream().filter(m -> Arrays.equals(Pools.pairs(m.held()), pinned)).toList();
      modes = left.isEmpty() ? modes : left;
    }
    all.addAll(modes);
  }

  int size() {
    return all.size();
  }

  int[] machines() {
    return all.stream().mapToInt(Mode::machine).toArray();
  }

  /** Whether each mode joins the load before it; it stands right behind the one that does not. */
  boolean[] joins() {
    boolean[] joins = new boolean[all.size()];
    for (int a = 0; a < joins.length; a++) {
      joins[a] = all.get(a).joins();
    }
    return joins;
  }

  long[] work() {
    return all.stream().mapToLong(Mode::work).toArray();
  }

  /** The pool of each unit that a mode holds, in the order of its needs. */
  int[][] held() {
    return all.stream().map(Mode::held).toArray(int[][]::new);
  }

  /**
   * The units of each pool, 0 where all machines at work together cannot use it up.
   *
   * @param needs receives what each mode holds of those that are left, as pairs of pool and amount
   */
  int[] capacities(int[][] needs) {
    int[] units = new int[pools.count()];
    long[] most = new long[units.length];
    int[][] onMachine = new int[shop.machines().size()][];
    for (int a = 0; a < needs.length; a++) {
      int[] pairs = Pools.pairs(all.get(a).held());
      needs[a] = pairs;
      int m = all.get(a).machine();
      for (int k = 0; k < pairs.length; k += 2) {
        if (onMachine[m] == null) {
          onMachine[m] = new int[units.length];
        }
        onMachine[m][pairs[k]] = Math.max(onMachine[m][pairs[k]], pairs[k + 1]);
      }
    }
    setups(onMachine, units.length);
    for (int[] own : onMachine) {
      for (int p = 0; own != null && p < own.length; p++) {
        most[p] += own[p];
      }
    }
    boolean past = shop.pins().stream().anyMatch(p -> p.start().isPresent());
    for (int p = 0; p < units.length; p++) {
      // What is pinned may hold more than there is now, so that nothing is certain.
      units[p] = past || most[p] > pools.capacity(p) ? pools.capacity(p) : 0;
    }
    for (int a = 0; a < needs.length; a++) {
      int[] pairs = needs[a];
      int filled = 0;
      int[] left = new int[pairs.length];
      for (int k = 0; k < pairs.length; k += 2) {
        if (units[pairs[k]] > 0) {
          left[filled++] = pairs[k];
          left[filled++] = pairs[k + 1];
        }
      }
      needs[a] = filled == pairs.length ? pairs : Arrays.copyOf(left, filled);
    }
    return units;
  }

  /** On an oven many work at once, and a set-up holds while its machine does nothing else. */
  private void setups(int[][] onMachine, int count) {
    for (int m = 0; m < onMachine.length; m++) {
      int[] own = onMachine[m] == null ? new int[count] : onMachine[m];
      for (Setup s : shop.machines().get(m).setups()) {
        for (Need need : s.needs()) {
          int pool = pools.only(need.resource());
          own[pool] = Math.max(own[pool], need.amount());
          onMachine[m] = own;
        }
      }
      for (int p = 0; p < count && shop.machines().get(m).oven().isPresent(); p++) {
        own[p] = own[p] > 0 ? pools.capacity(p) + 1 : 0;
      }
    }
  }

  /**
   * When each mode can be worked in; those with the same machine and absences share one calendar.
   */
  Shifts[] shifts(Shifts[] ofMachines, Map<Calendar, Shifts> calendars) {
    Shifts[] shifts = new Shifts[all.size()];
    Map<List<Integer>, Shifts> joined = new HashMap<>();
    for (int a = 0; a < shifts.length; a++) {
      List<Integer> key = new ArrayList<>();
      for (int pool : all.get(a).held()) {
        if (!pools.calendar(pool).isAlways() && !key.contains(pool)) {
          key.add(pool);
        }
      }
      int m = all.get(a).machine();
      if (key.isEmpty()) {
        shifts[a] = ofMachines[m];
        continue;
      }
      key.sort(null);
      key.add(0, m);
      shifts[a] =
          joined.computeIfAbsent(key, k -> calendars.computeIfAbsent(joined(k), Shifts::new));
    }
    return shifts;
  }

  private Calendar joined(List<Integer> machineAndPools) {
    Calendar open = shop.machines().get(machineAndPools.get(0)).calendar();
    for (int pool : machineAndPools.subList(1, machineAndPools.size())) {
      open = open.and(pools.calendar(pool));
    }
    return open;
  }
}
