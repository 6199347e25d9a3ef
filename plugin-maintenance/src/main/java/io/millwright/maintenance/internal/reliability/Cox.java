package io.millwright.maintenance.internal.reliability;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.maintenance.Life;
import io.millwright.maintenance.LifeFit.Estimate;
import io.millwright.maintenance.LifeRegression;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Proportional hazards by partial likelihood. */
final class Cox {

  private Cox() {}

  static LifeRegression fit(List<Life> lives, double level) {
    if (!lives.stream().allMatch(l -> l.exact() || l.right())) {
      throw new MillwrightException(
          ErrorCode.UNSUPPORTED,
          "proportional hazards take failures at known times and running lives only"
              + "\nMaybe fit accelerated life, whose Weibull law has proportional hazards too");
    }
    if (lives.stream().noneMatch(Life::exact)) {
      throw new MillwrightException(
          ErrorCode.TOO_FEW_DATA, "none of " + lives.size() + " lives ended");
    }
    Regressions.Centred centred = Regressions.Centred.of(lives);
    int p = centred.mean().length;
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < lives.size(); i++) {
      order.add(i);
    }
    order.sort(Comparator.comparingDouble(i -> -lives.get(i).from()));
    Maximum.Surface f = b -> partial(lives, centred, order, b);
    Maximum best = Maximum.of(f, new double[p]);
    if (java.util.Arrays.stream(best.at()).anyMatch(b -> Math.abs(b) > 15)) {
      throw new MillwrightException(
          ErrorCode.DIVERGED,
          "a covariate tells all failures apart: its hazard ratio has no largest likelihood"
              + "\nMaybe leave it out");
    }
    List<Estimate> all = new ArrayList<>();
    for (int j = 0; j < p; j++) {
      double d = centred.deviation()[j];
      double[] bounds = Profile.bounds(f, best, j, level);
      all.add(
          new Estimate(
              "b" + (j + 1),
              best.at()[j] / d,
              Math.sqrt(best.covariance().getEntry(j, j)) / d,
              bounds[0] / d,
              bounds[1] / d));
    }
    NavigableMap<Double, Double> baseline = baseline(lives, centred, order, best.at());
    double longest = lives.stream().mapToDouble(Life::from).max().orElse(1);
    return new LifeRegression(
        all,
        best.value(),
        under -> {
          double risk = Math.exp(dot(best.at(), centred.at(under)));
          return new FittedLife(
              t -> {
                var at = baseline.floorEntry(t);
                return at == null ? 0 : -risk * at.getValue();
              },
              t -> {
                // The step function's mean slope about the time.
                double h = 0.05 * longest;
                var far = baseline.floorEntry(t + h);
                var near = baseline.floorEntry(t - h);
                double up = far == null ? 0 : far.getValue();
                double down = near == null ? 0 : near.getValue();
                return risk * (up - down) / (Math.min(t, h) + h);
              },
              longest,
              "proportional hazards under " + under);
        });
  }

  private static double dot(double[] b, double[] x) {
    double sum = 0;
    for (int j = 0; j < b.length; j++) {
      sum += b[j] * x[j];
    }
    return sum;
  }

  private static double partial(
      List<Life> lives, Regressions.Centred centred, List<Integer> order, double[] b) {
    double value = 0;
    double risk = 0;
    for (int i = 0; i < order.size(); ) {
      double time = lives.get(order.get(i)).from();
      double tied = 0;
      double deaths = 0;
      int from = i;
      for (; i < order.size() && lives.get(order.get(i)).from() == time; i++) {
        Life l = lives.get(order.get(i));
        double eta = dot(b, centred.x()[order.get(i)]);
        risk += l.count() * Math.exp(eta);
        if (l.exact()) {
          tied += l.count() * Math.exp(eta);
          deaths += l.count();
          value += l.count() * eta;
        }
      }
      for (int k = 0; i > from && k < Math.round(deaths); k++) {
        value -= Math.log(risk - k / deaths * tied);
      }
    }
    return value;
  }

  /** Breslow's cumulative hazard at the mean of the covariates. */
  private static NavigableMap<Double, Double> baseline(
      List<Life> lives, Regressions.Centred centred, List<Integer> order, double[] b) {
    TreeMap<Double, Double> steps = new TreeMap<>();
    double risk = 0;
    for (int i = 0; i < order.size(); ) {
      double time = lives.get(order.get(i)).from();
      double deaths = 0;
      for (; i < order.size() && lives.get(order.get(i)).from() == time; i++) {
        Life l = lives.get(order.get(i));
        risk += l.count() * Math.exp(dot(b, centred.x()[order.get(i)]));
        deaths += l.exact() ? l.count() : 0;
      }
      if (deaths > 0) {
        steps.put(time, deaths / risk);
      }
    }
    double sum = 0;
    for (var step : steps.entrySet()) {
      sum += step.getValue();
      step.setValue(sum);
    }
    return steps;
  }
}
