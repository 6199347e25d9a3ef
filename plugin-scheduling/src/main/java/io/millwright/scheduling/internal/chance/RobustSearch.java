package io.millwright.scheduling.internal.chance;

import io.millwright.api.Budget;
import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.scheduling.Machine;
import io.millwright.scheduling.Objective;
import io.millwright.scheduling.Promise;
import io.millwright.scheduling.Promises;
import io.millwright.scheduling.Risk;
import io.millwright.scheduling.RobustPlan;
import io.millwright.scheduling.Schedule;
import io.millwright.scheduling.Shop;
import io.millwright.scheduling.UncertainTimes;
import io.millwright.scheduling.internal.model.Floor;
import io.millwright.scheduling.internal.model.Goal;
import io.millwright.scheduling.internal.model.Plan;
import io.millwright.scheduling.internal.model.Stop;
import io.millwright.scheduling.internal.model.Timetable;
import io.millwright.scheduling.internal.search.Search;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.Executor;

/**
 * Looks for a plan that is good in the mean, or in a quantile, by planning shops with buffers:
 * longer times on machines, earlier dates of orders. Each plan is simulated with the luck that all
 * others meet; the last word is spoken on fresh luck. Under iterations alone the answer repeats on
 * as many workers.
 */
final class RobustSearch {

  private static final double[] LONGER = {0.25, 0.5, 1};
  private static final double[] EARLIER = {0.5, 1, 2};

  /** The share of the budget that belongs to the plan of means. */
  private static final double FOR_MEANS = 0.4;

  /** The share by which no more plans are made. */
  private static final double UNTIL = 0.93;

  private static final int TRIED_ON = 200;

  /** The replications that the last word is spoken on begin here. */
  private static final int FRESH = 1_000_000;

  private static final int MOST_MACHINES = 12;
  private static final long KEY = 1;

  /** One way to plan, and what its plan costs. */
  private record Candidate(
      Plan plan, Map<String, Double> longer, Map<String, Long> earlier, double value) {

    boolean buffered() {
      return !longer.isEmpty() || !earlier.isEmpty();
    }
  }

  private final Shop shop;
  private final Objective objective;
  private final Risk risk;
  private final Executor executor;
  private final int workers;
  private final Stop cancelled;
  private final long began = System.nanoTime();
  private final Budget budget;
  private final Buffered buffered;
  private final Simulation simulation;
  private final Floor floor;
  private final Timetable timetable;
  private long iterated;
  private int tried;

  RobustSearch(
      Shop shop,
      UncertainTimes times,
      Objective objective,
      Risk risk,
      Budget budget,
      Executor executor,
      int workers,
      Stop cancelled) {
    this.shop = shop;
    this.objective = objective;
    this.risk = risk;
    this.executor = executor;
    this.workers = workers;
    this.cancelled = cancelled;
    this.budget = budget;
    buffered = new Buffered(shop, times);
    simulation = new Simulation(shop, times, objective, KEY);
    floor = new Floor(shop);
    timetable = new Timetable(floor, new Goal(List.of(objective), floor));
  }

  private double spent() {
    double ofTime =
        budget.time().map(t -> (double) (System.nanoTime() - began) / t.toNanos()).orElse(0.0);
    return budget.iterations().isEmpty()
        ? ofTime
        : Math.max(ofTime, (double) iterated / budget.iterations().getAsLong());
  }

  private boolean over() {
    return cancelled.now() || spent() >= UNTIL;
  }

  RobustPlan run() {
    Candidate means = candidate(Map.of(), Map.of(), FOR_MEANS, shop);
    Schedule meansPlan = timetable.schedule(means.plan());
    if (!timetable.feasible()) {
      throw new MillwrightException(
          ErrorCode.NO_SOLUTION,
          "no plan of the mean times of shop \""
              + shop.name()
              + "\" was found that keeps its pins, deadlines and calendars"
              + "\nMaybe give it more time or iterations");
    }
    Candidate best = means;
    List<String> machines =
        shop.machines().stream().map(Machine::id).filter(buffered::varies).toList();
    if (!machines.isEmpty() && !over()) {
      best = search(means, meansPlan, machines);
    }
    Schedule plan = !best.buffered() ? meansPlan : timetable.schedule(best.plan());
    Stop patient = () -> false;
    Promises ofMeans = simulation.promises(meansPlan, FRESH, Simulation.REPLICATIONS, patient);
    if (!best.buffered() || !timetable.feasible()) {
      return new RobustPlan(meansPlan, ofMeans, meansPlan, ofMeans, List.of(), 0, tried);
    }
    double[] a = simulation.costs(means.plan(), FRESH, Simulation.REPLICATIONS, patient);
    double[] b = simulation.costs(best.plan(), FRESH, Simulation.REPLICATIONS, patient);
    if (!better(b, a)) {
      return new RobustPlan(meansPlan, ofMeans, meansPlan, ofMeans, List.of(), 0, tried);
    }
    Promises promises = simulation.promises(plan, FRESH, Simulation.REPLICATIONS, patient);
    return new RobustPlan(
        meansPlan,
        ofMeans,
        plan,
        promises,
        buffers(best),
        risk.of(ofMeans) - risk.of(promises),
        tried);
  }

  /** Whether one plan is better than another beyond chance, in batches of the same luck. */
  private boolean better(double[] one, double[] other) {
    int batches = 20;
    int size = one.length / batches;
    double[] gains = new double[batches];
    for (int k = 0; k < batches; k++) {
      gains[k] =
          value(Arrays.copyOfRange(other, k * size, (k + 1) * size))
              - value(Arrays.copyOfRange(one, k * size, (k + 1) * size));
    }
    double mean = Arrays.stream(gains).average().orElse(0);
    double squares = Arrays.stream(gains).map(g -> (g - mean) * (g - mean)).sum();
    return mean > 2 * Math.sqrt(squares / (batches - 1) / batches);
  }

  private double value(double[] costs) {
    if (risk.percent() == 0) {
      return Arrays.stream(costs).average().orElse(Double.POSITIVE_INFINITY);
    }
    double[] sorted = costs.clone();
    Arrays.sort(sorted);
    return sorted[Simulation.at(risk.percent(), sorted.length)];
  }

  private Candidate search(Candidate means, Schedule meansPlan, List<String> machines) {
    Shop drafted = shop.withDraft(meansPlan);
    Map<String, Long> slack = slack(meansPlan);
    int ways = LONGER.length + EARLIER.length + 1 + Math.min(MOST_MACHINES, machines.size());
    double share = (UNTIL - FOR_MEANS) / ways * 0.9;
    Candidate best = means;
    Candidate bestLonger = means;
    for (double deviations : LONGER) {
      if (over()) {
        return best;
      }
      Map<String, Double> longer = new LinkedHashMap<>();
      machines.forEach(m -> longer.put(m, deviations));
      Candidate c = candidate(longer, Map.of(), share, drafted);
      bestLonger = c.value() < bestLonger.value() ? c : bestLonger;
    }
    Candidate bestEarlier = means;
    for (double part : slack.isEmpty() ? new double[0] : EARLIER) {
      if (over()) {
        break;
      }
      Map<String, Long> earlier = new LinkedHashMap<>();
      slack.forEach((job, s) -> earlier.put(job, Math.round(part * s)));
      Candidate c = candidate(Map.of(), earlier, share, drafted);
      bestEarlier = c.value() < bestEarlier.value() ? c : bestEarlier;
    }
    best = bestLonger.value() <= bestEarlier.value() ? bestLonger : bestEarlier;
    if (bestLonger.buffered() && bestEarlier.buffered() && !over()) {
      Candidate both = candidate(bestLonger.longer(), bestEarlier.earlier(), share, drafted);
      best = both.value() < best.value() ? both : best;
    }
    // A buffer stays only where it pays.
    for (int i = 0; i < Math.min(MOST_MACHINES, machines.size()) && !over(); i++) {
      Map<String, Double> longer = new LinkedHashMap<>(best.longer());
      if (longer.remove(machines.get(i)) == null) {
        longer.put(machines.get(i), LONGER[1]);
      }
      Candidate c = candidate(longer, best.earlier(), share, drafted);
      best = c.value() < best.value() ? c : best;
    }
    return best;
  }

  /** By job, how much later than usual it ends in one case of ten. */
  private Map<String, Long> slack(Schedule plan) {
    Map<String, Long> slack = new HashMap<>();
    Promises promises = simulation.promises(plan, 0, TRIED_ON, cancelled);
    for (Promise p : promises.orders()) {
      long late = p.by(90) == Long.MAX_VALUE ? 0 : p.by(90) - p.by(50);
      if (p.due().isPresent() && late > 0) {
        slack.put(p.job(), late);
      }
    }
    return slack;
  }

  private Candidate candidate(
      Map<String, Double> longer, Map<String, Long> earlier, double share, Shop from) {
    Shop planned = buffered.planned(longer, earlier).toBuilder().draft(from.draft()).build();
    Search search =
        new Search(
            planned,
            List.of(objective),
            part(Math.min(share, UNTIL - spent())),
            KEY,
            workers,
            executor,
            null,
            cancelled);
    Plan plan = search.run(cancelled, better -> {});
    tried++;
    return new Candidate(
        plan, longer, earlier, value(simulation.costs(plan, 0, TRIED_ON, cancelled)));
  }

  private Budget part(double share) {
    Optional<Duration> time =
        budget.time().map(t -> Duration.ofNanos((long) Math.max(1_000_000, share * t.toNanos())));
    OptionalLong iterations = OptionalLong.empty();
    if (budget.iterations().isPresent()) {
      long some = (long) Math.max(1, share * budget.iterations().getAsLong());
      iterated += some;
      iterations = OptionalLong.of(some);
    }
    return new Budget(time, iterations, OptionalDouble.empty());
  }

  private List<RobustPlan.Buffer> buffers(Candidate best) {
    List<RobustPlan.Buffer> buffers = new ArrayList<>();
    best.longer()
        .forEach(
            (m, d) ->
                buffers.add(
                    new RobustPlan.Buffer(
                        RobustPlan.Kind.MACHINE,
                        m,
                        buffered.factor(m, d) / buffered.factor(m, 0))));
    best.earlier()
        .forEach((j, t) -> buffers.add(new RobustPlan.Buffer(RobustPlan.Kind.ORDER, j, t)));
    return buffers;
  }
}
