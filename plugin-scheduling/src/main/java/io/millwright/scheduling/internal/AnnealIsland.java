package io.millwright.scheduling.internal;

/**
 * Simulated annealing for any shop without secondary resources. The threshold of acceptance is
 * drawn before a move is judged, which is the rule of Metropolis in another order. The temperature
 * follows the budget from a share of the usual worsening down to almost nothing.
 */
final class AnnealIsland implements Island {

  private static final int SAMPLE = 400;

  /** The share of the usual worsening at which a search for a new plan begins. */
  static final double HEAT = 0.4;

  private final ShopNet net;
  private final Proposals proposals;
  private final Draws draws;
  private final Pace pace;
  private final double target;
  private final double hot;
  private final double cold;

  private final int[] bestOrder;
  private final int[] bestAlternative;
  private double bestCost;
  private boolean bestFeasible;
  private double temperature;
  private long done;
  private int adopted;
  private Plan guest;

  AnnealIsland(
      Floor floor, Goal goal, Draws draws, double target, Pace pace, double heat, Plan first) {
    this.draws = draws;
    this.pace = pace;
    this.target = target;
    net = new ShopNet(floor, goal);
    net.load(first.order(), first.alternative());
    proposals = new Proposals(net, draws);
    bestOrder = first.order().clone();
    bestAlternative = first.alternative().clone();
    bestCost = net.cost();
    bestFeasible = net.feasible();
    guest = first;
    double worsening = worsening();
    hot = heat * worsening;
    cold = 0.002 * hot;
    temperature = hot;
  }

  /** The mean of what worsening moves cost, tried on the first plan. */
  private double worsening() {
    double sum = 0;
    int count = 0;
    for (int i = 0; i < SAMPLE; i++) {
      double before = net.cost();
      if (proposals.draw()
          && net.move(proposals.operation, proposals.alternative, proposals.place)) {
        double delta = net.cost() - before;
        if (delta > 0 && delta < ShopNet.PENALTY / 2) {
          sum += delta;
          count++;
        }
        net.undo();
      }
    }
    return count == 0 ? 1 : sum / count;
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
    temperature = hot * Math.pow(cold / hot, progress);
    // Late in the cooling the islands gather at the best plan of all, twice.
    if (adopted < 2 && progress > (adopted == 0 ? 0.6 : 0.85)) {
      adopted++;
      if (guest.cost() < bestCost) {
        net.load(guest.order(), guest.alternative());
        remember();
      } else if (net.cost() > bestCost) {
        net.load(bestOrder, bestAlternative);
      }
    }
  }

  private void step() {
    double before = net.cost();
    double threshold = before - temperature * Math.log(1 - draws.unit());
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
