package io.millwright.scheduling.internal;

import java.util.Arrays;

/**
 * Simulated annealing for any shop without secondary resources. The threshold of acceptance is
 * drawn before a move is judged, which is the rule of Metropolis in another order and lets the net
 * refuse most moves unmade. The temperature follows the budget down: it begins where the
 * evaluations that the budget has for each operation can still cool it, in units of what worsening
 * moves cost on the plan it begins with. Budgets with room for more are spent in several coolings.
 */
final class AnnealIsland implements Island {

  private static final int SAMPLE = 600;

  /** The share of the usual worsening at which a search for a new plan begins; found by itself. */
  static final double HEAT = 0;
  static double[] TUNE = {0.4, 0.5, 1000, 0.002, 20000, 0.3, 0.5};

  private final ShopNet net;
  private final Proposals proposals;
  private final Draws draws;
  private final Pace pace;
  private final double target;
  private final double heat;
  private final double worsening;

  private final int[] bestOrder;
  private final int[] bestAlternative;
  private double bestCost;
  private boolean bestFeasible;
  private double temperature;
  private double hot;
  private double cold;
  private long done;
  private int adopted;
  private Plan guest;

  /** The cooling that runs: when it began, how long it may be, and which one it is. */
  private long cycleFrom;

  private double cycleProgress;
  private double cycleLength;
  private boolean lastCycle;
  private int cycle;

  AnnealIsland(
      Floor floor, Goal goal, Draws draws, double target, Pace pace, double heat, Plan first) {
    this.draws = draws;
    this.pace = pace;
    this.target = target;
    this.heat = heat;
    net = new ShopNet(floor, goal);
    net.load(first.order(), first.alternative());
    proposals = new Proposals(net, draws);
    bestOrder = first.order().clone();
    bestAlternative = first.alternative().clone();
    bestCost = net.cost();
    bestFeasible = net.feasible();
    guest = first;
    worsening = worsening();
    temperature = 0.02 * worsening;
    cycleProgress = -1;
  }

  /** The median of what worsening moves cost, tried on the first plan. */
  private double worsening() {
    double[] seen = new double[SAMPLE];
    int count = 0;
    for (int i = 0; i < SAMPLE; i++) {
      double before = net.cost();
      if (proposals.draw()
          && net.move(proposals.operation, proposals.alternative, proposals.place)) {
        double delta = net.cost() - before;
        if (delta > 0 && delta < ShopNet.PENALTY / 2) {
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
    long i = 0;
    for (; i < iterations && bestCost > target; i++, done++) {
      if ((i & 63) == 0) {
        if (stop.now()) {
          break;
        }
        cool();
      }
      step();
    }
    return i;
  }

  private void cool() {
    double progress = Math.min(1, pace.progress(done));
    if (cycleProgress < 0) {
      firstProgress = progress;
      cycleProgress = progress;
      cycleFrom = done;
      cycleLength = -1;
      return;
    }
    if (cycleLength < 0) {
      if (done - cycleFrom < 1000) {
        return;
      }
      plan(progress);
    }
    double fraction =
        lastCycle
            ? (progress - cycleProgress) / Math.max(1e-9, 1 - cycleProgress)
            : (done - cycleFrom) / cycleLength;
    if (fraction >= 1 && !lastCycle) {
      cycle++;
      if (guest.cost() < bestCost) {
        net.load(guest.order(), guest.alternative());
        remember();
      } else if (draws.below(2) == 0) {
        net.load(bestOrder, bestAlternative);
      }
      cycleFrom = done;
      cycleProgress = progress;
      plan(progress);
      fraction = 0;
    }
    temperature = hot * Math.pow(cold / hot, Math.min(1, fraction));
    // Late in the last cooling the islands gather at the best plan of all, twice.
    if (lastCycle && adopted < 2 && fraction > (adopted == 0 ? 0.6 : 0.85)) {
      adopted++;
      if (guest.cost() < bestCost) {
        net.load(guest.order(), guest.alternative());
        remember();
      } else if (net.cost() > bestCost) {
        net.load(bestOrder, bestAlternative);
      }
    }
  }

  private double plannedTotal;

  /** Plans one cooling from what is left of the budget. */
  private void plan(double progress) {
    if (plannedTotal == 0 || !lastCycle) {
      double used = progress - first();
      double rate = used > 0 ? done / used : Double.POSITIVE_INFINITY;
      plannedTotal = rate * (1 - first());
    }
    double left = plannedTotal * (1 - progress);
    double longest = TUNE[4] * net.n;
    lastCycle = left < 1.5 * longest;
    cycleLength = lastCycle ? left : longest;
    double each = cycleLength / net.n;
    double share = heat > 0 ? heat : TUNE[0] * Math.min(1, Math.pow(each / TUNE[2], TUNE[1]));
    if (cycle > 0 && heat == 0) {
      share *= TUNE[5];
    }
    hot = share * worsening;
    cold = Math.min(TUNE[3] * worsening, 0.1 * hot);
  }

  private double firstProgress = -1;

  private double first() {
    return Math.max(0, firstProgress);
  }

  private void step() {
    double threshold = net.cost() - temperature * Math.log(1 - draws.unit());
    if (proposals.draw()
        && net.attempt(proposals.operation, proposals.alternative, proposals.place, threshold)
        && net.cost() < bestCost) {
      remember();
    }
  }

  private void remember() {
    bestCost = net.cost();
    bestFeasible = net.feasible();
    System.arraycopy(net.order, 0, bestOrder, 0, net.n);
    System.arraycopy(net.alternative, 0, bestAlternative, 0, net.n);
  }

  @Override
  public Plan best() {
    double cost = bestFeasible ? bestCost : Double.POSITIVE_INFINITY;
    return new Plan(cost, bestOrder.clone(), bestAlternative.clone(), "simulated annealing");
  }

  @Override
  public void receive(Plan plan) {
    if (plan.cost() < guest.cost()) {
      guest = plan;
    }
  }
}
