package io.millwright.scheduling.internal.search;

import io.millwright.scheduling.internal.model.Draws;
import io.millwright.scheduling.internal.model.Floor;
import io.millwright.scheduling.internal.model.Goal;
import io.millwright.scheduling.internal.model.Island;
import io.millwright.scheduling.internal.model.Plan;
import io.millwright.scheduling.internal.model.Stop;
import java.util.Arrays;

/**
 * Iterated greedy for a permutation flow shop whose objective is not the makespan alone: total flow
 * time, weighted tardiness, sums (Pan and Ruiz 2012). Take a few jobs out, put each back at its
 * best place, improve by single insertions, accept at a constant temperature. Places are judged one
 * by one from the part of the sequence before them, and given up as soon as they cost more than the
 * best so far. One iteration is one such round.
 */
public final class SequenceIsland implements Island {

  private static final int TAKEN = 4;
  private static final double HEAT = 0.4;

  private final Floor floor;
  private final Goal goal;
  private final Draws draws;
  private final double target;
  private final int jobs;
  private final int stages;
  private final double temperature;

  /** Ends by position and stage of the partial sequence, and its cost up to each position. */
  private final long[] head;

  private final double[] before;
  private final long[] row;
  private final int[] sequence;
  private int length;
  private final int[] current;
  private double currentCost;
  private final int[] best;
  private double bestCost;
  private final int[] queue;
  private int place;

  SequenceIsland(Floor floor, Goal goal, Draws draws, double target, Plan first) {
    this.floor = floor;
    this.goal = goal;
    this.draws = draws;
    this.target = target;
    jobs = floor.jobs;
    stages = floor.n / jobs;
    head = new long[(jobs + 1) * stages];
    before = new double[jobs + 1];
    row = new long[stages];
    sequence = new int[jobs];
    current = new int[jobs];
    best = new int[jobs];
    queue = new int[jobs];
    double work = 0;
    for (long w : floor.altWork) {
      work += w;
    }
    double weight = goal.makespan;
    for (double w : floor.weight) {
      weight += (goal.tardiness + goal.flow) * w / jobs;
    }
    temperature = HEAT * weight * work / (10.0 * floor.n);
    load(first);
    System.arraycopy(sequence, 0, best, 0, jobs);
    bestCost = currentCost;
  }

  private void load(Plan plan) {
    for (int i = 0; i < jobs; i++) {
      sequence[i] = floor.jobOf[plan.order()[i * stages]];
    }
    length = jobs;
    heads(0);
    currentCost = before[jobs] + goal.makespan * last(jobs);
    System.arraycopy(sequence, 0, current, 0, jobs);
  }

  /** When the first jobs of the sequence are done. */
  private long last(int count) {
    return count == 0 ? 0 : head[count * stages + stages - 1];
  }

  /** Sets ends and costs from a position on. */
  private void heads(int from) {
    for (int i = from; i < length; i++) {
      System.arraycopy(head, i * stages, row, 0, stages);
      append(sequence[i]);
      System.arraycopy(row, 0, head, (i + 1) * stages, stages);
      before[i + 1] = before[i] + goal.ofJob(floor, sequence[i], row[stages - 1]);
    }
  }

  private void append(int job) {
    int base = job * stages;
    long at = 0;
    for (int k = 0; k < stages; k++) {
      at = Math.max(at, row[k]) + floor.altWork[base + k];
      row[k] = at;
    }
  }

  /** The cost with a job at a place; infinite when it is no less than a limit. */
  private double cost(int job, int at, double limit) {
    System.arraycopy(head, at * stages, row, 0, stages);
    append(job);
    double sum = before[at] + goal.ofJob(floor, job, row[stages - 1]);
    for (int i = at; i < length; i++) {
      if (sum >= limit) {
        return Double.POSITIVE_INFINITY;
      }
      append(sequence[i]);
      sum += goal.ofJob(floor, sequence[i], row[stages - 1]);
    }
    sum += goal.makespan * row[stages - 1];
    return sum < limit ? sum : Double.POSITIVE_INFINITY;
  }

  /** Finds the first best place for a job that costs less than a limit. */
  private double bestPlace(int job, double limit) {
    double least = limit;
    place = -1;
    for (int at = length; at >= 0; at--) {
      double value = cost(job, at, least);
      if (value < least) {
        least = value;
        place = at;
      }
    }
    return least;
  }

  private void insert(int job, int at) {
    System.arraycopy(sequence, at, sequence, at + 1, length - at);
    sequence[at] = job;
    length++;
    heads(at);
  }

  private int remove(int at) {
    int job = sequence[at];
    length--;
    System.arraycopy(sequence, at + 1, sequence, at, length - at);
    heads(at);
    return job;
  }

  private int find(int job) {
    int at = 0;
    while (sequence[at] != job) {
      at++;
    }
    return at;
  }

  /** Moves single jobs to better places until no move helps. */
  private double improve(double start, Stop stop) {
    double value = start;
    boolean better = true;
    while (better) {
      better = false;
      System.arraycopy(sequence, 0, queue, 0, jobs);
      for (int i = jobs - 1; i > 0; i--) {
        int k = draws.below(i + 1);
        int t = queue[i];
        queue[i] = queue[k];
        queue[k] = t;
      }
      for (int job : queue) {
        if (stop.now()) {
          return value;
        }
        int old = find(job);
        remove(old);
        // Sums of doubles differ in their last digits with the order of adding.
        double found = bestPlace(job, value - 1e-9 * Math.max(1, Math.abs(value)));
        if (place >= 0) {
          value = found;
          better = true;
          insert(job, place);
        } else {
          insert(job, old);
        }
      }
    }
    return value;
  }

  @Override
  public long advance(long iterations, Stop stop) {
    long done = 0;
    int[] taken = new int[Math.min(TAKEN, jobs - 1)];
    while (done < iterations && bestCost > target && !stop.now()) {
      done++;
      for (int i = 0; i < taken.length; i++) {
        taken[i] = remove(draws.below(length));
      }
      double value = currentCost;
      for (int job : taken) {
        value = bestPlace(job, Double.POSITIVE_INFINITY);
        insert(job, place);
      }
      value = improve(value, stop);
      if (value < bestCost) {
        bestCost = value;
        System.arraycopy(sequence, 0, best, 0, jobs);
      }
      if (value <= currentCost
          || draws.unit() < Math.exp((currentCost - value) / Math.max(1e-9, temperature))) {
        currentCost = value;
        System.arraycopy(sequence, 0, current, 0, jobs);
      } else {
        System.arraycopy(current, 0, sequence, 0, jobs);
        heads(0);
      }
    }
    return done;
  }

  @Override
  public Plan best() {
    int[] order = new int[floor.n];
    int i = 0;
    for (int job : best) {
      for (int k = 0; k < stages; k++) {
        order[i++] = job * stages + k;
      }
    }
    return new Plan(bestCost, order, Arrays.copyOf(floor.altStart, floor.n), "iterated greedy");
  }

  @Override
  public void receive(Plan plan) {
    if (plan.cost() < bestCost) {
      load(plan);
      currentCost = plan.cost();
      bestCost = plan.cost();
      System.arraycopy(sequence, 0, best, 0, jobs);
    }
  }
}
