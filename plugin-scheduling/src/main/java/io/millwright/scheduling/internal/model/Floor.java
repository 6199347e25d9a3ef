package io.millwright.scheduling.internal.model;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.scheduling.Alternative;
import io.millwright.scheduling.Calendar;
import io.millwright.scheduling.Machine;
import io.millwright.scheduling.Need;
import io.millwright.scheduling.Operation;
import io.millwright.scheduling.Pin;
import io.millwright.scheduling.Setup;
import io.millwright.scheduling.Shop;
import io.millwright.scheduling.ShopJob;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * A valid shop as arrays of numbers: operations are numbered job by job, alternatives operation by
 * operation. Shared by all searches and never written to after construction.
 */
public final class Floor {

  public final Shop shop;
  public final int jobs;
  public final int n;
  public final int machines;

  /** The job of an operation; the operations of job j are jobStart[j] to jobStart[j + 1] - 1. */
  public final int[] jobOf;

  public final int[] jobStart;
  public final int[][] before;
  public final int[][] behind;

  /** The alternatives of operation x are altStart[x] to altStart[x + 1] - 1. */
  public final int[] altStart;

  public final int[] altMachine;
  public final long[] altWork;

  /** Family by operation, or -1. */
  public final int[] family;

  public final int families;

  /** The family a machine is set for at the start, or -1. */
  public final int[] firstFamily;

  /** Set-up by machine and from * families + to; null for a machine without. */
  public final long[][] setups;

  public final Shifts[] shifts;

  /**
   * When an alternative can be worked on: while its machine and all the operation needs are there.
   */
  public final Shifts[] altShifts;

  /** The tick at which planning begins. */
  public final long begin;

  /** The operations of each job that nothing follows. */
  public final int[][] sinks;

  /** The earliest start of each operation. */
  public final long[] release;

  /** The pinned start of each operation, or -1. */
  public final long[] fixed;

  /** The operations pinned before planning begins, in order of their starts. */
  final int[] begun;

  /** The pinned alternative of each operation, or -1. */
  public final int[] pinnedAlt;

  public final long[] jobRelease;

  /** Due date by job, or Long.MAX_VALUE. */
  public final long[] due;

  public final double[] weight;

  /** Resource needs: need[x] holds pairs of resource and amount. */
  public final int[][] needs;

  public final int[] capacity;

  public Floor(Shop shop) {
    this(shop, () -> false);
  }

  /**
   * The arrays of a shop.
   *
   * @param stop ends the preparation of a large shop
   * @throws MillwrightException with {@link ErrorCode#JOB_CANCELLED} when stopped
   */
  public Floor(Shop shop, Stop stop) {
    this.shop = shop;
    jobs = shop.jobs().size();
    n = shop.operationCount();
    machines = shop.machines().size();
    jobOf = new int[n];
    jobStart = new int[jobs + 1];
    before = new int[n][];
    behind = new int[n][];
    altStart = new int[n + 1];
    family = new int[n];
    firstFamily = new int[machines];
    setups = new long[machines][];
    shifts = new Shifts[machines];
    begin = shop.start();
    sinks = new int[jobs][];
    release = new long[n];
    fixed = new long[n];
    pinnedAlt = new int[n];
    jobRelease = new long[jobs];
    due = new long[jobs];
    weight = new double[jobs];
    needs = new int[n][];
    capacity = shop.resources().stream().mapToInt(r -> r.capacity()).toArray();

    Map<String, Integer> machineIndex = new HashMap<>();
    Map<String, Integer> familyIndex = new HashMap<>();
    for (int m = 0; m < machines; m++) {
      machineIndex.put(shop.machines().get(m).id(), m);
    }
    Map<String, Integer> resourceIndex = new HashMap<>();
    for (int r = 0; r < capacity.length; r++) {
      resourceIndex.put(shop.resources().get(r).id(), r);
    }
    Arrays.fill(fixed, -1);
    Arrays.fill(pinnedAlt, -1);
    List<long[]> alternatives = new ArrayList<>();
    Map<List<String>, Integer> names = new HashMap<>();
    int x = 0;
    for (int j = 0; j < jobs; j++) {
      ShopJob job = shop.jobs().get(j);
      orStopped(stop);
      jobStart[j] = x;
      jobRelease[j] = job.release();
      due[j] = job.due().orElse(Long.MAX_VALUE);
      weight[j] = job.weight();
      for (Operation o : job.operations()) {
        if ((x & 1023) == 0) {
          orStopped(stop);
        }
        names.put(List.of(job.id(), o.id()), x);
        jobOf[x] = j;
        release[x] = Math.max(shop.start(), job.release());
        altStart[x] = alternatives.size();
        for (Alternative a : o.alternatives()) {
          alternatives.add(new long[] {index(machineIndex, a.machine()), a.work(job.quantity())});
        }
        family[x] =
            o.family().map(f -> familyIndex.computeIfAbsent(f, k -> familyIndex.size())).orElse(-1);
        needs[x] = new int[2 * o.needs().size()];
        int k = 0;
        for (Need need : o.needs()) {
          needs[x][k++] = index(resourceIndex, need.resource());
          needs[x][k++] = need.amount();
        }
        x++;
      }
      precedence(job, j, names);
    }
    jobStart[jobs] = n;
    altStart[n] = alternatives.size();
    altMachine = alternatives.stream().mapToInt(a -> (int) a[0]).toArray();
    altWork = alternatives.stream().mapToLong(a -> a[1]).toArray();
    for (Machine m : shop.machines()) {
      m.family().ifPresent(f -> familyIndex.computeIfAbsent(f, k -> familyIndex.size()));
      for (Setup s : m.setups()) {
        familyIndex.computeIfAbsent(s.from(), k -> familyIndex.size());
        familyIndex.computeIfAbsent(s.to(), k -> familyIndex.size());
      }
    }
    families = familyIndex.size();
    for (int m = 0; m < machines; m++) {
      Machine machine = shop.machines().get(m);
      shifts[m] = new Shifts(machine.calendar());
      firstFamily[m] = machine.family().map(familyIndex::get).orElse(-1);
      if (machine.setups().stream().anyMatch(s -> s.duration() > 0)) {
        long[] table = new long[families * families];
        for (Setup s : machine.setups()) {
          int from = index(familyIndex, s.from());
          table[from * families + index(familyIndex, s.to())] = s.duration();
        }
        setups[m] = table;
      }
    }
    altShifts = altShifts();
    for (Pin pin : shop.pins()) {
      int pinned = index(names, List.of(pin.job(), pin.operation()));
      for (int a = altStart[pinned]; a < altStart[pinned + 1]; a++) {
        if (shop.machines().get(altMachine[a]).id().equals(pin.machine())) {
          pinnedAlt[pinned] = a;
        }
      }
      if (pin.start().isPresent()) {
        fixed[pinned] = pin.start().getAsLong();
        release[pinned] = fixed[pinned];
      }
    }
    begun =
        IntStream.range(0, n)
            .filter(y -> fixed[y] >= 0 && fixed[y] < begin)
            .boxed()
            .sorted(Comparator.comparingLong(y -> fixed[y]))
            .mapToInt(y -> y)
            .toArray();
  }

  /** Alternatives with the same machine and absences share one calendar. */
  private Shifts[] altShifts() {
    Shifts[] all = new Shifts[altMachine.length];
    Map<List<Integer>, Shifts> joined = new HashMap<>();
    for (int x = 0; x < n; x++) {
      List<Integer> key = new ArrayList<>();
      for (int k = 0; k < needs[x].length; k += 2) {
        if (!shop.resources().get(needs[x][k]).calendar().closed().isEmpty()) {
          key.add(needs[x][k]);
        }
      }
      for (int a = altStart[x]; a < altStart[x + 1]; a++) {
        int m = altMachine[a];
        if (key.isEmpty()) {
          all[a] = shifts[m];
          continue;
        }
        List<Integer> own = new ArrayList<>(key);
        own.add(0, m);
        all[a] = joined.computeIfAbsent(own, this::joined);
      }
    }
    return all;
  }

  private Shifts joined(List<Integer> machineAndResources) {
    Calendar all = shop.machines().get(machineAndResources.get(0)).calendar();
    for (int r : machineAndResources.subList(1, machineAndResources.size())) {
      all = all.and(shop.resources().get(r).calendar());
    }
    return new Shifts(all);
  }

  private static void orStopped(Stop stop) {
    if (stop.now()) {
      throw stopped();
    }
  }

  /** Work that was cancelled before there was any plan. */
  public static MillwrightException stopped() {
    return new MillwrightException(
        ErrorCode.JOB_CANCELLED,
        "the search was stopped before it had a first plan\nMaybe give it more time");
  }

  private void precedence(ShopJob job, int j, Map<List<String>, Integer> names) {
    int base = jobStart[j];
    int size = job.operations().size();
    int[] followers = new int[size];
    for (int i = 0; i < size; i++) {
      before[base + i] =
          job.operations().get(i).after().stream()
              .distinct()
              .mapToInt(id -> index(names, List.of(job.id(), id)))
              .toArray();
      for (int y : before[base + i]) {
        followers[y - base]++;
      }
    }
    for (int i = 0; i < size; i++) {
      behind[base + i] = new int[followers[i]];
    }
    for (int i = size - 1; i >= 0; i--) {
      for (int y : before[base + i]) {
        behind[y][--followers[y - base]] = base + i;
      }
    }
    sinks[j] = IntStream.range(base, base + size).filter(x -> behind[x].length == 0).toArray();
  }

  /** The number of a name; a valid shop has no name without one. */
  private static <K> int index(Map<K, Integer> numbers, K name) {
    return Objects.requireNonNull(numbers.get(name), () -> "unknown name " + name);
  }

  public int alternatives(int x) {
    return altStart[x + 1] - altStart[x];
  }

  /** Whether every operation has one machine only. */
  public boolean dedicated() {
    return altMachine.length == n;
  }

  /** Whether every job is a chain in the order of its operations. */
  public boolean chains() {
    for (int x = 0; x < n; x++) {
      boolean head = x == jobStart[jobOf[x]];
      if (head ? before[x].length != 0 : before[x].length != 1 || before[x][0] != x - 1) {
        return false;
      }
    }
    return true;
  }

  /** Whether nothing but machines, durations and precedence matters. */
  public boolean plain() {
    for (int m = 0; m < machines; m++) {
      if (setups[m] != null || !shifts[m].always()) {
        return false;
      }
    }
    for (int x = 0; x < n; x++) {
      if (release[x] != 0 || fixed[x] >= 0 || pinnedAlt[x] >= 0 || needs[x].length != 0) {
        return false;
      }
    }
    return true;
  }

  /** A time by which even a plan without any overlap is done, pauses left out. */
  public double horizon() {
    double sum = begin;
    for (int x = 0; x < n; x++) {
      long longest = 0;
      for (int a = altStart[x]; a < altStart[x + 1]; a++) {
        longest = Math.max(longest, altWork[a]);
      }
      sum += longest;
    }
    for (long r : release) {
      sum = Math.max(sum, (double) r);
    }
    return sum;
  }

  /** Set-up on machine m from one family to another; -1 stands for none. */
  public long setup(int m, int from, int to) {
    return setups[m] == null || from < 0 || to < 0 ? 0 : setups[m][from * families + to];
  }

  /** Whether all times of any reasonable plan fit an int with room to add. */
  public boolean small() {
    return horizon() < 1 << 29;
  }
}
