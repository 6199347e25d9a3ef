package io.millwright.scheduling.internal.chance;

import io.millwright.api.plan.TimeDistribution;
import io.millwright.scheduling.Alternative;
import io.millwright.scheduling.Breakdowns;
import io.millwright.scheduling.Machine;
import io.millwright.scheduling.Operation;
import io.millwright.scheduling.Pin;
import io.millwright.scheduling.Setup;
import io.millwright.scheduling.Shop;
import io.millwright.scheduling.ShopJob;
import io.millwright.scheduling.UncertainTimes;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Shops that are planned with other times than they have: mean ones, or ones with buffers. */
final class Buffered {

  /** The ratio by which a machine's mean differs from its plan, and by which it spreads. */
  record Spread(double mean, double deviation) {}

  private final Shop shop;
  private final Map<String, Spread> spreads = new HashMap<>();
  private final Map<String, Double> setups = new HashMap<>();
  private final Set<List<String>> begun = new HashSet<>();

  Buffered(Shop shop, UncertainTimes times) {
    this.shop = shop;
    Map<String, double[]> works = new HashMap<>();
    for (ShopJob j : shop.jobs()) {
      for (Operation o : j.operations()) {
        for (Alternative a : o.alternatives()) {
          double[] sum = works.computeIfAbsent(a.machine(), m -> new double[2]);
          sum[0] += a.work(j.quantity());
          sum[1]++;
        }
      }
    }
    for (Machine m : shop.machines()) {
      TimeDistribution law = times.durations(m.id());
      double mean = law.mean();
      double variance = Math.pow((law.quantile(0.841) - law.quantile(0.159)) / 2, 2);
      Breakdowns how = times.breakdowns(m.id()).orElse(null);
      double[] work = works.getOrDefault(m.id(), new double[] {1, 1});
      if (how != null && how.life().mean() > 0 && how.life().mean() < Double.POSITIVE_INFINITY) {
        double each = Math.max(1, work[0] / work[1]);
        double squares = 0;
        for (int i = 0; i < 50; i++) {
          squares += Math.pow(how.repair().quantile((i + 0.5) / 50), 2) / 50;
        }
        mean += mean * how.repair().mean() / how.life().mean();
        variance += squares / how.life().mean() / each;
      }
      spreads.put(m.id(), new Spread(mean, Math.sqrt(variance)));
      setups.put(m.id(), times.setups(m.id()).mean());
    }
    for (Pin p : shop.pins()) {
      if (p.start().isPresent() && p.start().getAsLong() < shop.start()) {
        begun.add(List.of(p.job(), p.operation()));
      }
    }
  }

  /** Whether a machine's times vary at all. */
  boolean varies(String machine) {
    Spread s = spreads.get(machine);
    return s != null && s.deviation() > 0;
  }

  /** The factor of a machine's planned times, deviations beyond the mean. */
  double factor(String machine, double deviations) {
    Spread s = spreads.getOrDefault(machine, new Spread(1, 0));
    return s.mean() + deviations * s.deviation();
  }

  /**
   * The shop with other times.
   *
   * @param deviations by machine, how many deviations more than the mean; 0 where absent
   * @param earlier by job, how many ticks before its due date it is to be done
   */
  Shop planned(Map<String, Double> deviations, Map<String, Long> earlier) {
    List<ShopJob> jobs = shop.jobs().stream().map(j -> job(j, deviations, earlier)).toList();
    List<Machine> machines =
        shop.machines().stream()
            .map(
                m ->
                    m.setups().isEmpty()
                        ? m
                        : m.changing(
                            m.setups().stream()
                                .map(
                                    s ->
                                        new Setup(
                                            s.from(),
                                            s.to(),
                                            stretched(
                                                s.duration(), setups.getOrDefault(m.id(), 1.0)),
                                            s.needs()))
                                .toList()))
            .toList();
    return shop.withJobs(jobs).withMachines(machines);
  }

  private ShopJob job(ShopJob j, Map<String, Double> deviations, Map<String, Long> earlier) {
    ShopJob.Builder job =
        j.toBuilder()
            .operations(
                j.operations().stream()
                    .map(
                        o ->
                            begun.contains(List.of(j.id(), o.id()))
                                ? o
                                : stretched(o, j.quantity(), deviations))
                    .toList());
    long sooner = earlier.getOrDefault(j.id(), 0L);
    return j.due().isPresent() && sooner != 0
        ? job.due(Math.max(0, j.due().getAsLong() - sooner)).build()
        : job.build();
  }

  private Operation stretched(Operation o, long quantity, Map<String, Double> deviations) {
    return o.toBuilder()
        .alternatives(
            o.alternatives().stream()
                .map(
                    a ->
                        new Alternative(
                            a.machine(),
                            stretched(
                                a.work(quantity),
                                factor(a.machine(), deviations.getOrDefault(a.machine(), 0.0))),
                            0,
                            a.needs()))
                .toList())
        .build();
  }

  private static long stretched(long ticks, double factor) {
    return ticks == 0 ? 0 : Math.max(1, Math.round(ticks * factor));
  }
}
