package io.millwright.maintenance.internal.policy;

import io.millwright.maintenance.MaintenancePolicy;
import io.millwright.maintenance.PolicyKind;
import io.millwright.maintenance.PolicyMachine;
import io.millwright.maintenance.Prognosis;
import io.millwright.maintenance.Spares;
import io.millwright.runtime.simulation.CommonRandom;
import io.millwright.runtime.support.KeyedRandom;
import java.util.ArrayDeque;
import java.util.Arrays;

/**
 * One replication of one policy: a discrete-event simulation of machines that run, wait for work
 * and are worked on. What is drawn belongs to the machine and the number of its life. Not
 * thread-safe.
 */
final class PlantRun {

  /** The first figures of a run; the cost of each machine alone follows. */
  static final int COST = 0;

  static final int DOWNTIME = 1;
  static final int FAILURES = 2;
  static final int PLANNED = 3;
  static final int OWN = 4;

  private static final double NEVER = Double.POSITIVE_INFINITY;

  private enum State {
    RUNS,
    ASKED,
    DOWN,
    WORK
  }

  private final Plant plant;
  private final PolicyKind kind;
  private final double[] limits;
  private final double joining;
  private final CommonRandom random;
  private final double horizon;

  private final int n;
  private final State[] state;
  private final double[] since; // when the present run began
  private final double[] young; // the age then
  private final double[] fails;
  private final double[] due;
  private final double[] look;
  private final double[] progress;
  private final double[] asked; // when work was asked for or the machine went down
  private final double[] done;
  private final double[] after; // the age after the work
  private final int[] number;
  private final double[] stays; // the part of the prognosis' error that stays
  private final KeyedRandom[] looks;

  private double now;
  private int busy;
  private double visit = -1;
  private double left = -1; // when crews last finished, and how many of them are free to go on
  private int freed;
  private final int stock;
  private int parts;
  private final ArrayDeque<Double> orders = new ArrayDeque<>();
  private double cost;
  private double down;
  private int failures;
  private int planned;
  private final double[] own;

  private PlantRun(Plant plant, MaintenancePolicy policy, CommonRandom random) {
    this.plant = plant;
    this.random = random;
    kind = policy.kind();
    limits = plant.limits(policy);
    joining = policy.joining();
    horizon = plant.problem.horizon();
    n = plant.machines.size();
    stock = policy.stock();
    parts = stock;
    state = new State[n];
    since = new double[n];
    young = new double[n];
    fails = new double[n];
    due = new double[n];
    look = new double[n];
    progress = new double[n];
    asked = new double[n];
    done = new double[n];
    after = new double[n];
    number = new int[n];
    stays = new double[n];
    looks = new KeyedRandom[n];
    own = new double[n];
  }

  /** The figures of a replication. */
  static double[] run(Plant plant, MaintenancePolicy policy, CommonRandom random) {
    return new PlantRun(plant, policy, random).run();
  }

  private double[] run() {
    Arrays.fill(due, NEVER);
    for (int i = 0; i < n; i++) {
      if (kind == PolicyKind.BLOCK) {
        due[i] = limits[i];
      }
      starts(i, plant.machines.get(i).age());
    }
    double holding = plant.problem.spares().map(Spares::holding).orElse(0.0);
    while (true) {
      double next = next();
      double until = Math.min(next, horizon);
      cost += holding * parts * (until - now);
      now = until;
      if (next >= horizon) {
        break;
      }
      happens();
      serve();
    }
    for (int i = 0; i < n; i++) {
      if (state[i] == State.DOWN) {
        stood(i, horizon - asked[i]);
      }
    }
    double[] figures = new double[OWN + n];
    double all = cost + Arrays.stream(own).sum();
    figures[COST] = all / horizon;
    figures[DOWNTIME] = down / horizon / n;
    figures[FAILURES] = failures / horizon;
    figures[PLANNED] = planned / horizon;
    for (int i = 0; i < n; i++) {
      figures[OWN + i] = own[i] / horizon;
    }
    return figures;
  }

  private void starts(int i, double age) {
    KeyedRandom life = random.stream(i, number[i]++);
    since[i] = now;
    young[i] = age;
    fails[i] = now + plant.lives.get(i).failure(age, -Math.log(1 - life.nextDouble())) - age;
    state[i] = State.RUNS;
    progress[i] = 0;
    if (kind == PolicyKind.AGE) {
      due[i] = Math.max(now, now + limits[i] - age);
    }
    look[i] = NEVER;
    if (kind == PolicyKind.CONDITION || kind == PolicyKind.PREDICTIVE) {
      Prognosis prognosis = plant.machines.get(i).prognosis().orElse(null);
      if (prognosis != null && limits[i] < NEVER) {
        look[i] = now + prognosis.every();
        stays[i] = life.nextGaussian();
        looks[i] = life;
      }
    }
  }

  private double age(int i) {
    return young[i] + now - since[i];
  }

  private double next() {
    double next = orders.isEmpty() ? NEVER : orders.peekFirst();
    boolean waits = false;
    for (int i = 0; i < n; i++) {
      switch (state[i]) {
        case RUNS -> next = Math.min(next, Math.min(fails[i], Math.min(due[i], look[i])));
        case ASKED -> {
          next = Math.min(next, fails[i]);
          waits = true;
        }
        case WORK -> next = Math.min(next, done[i]);
        case DOWN -> {}
      }
    }
    // A pause that has not begun yet is what planned work waits for.
    return waits && !plant.open(now) ? Math.min(next, plant.nextOpen(now)) : next;
  }

  private void happens() {
    while (!orders.isEmpty() && orders.peekFirst() <= now) {
      orders.removeFirst();
      parts++;
    }
    for (int i = 0; i < n; i++) {
      if (state[i] == State.WORK && done[i] <= now) {
        busy--;
        freed = left == now ? freed + 1 : 1;
        left = now;
        starts(i, after[i]);
      }
      if (kind == PolicyKind.BLOCK && due[i] <= now) {
        due[i] += limits[i];
        if (state[i] == State.RUNS && fails[i] > now) {
          ask(i, State.ASKED);
        }
      }
      if ((state[i] == State.RUNS || state[i] == State.ASKED) && fails[i] <= now) {
        failures++;
        if (state[i] == State.ASKED) {
          state[i] = State.DOWN; // its part is on the way
          asked[i] = now;
        } else {
          ask(i, State.DOWN);
        }
      }
      if (state[i] == State.RUNS && due[i] <= now) {
        ask(i, State.ASKED);
      }
      if (state[i] == State.RUNS && look[i] <= now) {
        looks(i);
      }
    }
  }

  private void looks(int i) {
    Prognosis prognosis = plant.machines.get(i).prognosis().orElseThrow();
    double own = looks[i].nextGaussian();
    look[i] = now + prognosis.every();
    double left = fails[i] - now;
    double error = prognosis.error() * Math.sqrt(0.5) * (stays[i] + own);
    double said = left < prognosis.early() ? left * Math.exp(error) : NEVER;
    if (kind == PolicyKind.CONDITION) {
      progress[i] = limits[i] / said;
    } else {
      progress[i] = plant.risk(i, age(i), said, prognosis, plant.reach(i, stock)) / limits[i];
    }
    if (progress[i] >= 1) {
      ask(i, State.ASKED);
    }
  }

  /** Work is asked for, and with it a part. */
  private void ask(int i, State why) {
    state[i] = why;
    asked[i] = now;
    plant.problem.spares().ifPresent(s -> orders.addLast(now + s.leadTime()));
  }

  private void serve() {
    while (!orders.isEmpty() && orders.peekFirst() <= now) {
      orders.removeFirst(); // no lead time
      parts++;
    }
    while (mayBegin()) {
      int first = first();
      if (first < 0) {
        break;
      }
      begin(first);
    }
    if ((visit == now || goesOn()) && joining < 1 && plant.open(now)) {
      for (int i = 0; i < n && mayBegin(); i++) {
        double share = kind == PolicyKind.AGE ? age(i) / limits[i] : progress[i];
        if (state[i] == State.RUNS && share >= joining) {
          ask(i, State.ASKED);
          begin(i);
        }
      }
    }
  }

  /** Whether a crew that has just finished can go on to the next machine: its visit lasts. */
  private boolean goesOn() {
    return left == now && freed > 0;
  }

  private boolean mayBegin() {
    int crews = plant.problem.crews();
    return (crews == 0 || busy < crews) && (plant.problem.spares().isEmpty() || parts > 0);
  }

  /** Machines that are down come first, then those that wait longest. */
  private int first() {
    int first = -1;
    boolean open = plant.open(now);
    for (int i = 0; i < n; i++) {
      boolean waits = state[i] == State.DOWN || (state[i] == State.ASKED && open);
      if (waits && (first < 0 || before(i, first))) {
        first = i;
      }
    }
    return first;
  }

  private boolean before(int i, int j) {
    return state[i] == state[j] ? asked[i] < asked[j] : state[i] == State.DOWN;
  }

  private void begin(int i) {
    PolicyMachine m = plant.machines.get(i);
    boolean failed = state[i] == State.DOWN;
    double duration = failed ? m.failureTime() : m.plannedTime();
    double reached = failed ? young[i] + fails[i] - since[i] : age(i);
    after[i] = reached * (1 - (failed ? m.failureRestoration() : m.plannedRestoration()));
    own[i] += failed ? m.failure() : m.planned();
    double worked = Math.min(duration, horizon - now);
    stood(i, failed ? now - asked[i] + worked : plant.lost(now, worked));
    planned += failed ? 0 : 1;
    if (plant.problem.spares().isPresent()) {
      parts--;
    }
    if (visit != now) {
      visit = now;
      cost += goesOn() ? 0 : plant.problem.setup();
    }
    freed = Math.max(0, freed - 1);
    busy++;
    state[i] = State.WORK;
    done[i] = now + duration;
  }

  private void stood(int i, double time) {
    down += time;
    own[i] += time * plant.machines.get(i).value();
  }
}
