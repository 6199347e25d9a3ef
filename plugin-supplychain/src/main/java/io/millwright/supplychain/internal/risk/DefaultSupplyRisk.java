package io.millwright.supplychain.internal.risk;

import io.millwright.api.Job;
import io.millwright.api.Progress;
import io.millwright.api.data.Series;
import io.millwright.api.spi.Jobs;
import io.millwright.runtime.simulation.CommonRandom;
import io.millwright.runtime.simulation.Sample;
import io.millwright.supplychain.Delivery;
import io.millwright.supplychain.Estimate;
import io.millwright.supplychain.RiskRun;
import io.millwright.supplychain.RiskStudy;
import io.millwright.supplychain.SupplierExposure;
import io.millwright.supplychain.SupplierScore;
import io.millwright.supplychain.SupplyAnomaly;
import io.millwright.supplychain.SupplyNetwork;
import io.millwright.supplychain.SupplyRisk;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** The door to anomalies, scores and simulation. */
record DefaultSupplyRisk(Jobs jobs) implements SupplyRisk {

  private static final double LEVEL = 0.95;

  @Override
  public List<SupplyAnomaly> anomalies(List<Series> courses) {
    return courses.stream().flatMap(c -> Anomalies.of(c).stream()).toList();
  }

  @Override
  public List<SupplierScore> scores(List<Delivery> deliveries) {
    return Scores.of(deliveries);
  }

  @Override
  public List<SupplierExposure> exposure(SupplyNetwork network) {
    return Exposures.of(network);
  }

  @Override
  public Job<RiskRun> simulate(SupplyNetwork network, RiskStudy study) {
    return jobs.background()
        .start("play failures of suppliers", Optional.empty(), c -> play(network, study, c));
  }

  private static RiskRun play(
      SupplyNetwork network, RiskStudy study, Jobs.Control<RiskRun> control) {
    Failures failures = new Failures(network, study.periods());
    double demand =
        study.periods() * network.items().stream().mapToDouble(SupplyNetwork.Item::demand).sum();
    int suppliers = network.suppliers().size();
    List<Double> losses = new ArrayList<>();
    List<Double> fill = new ArrayList<>();
    List<List<Double>> safe = new ArrayList<>();
    for (int j = 0; j < suppliers; j++) {
      safe.add(new ArrayList<>());
    }
    for (int r = 0; r < study.replications() && !(r >= 2 && control.stopped()); r++) {
      CommonRandom random = new CommonRandom(study.key(), r);
      double[] one = failures.play(random, -1);
      losses.add(one[0]);
      fill.add(1 - one[1] / demand);
      for (int j = 0; j < suppliers; j++) {
        safe.get(j).add(one[0] > 0 ? one[0] - failures.play(random, j)[0] : 0);
      }
      if (r % 100 == 0) {
        report(control, r, study);
      }
    }
    Sample loss = new Sample(losses);
    List<RiskRun.BySupplier> by = new ArrayList<>();
    for (int j = 0; j < suppliers; j++) {
      by.add(
          new RiskRun.BySupplier(
              network.suppliers().get(j).name(), estimate(new Sample(safe.get(j)))));
    }
    by.sort(Comparator.comparingDouble(s -> -s.loss().value()));
    double hits = losses.stream().filter(v -> v > 1e-9).count();
    double n = losses.size();
    double share = hits / n;
    // Agresti and Coull's interval holds near 0 and 1 too.
    double centre = (hits + 2) / (n + 4);
    double half = 1.96 * Math.sqrt(centre * (1 - centre) / (n + 4));
    return new RiskRun(
        losses.size(),
        estimate(loss),
        loss.quantile(0.95),
        estimate(new Sample(fill)),
        new Estimate(share, Math.max(0, centre - half), Math.min(1, centre + half)),
        by);
  }

  private static void report(Jobs.Control<?> control, int done, RiskStudy study) {
    control.report(
        new Progress(
            "replications",
            OptionalDouble.of((double) done / study.replications()),
            control.elapsed(),
            Optional.empty(),
            Map.of()));
  }

  private static Estimate estimate(Sample sample) {
    double half = sample.halfWidth(LEVEL);
    return new Estimate(sample.mean(), sample.mean() - half, sample.mean() + half);
  }

  @Override
  public Job<Estimate> worth(SupplyNetwork network, SupplyNetwork changed, RiskStudy study) {
    return jobs.background()
        .start(
            "play failures with and without a change",
            Optional.empty(),
            control -> {
              Failures before = new Failures(network, study.periods());
              Failures after = new Failures(changed, study.periods());
              List<Double> gains = new ArrayList<>();
              for (int r = 0; r < study.replications() && !(r >= 2 && control.stopped()); r++) {
                CommonRandom random = new CommonRandom(study.key(), r);
                gains.add(before.play(random, -1)[0] - after.play(random, -1)[0]);
                if (r % 100 == 0) {
                  report(control, r, study);
                }
              }
              return estimate(new Sample(gains));
            });
  }
}
