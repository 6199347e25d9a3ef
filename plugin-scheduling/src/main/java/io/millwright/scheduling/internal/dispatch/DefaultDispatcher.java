package io.millwright.scheduling.internal.dispatch;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.ModelInfo;
import io.millwright.api.spi.ComposedModel;
import io.millwright.api.spi.FittedNetwork;
import io.millwright.runtime.support.KeyedRandom;
import io.millwright.runtime.support.KeyedRandom.Purpose;
import io.millwright.scheduling.DispatchGoal;
import io.millwright.scheduling.Dispatcher;
import io.millwright.scheduling.LiveFloor;
import io.millwright.scheduling.Objective;
import io.millwright.scheduling.Objectives;
import io.millwright.scheduling.Rule;
import io.millwright.scheduling.Schedule;
import io.millwright.scheduling.Shop;
import io.millwright.scheduling.internal.model.Draws;
import io.millwright.scheduling.internal.model.Floor;
import io.millwright.scheduling.internal.model.Goal;
import io.millwright.scheduling.internal.model.Plan;
import io.millwright.scheduling.internal.model.Timetable;
import io.millwright.scheduling.internal.search.Dispatch;
import io.millwright.scheduling.internal.search.Starts;
import java.util.List;

/** A policy that was read or trained. */
public final class DefaultDispatcher implements Dispatcher {

  private static final String NAME = "learned dispatching";

  private final DispatchGoal goal;
  private final FittedNetwork network;
  private final ModelInfo info;

  /** A policy of a model, checked. */
  public DefaultDispatcher(ComposedModel model, ModelInfo info) {
    PolicyBundle.Policy policy = PolicyBundle.read(model);
    this.goal = policy.goal();
    this.network = policy.network();
    this.info = info;
  }

  @Override
  public DispatchGoal goal() {
    return goal;
  }

  @Override
  public ModelInfo info() {
    return info;
  }

  /** A chooser of its own for one thread. */
  NetworkChooser chooser() {
    return new NetworkChooser(network, new Practice(goal).traits());
  }

  @Override
  public Schedule plan(Shop shop) {
    return best(shop, 0, 0);
  }

  @Override
  public Schedule plan(Shop shop, int runs, long key) {
    if (runs < 1) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION, runs + " runs\nMaybe 1, which asks the policy once");
    }
    return best(shop, runs, key);
  }

  /** The best of several plans; of those that are not drawn for 0. */
  private Schedule best(Shop shop, int runs, long key) {
    Floor floor = new Floor(shop.checked());
    if (!floor.chains()) {
      throw new MillwrightException(
          ErrorCode.UNSUPPORTED,
          "shop \""
              + shop.name()
              + "\" has jobs whose operations do not follow each other one by one, which the"
              + " policy never met\nMaybe plan it by a rule, or let the optimizer search");
    }
    Objective objective =
        goal == DispatchGoal.MAKESPAN ? Objectives.makespan() : Objectives.weightedTardiness();
    Timetable timetable = new Timetable(floor, new Goal(List.of(objective), floor));
    NetworkChooser chooser = chooser();
    boolean plain =
        goal == DispatchGoal.MAKESPAN && floor.plain() && floor.dedicated() && floor.begin == 0;
    ActiveRun[] ends = {};
    if (plain) {
      PlainShop forward = plain(floor);
      ends = new ActiveRun[] {new ActiveRun(forward), new ActiveRun(forward.reversed())};
    }
    Plan best = new Plan(Double.NaN, new int[0], new int[0], NAME);
    int undrawn = plain ? 2 : 1;
    for (int r = 0; r < (runs == 0 ? undrawn : runs); r++) {
      chooser.drawing(r >= undrawn ? KeyedRandom.of(key, Purpose.OTHER, r) : null);
      Plan plan =
          plain ? built(floor, ends[r % 2], r % 2 == 1, chooser) : simulated(floor, chooser);
      double cost = timetable.evaluate(plan);
      if (r == 0 || cost < best.cost()) {
        best = new Plan(cost, plan.order(), plan.alternative(), NAME);
      }
    }
    Schedule schedule = timetable.schedule(best);
    if (!timetable.feasible()) {
      throw new MillwrightException(
          ErrorCode.NO_SOLUTION,
          "the policy's plan for shop \""
              + shop.name()
              + "\" misses a pin or runs out of working time\nMaybe let the optimizer search");
    }
    return schedule;
  }

  private static PlainShop plain(Floor floor) {
    int[][] route = new int[floor.jobs][];
    double[][] work = new double[floor.jobs][];
    for (int j = 0; j < floor.jobs; j++) {
      int first = floor.jobStart[j];
      int steps = floor.jobStart[j + 1] - first;
      route[j] = new int[steps];
      work[j] = new double[steps];
      for (int k = 0; k < steps; k++) {
        route[j][k] = floor.altMachine[first + k];
        work[j][k] = floor.altWork[first + k];
      }
    }
    return new PlainShop(floor.machines, route, work);
  }

  /** A plan of an active run, which was made from the end of the shop where it is backward. */
  private static Plan built(Floor floor, ActiveRun run, boolean backward, Chooser chooser) {
    int[] jobs = new int[floor.n];
    run.run(chooser, jobs);
    for (int i = 0; backward && i < floor.n / 2; i++) {
      int j = jobs[i];
      jobs[i] = jobs[floor.n - 1 - i];
      jobs[floor.n - 1 - i] = j;
    }
    int[] next = floor.jobStart.clone();
    int[] order = new int[floor.n];
    int[] alternative = new int[floor.n];
    for (int i = 0; i < floor.n; i++) {
      order[i] = next[jobs[i]]++;
      alternative[i] = i;
    }
    return new Plan(Double.POSITIVE_INFINITY, order, alternative, NAME);
  }

  private Plan simulated(Floor floor, Chooser chooser) {
    Rule other = goal == DispatchGoal.MAKESPAN ? Rule.FDD_MWKR : Rule.ATC;
    Plan plan =
        new Dispatch(floor, other, 1, 0, new Draws(1))
            .pickedBy(new FloorPicks(floor, chooser))
            .run();
    return floor.shop.permutation() ? Starts.permutation(floor, plan) : plan;
  }

  @Override
  public LiveFloor floor(List<String> machines) {
    return new DefaultLiveFloor(machines, chooser());
  }
}
