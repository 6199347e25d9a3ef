package io.millwright.benchmarks.planner;

import io.millwright.api.Budget;
import io.millwright.api.Millwright;
import io.millwright.scheduling.Lateness;
import io.millwright.scheduling.Objective;
import io.millwright.scheduling.Objectives;
import io.millwright.scheduling.Planner;
import io.millwright.scheduling.Remedy;
import io.millwright.scheduling.Schedule;
import io.millwright.scheduling.Scheduling;
import io.millwright.scheduling.Shop;
import io.millwright.scheduling.ShopJob;
import io.millwright.scheduling.ShopOptimizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Whether the remedies for late jobs of drawn shops with operators are ranked rightly: every remedy
 * that is told, and the shop as it is, are planned anew with ten times the effort. All of these
 * searches begin at one plan, the best of the shop as it is after the same effort, since searches
 * from further back differ by more than most remedies bring. Arguments: late jobs (50), jobs of a
 * shop (200), late jobs of each shop (5), moves of a confirmation (200,000), key (1).
 */
public final class Remedied {
  private Remedied() {}

  private static final Objective TARDINESS = Objectives.weightedTardiness();

  /**
   * Prints a line for each job and what all came to.
   *
   * @param args see the class
   */
  public static void main(String[] args) throws InterruptedException {
    int jobs = number(args, 0, 50);
    int size = number(args, 1, 200);
    int each = number(args, 2, 5);
    int effort = number(args, 3, 200_000);
    int key = number(args, 4, 1);
    int explained = 0;
    int ranked = 0;
    int first = 0;
    int told = 0;
    int confirmed = 0;
    int without = 0;
    double seconds = 0;
    Random random = new Random(key);
    try (Millwright millwright = Millwright.create()) {
      Scheduling scheduling = millwright.plugin(Scheduling.class);
      ShopOptimizer optimizer = scheduling.optimizer().minimize(TARDINESS).workers(1);
      Planner planner = scheduling.planner(TARDINESS);
      for (int number = key; explained < jobs; number++) {
        Shop shop = DrawnShops.draw(number, size, 5, Math.max(5, size / 20));
        Schedule plan =
            optimizer
                .key(number)
                .optimize(shop, Budget.iterations(effort / 2))
                .await()
                .orElseThrow();
        Schedule base = anew(shop, shop, plan, optimizer, effort);
        double asIs = TARDINESS.of(shop, anew(shop, shop, base, optimizer, effort));
        for (String job : late(shop, plan, random, Math.min(each, jobs - explained))) {
          long begin = System.nanoTime();
          Lateness why = planner.explain(shop, plan, job);
          seconds += (System.nanoTime() - begin) * 1e-9;
          explained++;
          int best = -1;
          double most = 0;
          StringBuilder row = new StringBuilder();
          for (int i = 0; i < why.remedies().size(); i++) {
            Remedy r = why.remedies().get(i);
            Shop searched =
                r.kind() == Remedy.Kind.PRIORITY || r.kind() == Remedy.Kind.OTHER_MACHINE
                    ? favoured(r.shop(), job)
                    : r.shop();
            Schedule with = anew(searched, r.shop(), base, optimizer, effort);
            boolean forAll = r.gain() > 0;
            double gain = asIs - TARDINESS.of(r.shop(), with);
            long earlier =
                base.completions().getOrDefault(job, 0L) - with.completions().getOrDefault(job, 0L);
            told++;
            confirmed += (forAll ? gain > 0 : earlier > 0) ? 1 : 0;
            row.append(
                String.format(
                    Locale.ROOT,
                    "  [%s %.0f/%.0f job %d/%d]",
                    r.what().substring(0, Math.min(24, r.what().length())),
                    r.gain(),
                    gain,
                    r.jobGain(),
                    earlier));
            if (forAll && gain > most) {
              most = gain;
              best = i;
            }
          }
          without += why.remedies().isEmpty() ? 1 : 0;
          if (best >= 0) {
            ranked++;
            first += best == 0 ? 1 : 0;
          }
          System.out.printf(
              Locale.ROOT,
              "%s/%s: best is number %d of %d%s%n",
              shop.name(),
              job,
              best + 1,
              why.remedies().size(),
              row);
        }
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%d late jobs, %d without a remedy, %d remedies told, %.1f s each; best first %d of %d"
            + " (%.0f %%), confirmed %d of %d (%.0f %%)%n",
        explained,
        without,
        told,
        seconds / explained,
        first,
        ranked,
        100.0 * first / Math.max(1, ranked),
        confirmed,
        told,
        100.0 * confirmed / Math.max(1, told));
  }

  private static int number(String[] args, int at, int usual) {
    return args.length > at ? Integer.parseInt(args[at]) : usual;
  }

  private static Shop favoured(Shop shop, String job) {
    return shop.withJobs(
        shop.jobs().stream()
            .map(j -> j.id().equals(job) ? j.weighing(10 * j.weight()) : j)
            .toList());
  }

  private static Schedule anew(
      Shop searched, Shop judged, Schedule plan, ShopOptimizer optimizer, long effort)
      throws InterruptedException {
    Schedule best = plan;
    double least = Double.POSITIVE_INFINITY;
    for (long key = 101; key <= 102; key++) {
      Schedule found =
          optimizer
              .key(key)
              .optimize(searched.withDraft(plan), Budget.iterations(effort))
              .await()
              .orElseThrow();
      if (TARDINESS.of(judged, found) < least) {
        least = TARDINESS.of(judged, found);
        best = found;
      }
    }
    return best;
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
}
