package io.millwright.scheduling.internal.model;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.scheduling.Assignment;
import io.millwright.scheduling.Calendar;
import io.millwright.scheduling.Machine;
import io.millwright.scheduling.Operation;
import io.millwright.scheduling.Pin;
import io.millwright.scheduling.Setup;
import io.millwright.scheduling.Shop;
import io.millwright.scheduling.ShopJob;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * A valid shop as arrays of numbers: operations are numbered job by job, alternatives operation by
 * operation. Shared by all searches and never written to after construction, but by a simulation
 * that has one of its own.
 */
public final class Floor {

  public final Shop shop;
  public final int jobs;
  public final int n;
  public final int machines;

  /** The job of an operation; the operations of job j are jobStart[j] to jobStart[j + 1] - 1. */
  public final int[] jobOf;

  public final int[] jobStart;

  /** The operations that must end before an operation begins, and those that wait for its end. */
  public final int[][] before;

  public final int[][] behind;

  /** Whether lags, starts or transports count, beside ends of operations. */
  public final Waits waits;

  /** What binds beyond all this. */
  public final Conditions conditions;

  /** All that must stand before, and behind, an operation in any order. */
  public final int[][] preds;

  public final int[][] succs;

  /** Whether a job can end with the operation. */
  public final boolean[] sink;

  /** The alternatives of operation x are altStart[x] to altStart[x + 1] - 1. */
  public final int[] altStart;

  public final int[] altMachine;
  public final long[] altWork;

  /** Family by operation, or -1. */
  public final int[] family;

  public final int families;

  /** The family a machine is set for at the start, or -1. */
  public final int[] firstFamily;

  /** The family that a machine is being set for at the start, or -1, and since when. */
  private final int[] settingFor;

  private final long[] settingSince;

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

  /** The one alternative that a pin leaves to an operation, or -1. */
  public final int[] pinnedAlt;

  public final long[] jobRelease;

  /** Due date by job, or Long.MAX_VALUE. */
  public final long[] due;

  /** When a job must be done, or Long.MAX_VALUE. */
  public final long[] deadline;

  /** Whether any job has a deadline. */
  public final boolean deadlines;

  public final double[] weight;

  /** What it costs to leave a job out; infinite for one that must be done. */
  public final double[] rejection;

  /** Whether any job can be left out. */
  public final boolean rejects;

  /** What an alternative holds of pools that can run short: pairs of pool and amount. */
  public final int[][] altNeeds;

  /** The pool of each unit that an alternative holds, in the order of its needs. */
  final int[][] altHeld;

  /** What an operation holds whatever alternative it takes: pairs of pool and amount. */
  public final int[][] needs;

  /** The units of each pool of secondary resources that can run short; 0 where it cannot. */
  public final int[] capacity;

  /** Whether any pool can run short. */
  public final boolean staffed;

  /** The pools of secondary resources. */
  final Pools pools;

  /** The number of an operation by its job and name. */
  private final Map<List<String>, Integer> numbers;

  /** Whether an operation may not pause. */
  public final boolean[] unbroken;

  /** Whether any operation may not pause. */
  final boolean whole;

  /** Dates and weights for dispatching. */
  public final Feeding feeding;

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
    deadline = new long[jobs];
    deadlines = shop.jobs().stream().anyMatch(j -> j.deadline().isPresent());
    weight = new double[jobs];
    rejection = new double[jobs];
    rejects = shop.jobs().stream().anyMatch(j -> j.rejection().isPresent());
    needs = new int[n][];
    unbroken = new boolean[n];
    settingFor = new int[machines];
    settingSince = new long[machines];
    pools = new Pools(shop);

    Map<String, Integer> machineIndex = new HashMap<>();
    Map<String, Integer> familyIndex = new HashMap<>();
    for (int m = 0; m < machines; m++) {
      machineIndex.put(shop.machines().get(m).id(), m);
    }
    Map<List<String>, Pin> pinOf = new HashMap<>();
    shop.pins().forEach(p -> pinOf.put(List.of(p.job(), p.operation()), p));
    Arrays.fill(fixed, -1);
    Arrays.fill(pinnedAlt, -1);
    Modes modes = new Modes(shop, pools, machineIndex);
    Map<List<String>, Integer> names = new HashMap<>();
    numbers = names;
    int x = 0;
    for (int j = 0; j < jobs; j++) {
      ShopJob job = shop.jobs().get(j);
      orStopped(stop);
      jobStart[j] = x;
      jobRelease[j] = job.release();
      due[j] = job.due().orElse(Long.MAX_VALUE);
      deadline[j] = job.deadline().orElse(Long.MAX_VALUE);
      weight[j] = job.weight();
      rejection[j] = job.rejection().orElse(Double.POSITIVE_INFINITY);
      for (Operation o : job.operations()) {
        if ((x & 1023) == 0) {
          orStopped(stop);
        }
        names.put(List.of(job.id(), o.id()), x);
        jobOf[x] = j;
        release[x] = Math.max(shop.start(), job.release());
        altStart[x] = modes.size();
        Pin pin = pinOf.get(List.of(job.id(), o.id()));
        modes.add(job, o, pin);
        if (pin != null) {
          pin(x, pin, modes.size() - altStart[x]);
        }
        unbroken[x] = o.unbroken();
        family[x] =
            o.family().map(f -> familyIndex.computeIfAbsent(f, k -> familyIndex.size())).orElse(-1);
        x++;
      }
    }
    jobStart[jobs] = n;
    altStart[n] = modes.size();
    altMachine = modes.machines();
    altWork = modes.work();
    altHeld = modes.held();
    altNeeds = new int[altHeld.length][];
    capacity = modes.capacities(altNeeds);
    staffed = Arrays.stream(capacity).anyMatch(c -> c > 0);
    orStopped(stop);
    common();
    waits = new Waits(shop, names, before, machineIndex);
    conditions = new Conditions(shop, modes.joins(), names);
    orStopped(stop);
    followers();
    orStopped(stop);
    sink = new boolean[n];
    sinks();
    preds = Waits.joined(before, waits.starts);
    succs = Waits.joined(behind, waits.started);
    orStopped(stop);
    boolean some = false;
    for (boolean one : unbroken) {
      some |= one;
    }
    whole = some;
    for (Machine m : shop.machines()) {
      m.family().ifPresent(f -> familyIndex.computeIfAbsent(f, k -> familyIndex.size()));
      m.setting().ifPresent(s -> familyIndex.computeIfAbsent(s.to(), k -> familyIndex.size()));
      for (Setup s : m.setups()) {
        familyIndex.computeIfAbsent(s.from(), k -> familyIndex.size());
        familyIndex.computeIfAbsent(s.to(), k -> familyIndex.size());
      }
    }
    families = familyIndex.size();
    Map<Calendar, Shifts> calendars = new HashMap<>();
    for (int m = 0; m < machines; m++) {
      Machine machine = shop.machines().get(m);
      shifts[m] = calendars.computeIfAbsent(machine.calendar(), Shifts::new);
      settingFor[m] = machine.setting().map(s -> familyIndex.getOrDefault(s.to(), -1)).orElse(-1);
      settingSince[m] = machine.setting().map(s -> s.since()).orElse(0L);
      firstFamily[m] = machine.family().map(familyIndex::get).orElse(-1);
      if (machine.setups().stream().anyMatch(s -> s.duration() > 0)) {
        long[] table = new long[families * families];
        for (Setup s : machine.setups()) {
          int from = index(familyIndex, s.from());
          table[from * families + index(familyIndex, s.to())] = s.duration();
        }
        setups[m] = table;
        conditions.crew(m, machine, familyIndex, pools, capacity);
      }
    }
    altShifts = modes.shifts(shifts, calendars);
    feeding = new Feeding(this);
    decide();
    begun =
        IntStream.range(0, n)
            .filter(y -> fixed[y] >= 0 && fixed[y] < begin)
            .boxed()
            .sorted(Comparator.comparingLong(y -> fixed[y]))
            .mapToInt(y -> y)
            .toArray();
  }

  private void pin(int x, Pin pin, int modes) {
    if (modes == 1) {
      pinnedAlt[x] = altStart[x];
    }
    if (pin.start().isPresent()) {
      fixed[x] = pin.start().getAsLong();
      release[x] = fixed[x];
    }
  }

  /**
   * What stands at a time has one alternative: the first that is open then, which is all that is
   * left to choose.
   */
  private void decide() {
    for (int x = 0; x < n; x++) {
      if (fixed[x] >= 0 && pinnedAlt[x] < 0) {
        int a = altStart[x];
        while (a < altStart[x + 1] && altShifts[a].nextOpen(fixed[x]) != fixed[x]) {
          a++;
        }
        pinnedAlt[x] = a == altStart[x + 1] ? altStart[x] : a;
      }
    }
  }

  private void common() {
    for (int x = 0; x < n; x++) {
      int[] first = altNeeds[altStart[x]];
      boolean same = true;
      for (int a = altStart[x] + 1; a < altStart[x + 1]; a++) {
        same &= Arrays.equals(altNeeds[a], first);
      }
      needs[x] = same ? first : new int[0];
    }
  }

  /** Throws when work should end before there is a plan. */
  public static void orStopped(Stop stop) {
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

  private void followers() {
    int[] count = new int[n];
    for (int[] ends : before) {
      for (int y : ends) {
        count[y]++;
      }
    }
    for (int x = 0; x < n; x++) {
      behind[x] = new int[count[x]];
    }
    for (int x = n - 1; x >= 0; x--) {
      for (int i = before[x].length - 1; i >= 0; i--) {
        int y = before[x][i];
        behind[y][--count[y]] = x;
      }
    }
  }

  /** A job can end with every operation whose end no other of the job waits for. */
  private void sinks() {
    for (int x = 0; x < n; x++) {
      sink[x] = true;
      for (int y : behind[x]) {
        sink[x] &= jobOf[y] != jobOf[x];
      }
    }
    for (int j = 0; j < jobs; j++) {
      sinks[j] = IntStream.range(jobStart[j], jobStart[j + 1]).filter(x -> sink[x]).toArray();
    }
  }

  /** The number of an operation. */
  int number(String job, String operation) {
    return index(numbers, List.of(job, operation));
  }

  /** The number of a name; a valid shop has no name without one. */
  private static <K> int index(Map<K, Integer> numbers, K name) {
    return Objects.requireNonNull(numbers.get(name), () -> "unknown name " + name);
  }

  public int alternatives(int x) {
    return altStart[x + 1] - altStart[x];
  }

  /** The alternative of an assignment, on an oven the one that opens a load, or -1 for none. */
  public int alternative(int x, Assignment a) {
    int[] held = Pools.pairs(pools.of(a.held()));
    int found = -1;
    for (int k = altStart[x]; k < altStart[x + 1]; k++) {
      if (!conditions.joins(k) && shop.machines().get(altMachine[k]).id().equals(a.machine())) {
        found = found < 0 || Arrays.equals(Pools.pairs(altHeld[k]), held) ? k : found;
      }
    }
    return found;
  }

  /**
   * From when on a machine can be set up, when what came before on it was done before planning
   * begins: the set-up may have begun then, unless it is known to be another one.
   */
  public long setupFrom(int m, long free, int to) {
    if (settingFor[m] < 0) {
      return free == Long.MIN_VALUE ? begin : Math.min(free, begin);
    }
    return settingFor[m] == to ? settingSince[m] : begin;
  }

  /** When an operation can begin, from a tick on at which nothing but calendars is in its way. */
  public long open(int x, int alternative, long from) {
    Shifts working = altShifts[alternative];
    return unbroken[x] ? working.fit(from, altWork[alternative]) : working.nextOpen(from);
  }

  /** Whether no machine is shared, so that none can be in anybody's way. */
  public boolean apart() {
    return Arrays.stream(altMachine).distinct().count() == altMachine.length;
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
      if (release[x] != 0 || fixed[x] >= 0 || pinnedAlt[x] >= 0) {
        return false;
      }
    }
    for (int a = 0; a < altHeld.length; a++) {
      if (altNeeds[a].length > 0 || altShifts[a] != shifts[altMachine[a]]) {
        return false;
      }
    }
    return !waits.any && !whole && !deadlines && !conditions.any;
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

  /** The mean work of an operation's alternatives. */
  public double meanWork(int x) {
    double sum = 0;
    for (int a = altStart[x]; a < altStart[x + 1]; a++) {
      sum += altWork[a];
    }
    return sum / (altStart[x + 1] - altStart[x]);
  }
}
