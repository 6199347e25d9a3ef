package io.millwright.scheduling.internal.chance;

import io.millwright.api.plan.TimeDistribution;
import io.millwright.runtime.simulation.CommonRandom;
import io.millwright.runtime.support.KeyedRandom;
import io.millwright.scheduling.Breakdowns;
import io.millwright.scheduling.Objective;
import io.millwright.scheduling.Shop;
import io.millwright.scheduling.UncertainTimes;
import io.millwright.scheduling.internal.model.Floor;
import io.millwright.scheduling.internal.model.Goal;
import io.millwright.scheduling.internal.model.Plan;
import io.millwright.scheduling.internal.model.Shifts;
import io.millwright.scheduling.internal.model.Timetable;
import java.util.List;
import org.hipparchus.special.Erf;
import org.jspecify.annotations.Nullable;

/**
 * A shop whose times are drawn anew in each replication. What is done keeps its times; what runs
 * takes longer than it has run; what was pinned to a time begins no sooner, and later where it
 * must. An operation has the same luck in every plan. Not thread-safe.
 */
final class Luck {

  private static final int OPERATIONS = 1;
  private static final int FAILURES = 2;
  private static final int DOUBT = 3;

  /** A machine that fails more often within one operation is left broken. */
  private static final int MOST_REPAIRS = 10_000;

  private static final int TRIES = 100;

  final Floor floor;
  private final Timetable timetable;
  private final UncertainTimes times;
  private final long key;
  private final long[] usual;

  /** By machine. */
  private final TimeDistribution[] durations;

  private final TimeDistribution[] setups;
  private final @Nullable Breakdowns[] breakdowns;

  /** The relative standard error of each machine's mean ratio. */
  private final double[] doubt;

  private final double[] setupRatio;

  /** What has run of each operation that runs when planning begins; -1 for others. */
  private final long[] run;

  private final boolean[] done;

  Luck(Shop shop, UncertainTimes times, Objective objective, long key) {
    floor = new Floor(shop);
    timetable = new Timetable(floor, new Goal(List.of(objective), floor));
    this.times = times;
    this.key = key;
    usual = floor.altWork.clone();
    durations = new TimeDistribution[floor.machines];
    setups = new TimeDistribution[floor.machines];
    breakdowns = new Breakdowns[floor.machines];
    doubt = new double[floor.machines];
    for (int m = 0; m < floor.machines; m++) {
      String id = shop.machines().get(m).id();
      durations[m] = times.durations(id);
      setups[m] = times.setups(id);
      breakdowns[m] = times.breakdowns(id).orElse(null);
      doubt[m] = doubt(durations[m]);
    }
    setupRatio = new double[floor.n];
    run = new long[floor.n];
    done = new boolean[floor.n];
    for (int x = 0; x < floor.n; x++) {
      run[x] = -1;
      if (floor.fixed[x] < 0) {
        continue;
      }
      Shifts working = floor.altShifts[floor.pinnedAlt[x]];
      if (floor.fixed[x] >= floor.begin) {
        floor.fixed[x] = -1;
      } else if (working.finish(floor.fixed[x], usual[floor.pinnedAlt[x]]) <= floor.begin) {
        done[x] = true;
      } else {
        run[x] = working.between(floor.fixed[x], floor.begin);
      }
    }
    timetable.stretchSetups(setupRatio);
  }

  /** The standard error of an observed mean, as a part of it; 0 for what is given. */
  private static double doubt(TimeDistribution law) {
    if (!(law instanceof TimeDistribution.Observed seen) || seen.mean() == 0) {
      return 0;
    }
    double mean = seen.mean();
    double n = seen.values().size();
    double squares = seen.values().stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
    return n < 2 ? 0 : Math.sqrt(squares / (n - 1) / n) / mean;
  }

  /** What one replication of a plan costs; its times stay until the next one. */
  double replicate(Plan plan, int replication) {
    CommonRandom random = new CommonRandom(key, replication);
    double[] sure = new double[floor.machines];
    double all = sure(times.doubt(), random, floor.machines);
    for (int m = 0; m < floor.machines; m++) {
      sure[m] = all * sure(doubt[m], random, m);
    }
    double shared = Math.sqrt(times.together());
    double own = Math.sqrt(1 - times.together());
    for (int j = 0; j < floor.jobs; j++) {
      KeyedRandom draws = random.stream(OPERATIONS, j);
      double common = draws.nextGaussian();
      for (int x = floor.jobStart[j]; x < floor.jobStart[j + 1]; x++) {
        double score = shared * common + own * draws.nextGaussian();
        double set = draws.nextDouble();
        double rounding = draws.nextDouble();
        int a = plan.alternative()[x];
        if (a < 0 || done[x]) {
          continue;
        }
        int m = floor.altMachine[a];
        setupRatio[x] = setups[m].quantile(set);
        double work = usual[a] * sure[m] * durations[m].quantile(probability(score));
        for (int t = 0; work <= run[x] && t < TRIES; t++) {
          work = usual[a] * sure[m] * durations[m].quantile(draws.nextDouble());
        }
        // Rounded by chance, so that short operations keep their mean.
        floor.altWork[a] =
            Math.max(run[x] + 1, (long) Math.min(Shifts.NEVER / 4.0, work + rounding));
      }
    }
    fail(plan, random);
    timetable.evaluate(plan);
    return timetable.costIfFeasible();
  }

  /** What a mean may be, relative to what it was learnt to be. */
  private static double sure(double error, CommonRandom random, int stream) {
    return error == 0 ? 1 : Math.max(0.1, 1 + error * random.stream(DOUBT, stream).nextGaussian());
  }

  private static double probability(double score) {
    return Math.max(1e-12, Math.min(1 - 1e-12, 0.5 * Erf.erfc(-score / Math.sqrt(2))));
  }

  /** Adds repairs to the operations in which machines fail. */
  private void fail(Plan plan, CommonRandom random) {
    KeyedRandom[] draws = new KeyedRandom[floor.machines];
    double[] left = new double[floor.machines];
    for (int x : plan.order()) {
      int a = plan.alternative()[x];
      if (a < 0 || done[x] || breakdowns[floor.altMachine[a]] == null) {
        continue;
      }
      int m = floor.altMachine[a];
      Breakdowns how = breakdowns[m];
      KeyedRandom own = draws[m];
      if (own == null) {
        own = random.stream(FAILURES, m);
        draws[m] = own;
        double survived = how.life().cdf(how.age());
        left[m] =
            survived >= 1
                ? 0
                : how.life().quantile(survived + own.nextDouble() * (1 - survived)) - how.age();
      }
      left[m] -= floor.altWork[a] - Math.max(0, run[x]);
      double repairs = 0;
      for (int k = 0; left[m] < 0 && k < MOST_REPAIRS; k++) {
        repairs += how.repair().quantile(own.nextDouble());
        left[m] += how.life().quantile(own.nextDouble());
      }
      floor.altWork[a] += (long) Math.min(Shifts.NEVER / 4.0, repairs + own.nextDouble());
    }
  }

  /** When a job ends in the replication, or {@link Long#MAX_VALUE}; -1 when it is left out. */
  long end(Plan plan, int job) {
    if (plan.alternative()[floor.jobStart[job]] < 0) {
      return -1;
    }
    long latest = 0;
    for (int x : floor.sinks[job]) {
      latest = Math.max(latest, timetable.end[x]);
    }
    return latest >= Shifts.NEVER ? Long.MAX_VALUE : latest;
  }

  boolean kept() {
    return timetable.feasible();
  }
}
