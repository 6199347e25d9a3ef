package io.millwright.scheduling.internal.search;

import io.millwright.scheduling.internal.model.Draws;
import io.millwright.scheduling.internal.model.Floor;
import io.millwright.scheduling.internal.model.Goal;
import io.millwright.scheduling.internal.model.Island;
import io.millwright.scheduling.internal.model.Plan;
import io.millwright.scheduling.internal.model.Stop;
import io.millwright.scheduling.internal.model.Timetable;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Simulated annealing for any shop. The threshold of acceptance is drawn before a move is judged,
 * which is the rule of Metropolis in another order and lets the net refuse most moves unmade. The
 * temperature is left to {@link Cooling}.
 */
public final class AnnealIsland implements Island {

  private static final int SAMPLE = 600;

  /**
   * From so many operations on a move may take long enough that the end is looked at more often.
   */
  private static final int LARGE = 2000;

  /** Leaves it to the search how hot it begins: as hot as the budget can cool. */
  static final double HEAT = 0;

  private final ShopNet net;
  private final Timetable timetable;
  private final Proposals proposals;

  /** What leaves jobs out and takes them in again; null where every job is done. */
  private final @Nullable Rejections rejections;

  private final Draws draws;
  private final double target;
  private final Pace pace;
  private final double heat;

  /** So many moves are made between two looks at the end, and one: a power of two less one. */
  private final int pause;

  private @Nullable Cooling cooling;

  private final int[] bestOrder;
  private final int[] bestAlternative;
  private double bestCost;
  private boolean bestFeasible;

  /** Whether the net holds the best plan and the arrays do not. */
  private boolean ahead;

  private @Nullable Plan best;
  private double temperature;
  private long done;

  /** Moves made since the staff was last put in order. */
  private int made;

  private Plan guest;

  /**
   * A search.
   *
   * @param heat the share of the usual worsening at which it begins, or {@link #HEAT}
   */
  public AnnealIsland(
      Floor floor, Goal goal, Draws draws, double target, Pace pace, double heat, Plan first) {
    this.draws = draws;
    this.target = target;
    this.pace = pace;
    this.heat = heat;
    pause = floor.n < LARGE ? 63 : 3;
    net = new ShopNet(floor, goal);
    timetable = new Timetable(floor, goal);
    net.load(first.order(), first.alternative());
    proposals = new Proposals(net, draws);
    rejections = goal.rejection > 0 ? new Rejections(net, draws) : null;
    bestOrder = first.order().clone();
    bestAlternative = first.alternative().clone();
    bestCost = net.cost();
    bestFeasible = net.feasible();
    guest = first;
  }

  /** The median of what worsening moves cost, tried on the first plan. */
  private double worsening(Stop stop) {
    double[] seen = new double[SAMPLE];
    int count = 0;
    // On a large shop one whole evaluation is dear, and the sample need not be large.
    int tries = Math.max(30, Math.min(SAMPLE, 2_000_000 / net.n));
    for (int i = 0; i < tries && !stop.now(); i++) {
      double before = net.cost();
      if (proposals.draw()
          && net.move(
              proposals.operation, proposals.alternative, proposals.place, proposals.ahead)) {
        double delta = net.cost() - before;
        if (delta > 0 && delta < NetCost.PENALTY / 2) {
          seen[count++] = delta;
        }
        net.undo();
      }
    }
    Arrays.sort(seen, 0, count);
    return count == 0 ? 1 : seen[count / 2];
  }

  @Override
  public long advance(long iterations, Stop stop) {
    Cooling cooler = cooling;
    if (cooler == null) {
      cooler = new Cooling(net.n, worsening(stop), heat, pace);
      cooling = cooler;
    }
    long i = 0;
    for (; i < iterations && bestCost > target; i++, done++) {
      if ((i & pause) == 0) {
        if (stop.now()) {
          break;
        }
        temperature = cooler.temperature(done);
        if (cooler.gathers()) {
          gather();
        } else if (net.staffed() && made > net.n) {
          settle();
        }
      }
      step();
    }
    return i;
  }

  /** Goes on from the best plan of all. */
  private void gather() {
    if (guest.cost() < bestCost) {
      net.load(guest.order(), guest.alternative());
      found();
    } else if (net.cost() > bestCost) {
      net.load(bestOrder, bestAlternative);
    }
  }

  /** Lets everyone who is needed work in the order of starts, which never costs more. */
  private void settle() {
    made = 0;
    if (ahead) {
      write();
    }
    net.load(net.byStart(), net.alternative.clone());
    if (net.cost() < bestCost) {
      found();
    }
  }

  private void step() {
    double threshold = net.cost() - temperature * Math.log(1 - draws.unit());
    if (rejections != null && rejections.due()) {
      if (ahead) {
        write();
      }
      if (rejections.attempt(threshold) && net.cost() < bestCost) {
        found();
      }
      return;
    }
    if (!proposals.draw()) {
      return;
    }
    int x = proposals.operation;
    int alt = proposals.alternative;
    int place = proposals.place;
    int before = proposals.ahead;
    if (!net.attempt(x, alt, place, before, threshold)) {
      return;
    }
    made++;
    if (net.cost() < bestCost) {
      found();
    } else if (ahead) {
      // The best plan is written down only when it is left: on the way down that is never.
      net.undo();
      write();
      net.move(x, alt, place, before);
    }
  }

  private void found() {
    bestCost = net.cost();
    bestFeasible = net.feasible();
    ahead = true;
    best = null;
  }

  private void write() {
    // In the order of starts nobody waits longer for staff than in the net.
    System.arraycopy(net.staffed() ? net.byStart() : net.order, 0, bestOrder, 0, net.n);
    System.arraycopy(net.alternative, 0, bestAlternative, 0, net.n);
    ahead = false;
  }

  @Override
  public Plan best() {
    Plan known = best;
    if (known == null) {
      if (ahead) {
        write();
      }
      double cost = bestFeasible ? bestCost : Double.POSITIVE_INFINITY;
      if (bestFeasible && net.staffed()) {
        // In the order of starts some wait less than in the net.
        cost = timetable.evaluate(bestOrder, bestAlternative);
      }
      known = new Plan(cost, bestOrder.clone(), bestAlternative.clone(), "simulated annealing");
      best = known;
    }
    return known;
  }

  @Override
  public void receive(Plan plan) {
    if (plan.cost() < guest.cost()) {
      guest = plan;
    }
  }
}
