package io.millwright.scheduling.internal.search;

import io.millwright.scheduling.internal.model.Draws;
import io.millwright.scheduling.internal.model.Floor;
import io.millwright.scheduling.internal.model.Island;
import io.millwright.scheduling.internal.model.Plan;
import io.millwright.scheduling.internal.model.Stop;
import java.util.Arrays;

/**
 * Iterated greedy for the makespan of a permutation flow shop (Ruiz and Stützle 2007): take a few
 * jobs out, improve what is left (Dubois-Lacoste, Pagnozzi and Stützle 2017), put each back at its
 * best place, improve by single insertions, accept at a constant temperature. All insertion places
 * of a job are judged at once by Taillard's heads and tails (1990). One iteration is one such
 * round.
 */
public final class FlowShopIsland implements Island {

  private static final int TAKEN = 2;
  private static final double HEAT = 0.7;

  /** Above so many steps the first sequence is not tried out, so that there is one at once. */
  private static final long CAREFUL = 500_000_000L;

  private final Floor floor;
  private final Draws draws;
  private final int jobs;
  private final int stages;
  private final int target;

  /** Durations by job and stage. */
  private final int[] p;

  /** Heads and tails of the partial sequence by position and stage, with a border of zeros. */
  private final int[] head;

  private final int[] tail;
  private final int[] row;

  private final int[] sequence;
  private int length;
  private final int[] current;
  private int currentValue;
  private final int[] best;
  private int bestValue;
  private final int[] queue;
  private final int[] taken = new int[TAKEN];
  private final double temperature;

  private int place;

  FlowShopIsland(Floor floor, Draws draws, int target) {
    this.floor = floor;
    this.draws = draws;
    this.target = target;
    jobs = floor.jobs;
    stages = floor.n / jobs;
    p = new int[floor.n];
    double sum = 0;
    for (int x = 0; x < floor.n; x++) {
      p[x] = (int) floor.altWork[x];
      sum += p[x];
    }
    temperature = HEAT * sum / (floor.n * 10.0);
    head = new int[(jobs + 2) * (stages + 2)];
    tail = new int[(jobs + 2) * (stages + 2)];
    row = new int[stages + 2];
    sequence = new int[jobs];
    current = new int[jobs];
    best = new int[jobs];
    queue = new int[jobs];
    constructive();
    accept();
    System.arraycopy(sequence, 0, best, 0, jobs);
    bestValue = currentValue;
  }

  /** The heuristic of Nawaz, Enscore and Ham (1983): longest jobs first, each at its best place. */
  private void constructive() {
    long[] keys = new long[jobs];
    for (int j = 0; j < jobs; j++) {
      long total = 0;
      for (int k = 0; k < stages; k++) {
        total += p[j * stages + k];
      }
      keys[j] = -total * jobs + j;
    }
    Arrays.sort(keys);
    length = 0;
    boolean careful = (long) jobs * jobs * stages <= CAREFUL;
    for (long key : keys) {
      int job = (int) Math.floorMod(key, (long) jobs);
      place = length;
      if (careful) {
        bestPlace(job);
      }
      insert(job, place);
    }
    currentValue = value();
  }

  private void accept() {
    System.arraycopy(sequence, 0, current, 0, jobs);
  }

  /** The makespan of the partial sequence. */
  private int value() {
    Arrays.fill(row, 0, stages + 1, 0);
    for (int i = 0; i < length; i++) {
      int base = sequence[i] * stages;
      for (int k = 1; k <= stages; k++) {
        row[k] = Math.max(row[k], row[k - 1]) + p[base + k - 1];
      }
    }
    return row[stages];
  }

  /** Finds the best place for a job in the partial sequence; ties are broken by the draw. */
  private int bestPlace(int job) {
    int width = stages + 2;
    for (int i = 1; i <= length; i++) {
      int base = sequence[i - 1] * stages;
      int at = i * width;
      int e = 0;
      for (int k = 1; k <= stages; k++) {
        e = Math.max(e, head[at - width + k]) + p[base + k - 1];
        head[at + k] = e;
      }
    }
    Arrays.fill(tail, (length + 1) * width, (length + 2) * width, 0);
    for (int i = length; i >= 1; i--) {
      int base = sequence[i - 1] * stages;
      int at = i * width;
      int q = 0;
      for (int k = stages; k >= 1; k--) {
        q = Math.max(q, tail[at + width + k]) + p[base + k - 1];
        tail[at + k] = q;
      }
    }
    int smallest = Integer.MAX_VALUE;
    int ties = 0;
    int base = job * stages;
    for (int i = 0; i <= length; i++) {
      int at = i * width;
      int f = 0;
      int longest = 0;
      for (int k = 1; k <= stages; k++) {
        f = Math.max(f, head[at + k]) + p[base + k - 1];
        longest = Math.max(longest, f + tail[at + width + k]);
      }
      if (longest < smallest) {
        smallest = longest;
        ties = 1;
        place = i;
      } else if (longest == smallest && draws.below(++ties) == 0) {
        place = i;
      }
    }
    return smallest;
  }

  private void insert(int job, int at) {
    System.arraycopy(sequence, at, sequence, at + 1, length - at);
    sequence[at] = job;
    length++;
  }

  private int remove(int at) {
    int job = sequence[at];
    length--;
    System.arraycopy(sequence, at + 1, sequence, at, length - at);
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
  private int improve(int start, Stop stop) {
    int value = start;
    boolean better = true;
    int size = length;
    while (better) {
      better = false;
      System.arraycopy(sequence, 0, queue, 0, size);
      for (int i = size - 1; i > 0; i--) {
        int k = draws.below(i + 1);
        int t = queue[i];
        queue[i] = queue[k];
        queue[k] = t;
      }
      for (int i = 0; i < size; i++) {
        if (stop.now()) {
          return value;
        }
        int old = find(queue[i]);
        remove(old);
        int found = bestPlace(queue[i]);
        if (found < value) {
          value = found;
          better = true;
          insert(queue[i], place);
        } else {
          insert(queue[i], found == value ? place : old);
        }
      }
    }
    return value;
  }

  @Override
  public long advance(long iterations, Stop stop) {
    long done = 0;
    while (done < iterations && bestValue > target && !stop.now()) {
      done++;
      int count = Math.min(TAKEN, jobs - 1);
      for (int i = 0; i < count; i++) {
        taken[i] = remove(draws.below(length));
      }
      if (length > 1) {
        improve(value(), stop);
      }
      int value = 0;
      for (int i = 0; i < count; i++) {
        value = bestPlace(taken[i]);
        insert(taken[i], place);
      }
      value = improve(count == 0 ? currentValue : value, stop);
      if (value < bestValue) {
        bestValue = value;
        System.arraycopy(sequence, 0, best, 0, jobs);
      }
      if (value <= currentValue
          || draws.unit() < Math.exp((currentValue - value) / Math.max(1e-9, temperature))) {
        currentValue = value;
        accept();
      } else {
        System.arraycopy(current, 0, sequence, 0, jobs);
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
    return new Plan(bestValue, order, floor.altStart, "iterated greedy");
  }

  @Override
  public void receive(Plan plan) {
    if (plan.cost() >= bestValue) {
      return;
    }
    bestValue = (int) plan.cost();
    for (int i = 0; i < jobs; i++) {
      best[i] = floor.jobOf[plan.order()[i * stages]];
    }
    System.arraycopy(best, 0, sequence, 0, jobs);
    length = jobs;
    currentValue = bestValue;
    accept();
  }
}
