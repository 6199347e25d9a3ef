package io.millwright.benchmarks.planner;

import io.millwright.api.Budget;
import io.millwright.api.Millwright;
import io.millwright.scheduling.Alternative;
import io.millwright.scheduling.Lateness;
import io.millwright.scheduling.Link;
import io.millwright.scheduling.Objective;
import io.millwright.scheduling.Objectives;
import io.millwright.scheduling.Operation;
import io.millwright.scheduling.Planner;
import io.millwright.scheduling.Remedy;
import io.millwright.scheduling.Schedule;
import io.millwright.scheduling.Scheduling;
import io.millwright.scheduling.Shop;
import io.millwright.scheduling.ShopJob;
import io.millwright.scheduling.ShopOptimizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Explains late jobs of drawn shops. Each remedy that promises a gain is confirmed by optimising
 * the changed shop and the unchanged one anew, with other keys and more effort than the explanation
 * had; each chain is checked by halving one of its operations while all sequences stay. Arguments:
 * late jobs (50), iterations of a confirmation (30,000), key (1).
 */
public final class Explanations {
  private Explanations() {}

  private static final Objective TARDINESS = Objectives.weightedTardiness();
  private static final int JOBS_A_SHOP = 5;

  /** What remedies of one kind came to. */
  private static final class Sum {
    int promised;
    int confirmed;
    int jobConfirmed;
    double gain;
    double realGain;
  }

  /**
   * Prints a line for each kind of remedy, and what shortening did.
   *
   * @param args see the class
   */
  public static void main(String[] args) throws InterruptedException {
    int jobs = args.length > 0 ? Integer.parseInt(args[0]) : 50;
    long effort = args.length > 1 ? Long.parseLong(args[1]) : 30_000;
    long key = args.length > 2 ? Long.parseLong(args[2]) : 1;
    Map<Remedy.Kind, Sum> sums = new EnumMap<>(Remedy.Kind.class);
    int explained = 0;
    int shortened = 0;
    int earlier = 0;
    Random random = new Random(key);
    try (Millwright millwright = Millwright.create()) {
      Scheduling scheduling = millwright.plugin(Scheduling.class);
      ShopOptimizer optimizer = scheduling.optimizer().minimize(TARDINESS).workers(1);
      Planner planner = scheduling.planner(TARDINESS);
      for (long number = key; explained < jobs; number++) {
        Shop shop = DrawnShops.draw(number, 20, 5, 5).withResources(List.of());
        shop = shop.withJobs(shop.jobs().stream().map(Explanations::alone).toList());
        Schedule plan =
            optimizer.key(number).optimize(shop, Budget.iterations(effort)).await().orElseThrow();
        Schedule asIs = best(shop, plan, optimizer, effort);
        for (String job : late(shop, plan, random, Math.min(JOBS_A_SHOP, jobs - explained))) {
          Lateness why = planner.explain(shop, plan, job);
          explained++;
          for (Remedy remedy : why.remedies()) {
            if (forTheJob(remedy) ? remedy.jobGain() > 0 : remedy.gain() > 0) {
              confirm(shop, plan, asIs, job, remedy, optimizer, effort, sums);
            }
          }
          int result = shortened(shop, plan, why, planner, random);
          shortened += result < 0 ? 0 : 1;
          earlier += result > 0 ? 1 : 0;
        }
      }
    }
    System.out.printf("%d late jobs explained%n", explained);
    System.out.printf(
        "%-16s %9s %14s %14s %12s %12s%n",
        "remedy", "promised", "confirmed", "job earlier", "mean gain", "confirmed");
    sums.forEach(
        (kind, s) ->
            System.out.printf(
                Locale.ROOT,
                "%-16s %9d %9d %3.0f%% %9d %3.0f%% %12.0f %12.0f%n",
                kind.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                s.promised,
                s.confirmed,
                100.0 * s.confirmed / s.promised,
                s.jobConfirmed,
                100.0 * s.jobConfirmed / s.promised,
                s.gain / s.promised,
                s.realGain / s.promised));
    System.out.printf("%d chains shortened, %d jobs ended earlier%n", shortened, earlier);
  }

  /** Where the shop stays as it is only the job can gain. */
  private static boolean forTheJob(Remedy remedy) {
    return remedy.kind() == Remedy.Kind.OTHER_MACHINE || remedy.kind() == Remedy.Kind.PRIORITY;
  }

  private static ShopJob alone(ShopJob j) {
    List<Operation> alone = j.operations().stream().map(Operation::needing).toList();
    return j.toBuilder().operations(alone).build();
  }

  private static List<String> late(Shop shop, Schedule plan, Random random, int count) {
    Map<String, Long> ends = plan.completions();
    List<String> late = new ArrayList<>();
    for (ShopJob j : shop.jobs()) {
      if (ends.getOrDefault(j.id(), 0L) > j.due().orElse(Long.MAX_VALUE)) {
        late.add(j.id());
      }
    }
    Collections.shuffle(late, random);
    return late.subList(0, Math.min(count, late.size()));
  }

  /** Plans both shops from the plan as it is, three keys each, and compares the best. */
  private static void confirm(
      Shop shop,
      Schedule plan,
      Schedule asIs,
      String job,
      Remedy remedy,
      ShopOptimizer optimizer,
      long effort,
      Map<Remedy.Kind, Sum> sums)
      throws InterruptedException {
    Shop changed = remedy.shop();
    if (forTheJob(remedy)) {
      changed =
          changed.withJobs(
              shop.jobs().stream()
                  .map(j -> j.id().equals(job) ? j.weighing(10 * j.weight()) : j)
                  .toList());
    }
    Schedule with = best(changed, plan, optimizer, effort);
    double gain = TARDINESS.of(shop, asIs) - TARDINESS.of(shop, with);
    long jobGain = end(asIs, job) - end(with, job);
    Sum sum = sums.computeIfAbsent(remedy.kind(), k -> new Sum());
    sum.promised++;
    sum.confirmed += gain > 0 ? 1 : 0;
    sum.jobConfirmed += jobGain > 0 ? 1 : 0;
    sum.gain += remedy.gain();
    sum.realGain += gain;
  }

  private static long end(Schedule plan, String job) {
    return plan.completions().getOrDefault(job, 0L);
  }

  private static Schedule best(Shop shop, Schedule plan, ShopOptimizer optimizer, long effort)
      throws InterruptedException {
    Schedule best = plan;
    double least = Double.POSITIVE_INFINITY;
    for (long key = 101; key <= 103; key++) {
      Schedule found =
          optimizer
              .key(key)
              .optimize(shop.withDraft(plan), Budget.iterations(effort))
              .await()
              .orElseThrow();
      double value = TARDINESS.of(shop, found);
      if (value < least) {
        least = value;
        best = found;
      }
    }
    return best;
  }

  /**
   * Halves one operation of the chain behind which nothing waits for a shift to begin.
   *
   * @return by how much the job ends earlier, or -1 when there is no such operation
   */
  private static int shortened(
      Shop shop, Schedule plan, Lateness why, Planner planner, Random random) {
    int first = 0;
    for (int i = 0; i < why.chain().size(); i++) {
      Link.Cause cause = why.chain().get(i).cause();
      first = cause == Link.Cause.CALENDAR || cause == Link.Cause.PIN ? i : first;
    }
    List<Link> open = new ArrayList<>(why.chain().subList(first, why.chain().size()));
    open.removeIf(l -> duration(shop, l) < 2);
    if (open.isEmpty()) {
      return -1;
    }
    Link one = open.get(random.nextInt(open.size()));
    Shop quicker = shop.withJobs(shop.jobs().stream().map(j -> halved(j, one)).toList());
    long end = end(planner.retime(quicker, plan), why.job());
    return (int) Math.max(0, why.end() - end);
  }

  private static long duration(Shop shop, Link link) {
    return shop.jobs().stream()
        .filter(j -> j.id().equals(link.operation().job()))
        .flatMap(j -> j.operations().stream())
        .filter(o -> o.id().equals(link.operation().operation()))
        .flatMap(o -> o.alternatives().stream())
        .filter(a -> a.machine().equals(link.operation().machine()))
        .mapToLong(Alternative::duration)
        .findFirst()
        .orElse(0);
  }

  private static ShopJob halved(ShopJob j, Link link) {
    if (!j.id().equals(link.operation().job())) {
      return j;
    }
    List<Operation> steps = new ArrayList<>();
    for (Operation o : j.operations()) {
      List<Alternative> choice =
          o.alternatives().stream()
              .map(
                  a ->
                      o.id().equals(link.operation().operation())
                          ? new Alternative(a.machine(), a.duration() / 2, a.perPiece())
                          : a)
              .toList();
      steps.add(o.toBuilder().alternatives(choice).build());
    }
    return j.toBuilder().operations(steps).build();
  }
}
