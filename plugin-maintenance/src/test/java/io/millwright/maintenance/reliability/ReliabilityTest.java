package io.millwright.maintenance.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.plan.LifeDistribution;
import io.millwright.maintenance.Life;
import io.millwright.maintenance.LifeFit;
import io.millwright.maintenance.LifeFit.Estimate;
import io.millwright.maintenance.LifeLaw;
import io.millwright.maintenance.LifePlan;
import io.millwright.maintenance.LifeRegression;
import io.millwright.maintenance.Reliability;
import io.millwright.maintenance.RepairHistory;
import io.millwright.maintenance.RepairableFit;
import io.millwright.maintenance.ReplacementCosts;
import io.millwright.maintenance.ReplacementPolicies;
import io.millwright.maintenance.SurvivalPoint;
import io.millwright.maintenance.internal.reliability.DefaultReliability;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.hipparchus.special.Gamma;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ReliabilityTest {

  private static final Reliability RELIABILITY = new DefaultReliability();

  private static LifeDistribution weibull(double eta, double beta) {
    return new LifeDistribution() {
      @Override
      public double cdf(double t) {
        return -Math.expm1(-Math.pow(t / eta, beta));
      }

      @Override
      public double quantile(double p) {
        return eta * Math.pow(-Math.log1p(-p), 1 / beta);
      }

      @Override
      public double mean() {
        return eta * Math.exp(Gamma.logGamma(1 + 1 / beta));
      }

      @Override
      public double hazard(double t) {
        return beta / eta * Math.pow(t / eta, beta - 1);
      }

      @Override
      public double survival(double t) {
        return Math.exp(-Math.pow(t / eta, beta));
      }
    };
  }

  /** Censored samples of Weibull: running ones end at random times, some are only inspected. */
  private static List<Life> sample(long seed, int n, double eta, double beta) {
    SplittableRandom random = new SplittableRandom(seed);
    LifeDistribution law = weibull(eta, beta);
    List<Life> lives = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      double t = law.quantile(random.nextDouble());
      double end = eta * (0.5 + random.nextDouble());
      if (t > end) {
        lives.add(Life.running(end));
      } else if (i % 4 == 0) {
        double width = eta / 5;
        double from = Math.floor(t / width) * width;
        lives.add(from == 0 ? Life.failedBefore(width) : Life.failedBetween(from, from + width));
      } else {
        lives.add(Life.failed(t));
      }
    }
    return lives;
  }

  private static int[] covered(int runs, LifeLaw law) {
    int[] covered = new int[3];
    double eta = 200;
    double beta = 2;
    double b10 = weibull(eta, beta).quantile(0.1);
    for (int r = 0; r < runs; r++) {
      LifeFit fit = RELIABILITY.fit(sample(r + 1, 60, eta, beta), LifePlan.of(law));
      Estimate e = fit.parameter("eta");
      Estimate b = fit.parameter("beta");
      LifeFit.Quantile q = fit.quantiles().get(2);
      covered[0] += e.low() <= eta && eta <= e.high() ? 1 : 0;
      covered[1] += b.low() <= beta && beta <= b.high() ? 1 : 0;
      covered[2] += q.low() <= b10 && b10 <= q.high() ? 1 : 0;
    }
    return covered;
  }

  @Test
  void boundsCoverTheTruth() {
    for (int c : covered(120, LifeLaw.WEIBULL)) {
      // 114 expected, with a standard deviation of 2.4.
      assertThat(c).isBetween(106, 120);
    }
  }

  @Test
  @Tag("thorough")
  void boundsOfAThousandSamplesCoverAtTheirLevel() {
    int runs = 1000;
    for (int c : covered(runs, LifeLaw.WEIBULL)) {
      assertThat((double) c / runs).isBetween(0.93, 0.97);
    }
  }

  /** Meeker and Escobar (1998), example 8.16 and others: the shock absorbers of O'Connor (1985). */
  @Test
  void theShockAbsorbersOfTheTextbook() {
    double[] failed = {6700, 9120, 12200, 13150, 14300, 17520, 20100, 20900, 22700, 26510, 27490};
    double[] running = {
      6950, 7820, 8790, 9660, 9820, 11310, 11690, 11850, 11880, 12140, 12870, 13330, 13470, 14040,
      17540, 17890, 18450, 18960, 18980, 19410, 20100, 20150, 20320, 23490, 27410, 27890, 28100
    };
    List<Life> lives = new ArrayList<>();
    for (double t : failed) {
      lives.add(Life.failed(t));
    }
    for (double t : running) {
      lives.add(Life.running(t));
    }
    LifeFit fit = RELIABILITY.fit(lives, LifePlan.of(LifeLaw.WEIBULL));
    assertThat(fit.parameter("eta").value()).isCloseTo(27719, within(1.0));
    assertThat(1 / fit.parameter("beta").value()).isCloseTo(0.3164, within(1e-4));
    assertThat(fit.logLikelihood()).isCloseTo(-123.995361, within(2e-4));
    assertThat(fit.words()).contains("more frequent");
  }

  @ParameterizedTest
  @EnumSource(LifeLaw.class)
  void everyLawFindsItselfAndHasConsistentFunctions(LifeLaw law) {
    SplittableRandom random = new SplittableRandom(5);
    List<Life> lives = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      double p = random.nextDouble();
      double z = Math.log(-Math.log1p(-p));
      double t =
          switch (law) {
            case EXPONENTIAL -> 100 * Math.exp(z);
            case WEIBULL -> 100 * Math.exp(z / 2);
            case WEIBULL3 -> 50 + 100 * Math.exp(z / 2);
            case LOGNORMAL -> 100 * Math.exp(0.5 * random.nextGaussian());
            case NORMAL -> 100 + 10 * random.nextGaussian();
            case MIXTURE ->
                random.nextDouble() < 0.3 ? 20 * Math.exp(z / 2) : 200 * Math.exp(z / 5);
          };
      lives.add(Life.failed(t));
    }
    LifeFit fit = RELIABILITY.fit(lives, LifePlan.of(law));
    double[] truth =
        switch (law) {
          case EXPONENTIAL -> new double[] {100};
          case WEIBULL -> new double[] {100, 2};
          case WEIBULL3 -> new double[] {100, 2, 50};
          case LOGNORMAL -> new double[] {Math.log(100), 0.5};
          case NORMAL -> new double[] {100, 10};
          case MIXTURE -> new double[] {0.3, 20, 2, 200, 5};
        };
    for (int j = 0; j < truth.length; j++) {
      Estimate e = fit.parameters().get(j);
      assertThat(e.value()).as(e.name()).isCloseTo(truth[j], within(4 * e.error() + 1e-9));
      assertThat(e.low()).isLessThan(e.value());
      assertThat(e.high()).isGreaterThan(e.value());
    }
    LifeDistribution d = fit.distribution();
    for (LifeFit.Quantile q : fit.quantiles()) {
      assertThat(d.cdf(q.value())).isCloseTo(q.share(), within(1e-9));
      assertThat(q.low()).isLessThan(q.value());
      assertThat(q.high()).isGreaterThan(q.value());
      double h = 1e-5 * q.value();
      double slope = (d.cdf(q.value() + h) - d.cdf(q.value() - h)) / (2 * h);
      assertThat(d.hazard(q.value()) * d.survival(q.value()))
          .isCloseTo(slope, within(1e-4 * slope));
    }
    double mean = lives.stream().mapToDouble(Life::from).average().orElse(0);
    assertThat(d.mean()).isCloseTo(mean, within(0.06 * mean));
  }

  @Test
  void aWrongLawDoesNotFitAndARightOneDoes() {
    List<Life> lives = sample(3, 150, 100, 4);
    LifeFit right = RELIABILITY.fit(lives, new LifePlan(LifeLaw.WEIBULL, 0.95, 99));
    LifeFit wrong = RELIABILITY.fit(lives, new LifePlan(LifeLaw.EXPONENTIAL, 0.95, 99));
    assertThat(right.goodness().orElseThrow()).isGreaterThan(0.05);
    assertThat(wrong.goodness().orElseThrow()).isLessThan(0.05);
    assertThat(right.aic()).isLessThan(wrong.aic());
  }

  /** Freireich and others (1963), 6-mercaptopurine: as in Kalbfleisch and Prentice's figures. */
  @Test
  void kaplanMeierOfTheTextbook() {
    double[] failed = {6, 6, 6, 7, 10, 13, 16, 22, 23};
    double[] running = {6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35};
    List<Life> lives = new ArrayList<>();
    for (double t : failed) {
      lives.add(Life.failed(t));
    }
    for (double t : running) {
      lives.add(Life.running(t));
    }
    List<SurvivalPoint> points = RELIABILITY.survival(lives, 0.95);
    double[] survival = {0.8571, 0.8067, 0.7529, 0.6902, 0.6275, 0.5378, 0.4482};
    double[] error = {0.0764, 0.0869, 0.0963, 0.1068, 0.1141, 0.1282, 0.1346};
    assertThat(points).hasSize(7);
    for (int i = 0; i < 7; i++) {
      assertThat(points.get(i).survival()).isCloseTo(survival[i], within(5e-5));
      assertThat(points.get(i).error()).isCloseTo(error[i], within(6e-5));
      assertThat(points.get(i).low()).isBetween(0.0, points.get(i).survival());
      assertThat(points.get(i).high()).isBetween(points.get(i).survival(), 1.0);
    }
    // The same data with the placebo group: Cox's log hazard ratio 1.57 by Efron (Cox 1972).
    double[] placebo = {1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23};
    List<Life> both = new ArrayList<>();
    lives.forEach(l -> both.add(l.under(0)));
    for (double t : placebo) {
      both.add(Life.failed(t).under(1));
    }
    LifeRegression cox = RELIABILITY.proportionalHazards(both, 0.95);
    assertThat(cox.coefficients().get(0).value()).isCloseTo(1.5721, within(1e-4));
    assertThat(cox.coefficients().get(0).error()).isCloseTo(0.4124, within(1e-4));
    assertThat(cox.at().apply(List.of(1.0)).survival(10))
        .isLessThan(cox.at().apply(List.of(0.0)).survival(10));
  }

  @Test
  void turnbullAgreesWithCountsOfInspections() {
    List<Life> lives = new ArrayList<>();
    lives.add(Life.failedBefore(10).times(20));
    lives.add(Life.failedBetween(10, 20).times(30));
    lives.add(Life.running(20).times(50));
    List<SurvivalPoint> points = RELIABILITY.survival(lives, 0.95);
    assertThat(points).hasSize(2);
    assertThat(points.get(0).survival()).isCloseTo(0.8, within(1e-6));
    assertThat(points.get(1).survival()).isCloseTo(0.5, within(1e-6));
  }

  /** One system watched to its end: beta = n / sum log(end / t), lambda = n / end^beta (Crow). */
  @Test
  void powerLawHasItsClosedForm() {
    List<Double> repairs = List.of(5.0, 40.0, 43.0, 175.0, 389.0, 712.0, 747.0, 795.0);
    RepairableFit fit = RELIABILITY.repairable(List.of(new RepairHistory("a", repairs, 800)), 0.9);
    double sum = repairs.stream().mapToDouble(t -> Math.log(800 / t)).sum();
    double beta = repairs.size() / sum;
    assertThat(fit.beta().value()).isCloseTo(beta, within(1e-6));
    assertThat(fit.lambda().value()).isCloseTo(repairs.size() / Math.pow(800, beta), within(1e-6));
    assertThat(fit.lambda().low()).isLessThan(fit.lambda().value());
    assertThat(fit.meanCumulative()).hasSize(8);
    assertThat(fit.meanCumulative().get(7).mean()).isEqualTo(8);
  }

  @ParameterizedTest
  @CsvSource({"1.5, 5", "2, 3", "2, 10", "2.5, 20", "3.5, 5", "5, 2.5"})
  void ageReplacementIsTheAnalyticOptimum(double beta, double ratio) {
    double eta = 120;
    ReplacementPolicies p =
        RELIABILITY.policies(weibull(eta, beta), new ReplacementCosts(1, ratio, 0.8));
    // In units of eta: beta u^(beta-1) integral(exp(-v^beta)) - 1 + exp(-u^beta) = 1 / (ratio - 1),
    // the integral by the incomplete gamma function.
    double low = 1e-6;
    double high = 20;
    while (high - low > 1e-12) {
      double u = (low + high) / 2;
      double area =
          Math.exp(Gamma.logGamma(1 + 1 / beta))
              * Gamma.regularizedGammaP(1 / beta, Math.pow(u, beta));
      double g =
          beta * Math.pow(u, beta - 1) * area + Math.expm1(-Math.pow(u, beta)) - 1 / (ratio - 1);
      if (g < 0) {
        low = u;
      } else {
        high = u;
      }
    }
    double due = eta * low;
    assertThat(p.age().interval()).isCloseTo(due, within(1e-4 * due));
    double cost = (ratio - 1) * weibull(eta, beta).hazard(due);
    assertThat(p.age().cost()).isCloseTo(cost, within(1e-6 * cost));
    assertThat(p.age().cost()).isLessThan(p.runToFailure().cost());
    // Barlow and Hunter (1960): eta (planned / (repair (beta - 1)))^(1 / beta).
    double minimal = eta * Math.pow(1 / (0.8 * (beta - 1)), 1 / beta);
    assertThat(p.minimalRepair().interval()).isCloseTo(minimal, within(1e-4 * minimal));
  }

  @Test
  void lifeWithoutWearIsRunToFailure() {
    ReplacementPolicies p = RELIABILITY.policies(weibull(100, 1), new ReplacementCosts(1, 10, 1));
    assertThat(p.age().interval()).isInfinite();
    assertThat(p.age().cost()).isCloseTo(0.1, within(1e-9));
    assertThat(p.block().interval()).isInfinite();
    assertThat(
            RELIABILITY.policies(weibull(100, 3), new ReplacementCosts(2, 1, 1)).age().interval())
        .isInfinite();
  }

  /** Erlang of order 2: the renewal function is t / 2 - 1 / 4 + exp(-2 t) / 4 at rate 1. */
  @Test
  void blockReplacementIsTheAnalyticOptimum() {
    LifeDistribution erlang =
        new LifeDistribution() {
          @Override
          public double cdf(double t) {
            return Gamma.regularizedGammaP(2, t);
          }

          @Override
          public double quantile(double p) {
            double low = 0;
            double high = 60;
            while (high - low > 1e-13 * high) {
              double m = (low + high) / 2;
              if (cdf(m) < p) {
                low = m;
              } else {
                high = m;
              }
            }
            return low;
          }

          @Override
          public double mean() {
            return 2;
          }

          @Override
          public double hazard(double t) {
            return t / (1 + t);
          }
        };
    double ratio = 10;
    double best = 0;
    double least = Double.POSITIVE_INFINITY;
    for (double t = 0.1; t < 8; t += 1e-5) {
      double cost = (1 + ratio * (t / 2 - 0.25 + Math.exp(-2 * t) / 4)) / t;
      if (cost < least) {
        least = cost;
        best = t;
      }
    }
    ReplacementPolicies p = RELIABILITY.policies(erlang, new ReplacementCosts(1, ratio, 1));
    assertThat(p.block().interval()).isCloseTo(best, within(1e-3 * best));
    assertThat(p.block().cost()).isCloseTo(least, within(1e-4 * least));
  }

  @Test
  void badLivesAreRefusedWithTheirValues() {
    assertThatThrownBy(() -> Life.failed(-1)).hasMessageContaining("-1");
    assertThatThrownBy(() -> Life.failed(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Life.failedBetween(5, 4)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Life.running(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                RELIABILITY.fit(
                    List.of(Life.running(3), Life.running(4)), LifePlan.of(LifeLaw.WEIBULL)))
        .isInstanceOfSatisfying(
            MillwrightException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TOO_FEW_DATA))
        .hasMessageContaining("Maybe");
    assertThatThrownBy(
            () ->
                RELIABILITY.fit(
                    List.of(Life.failed(3), Life.failed(3)), LifePlan.of(LifeLaw.WEIBULL)))
        .isInstanceOf(MillwrightException.class);
    assertThatThrownBy(() -> RELIABILITY.survival(List.of(Life.running(3)), 0.95))
        .isInstanceOf(MillwrightException.class);
    assertThatThrownBy(
            () -> RELIABILITY.competing(List.of(Life.failed(3)), LifePlan.of(LifeLaw.WEIBULL)))
        .isInstanceOf(MillwrightException.class);
    List<Life> uneven = List.of(Life.failed(3).under(1), Life.failed(4).under(1, 2));
    assertThatThrownBy(() -> RELIABILITY.accelerated(uneven, LifeLaw.WEIBULL, 0.95))
        .hasMessageContaining("life 2");
    List<Life> same = List.of(Life.failed(3).under(1), Life.failed(4).under(1));
    assertThatThrownBy(() -> RELIABILITY.proportionalHazards(same, 0.95))
        .hasMessageContaining("covariate 1");
    assertThatThrownBy(() -> new RepairHistory("a", List.of(3.0, 2.0), 9))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> RELIABILITY.repairable(List.of(new RepairHistory("a", List.of(), 9)), 0.9))
        .isInstanceOf(MillwrightException.class);
  }

  @Test
  void aMixtureOfLivesOfOneKindHasBoundsAlthoughItsLikelihoodHasTwoTops() {
    double[] ended = {
      889.81, 1109.82, 1030.39, 181.25, 806.10, 125.88, 542.07, 50.59, 466.01, 552.27, 801.47,
      460.65, 967.80, 564.68, 67.85, 601.67, 579.39, 1043.77, 145.79, 629.83, 106.41, 432.62,
      451.10, 1402.65, 608.15, 786.71, 335.87
    };
    double[] running = {
      1078.77, 435.85, 595.89, 491.53, 466.52, 452.04, 1346.89, 658.55, 499.15, 378.17, 876.89,
      368.40, 327.44
    };
    List<Life> lives = new ArrayList<>();
    Arrays.stream(ended).forEach(t -> lives.add(Life.failed(t)));
    Arrays.stream(running).forEach(t -> lives.add(Life.running(t)));
    LifeFit mixture = RELIABILITY.fit(lives, LifePlan.of(LifeLaw.MIXTURE));
    LifeFit one = RELIABILITY.fit(lives, LifePlan.of(LifeLaw.WEIBULL));
    assertThat(mixture.logLikelihood()).isGreaterThan(one.logLikelihood());
    for (LifeFit.Estimate e : mixture.parameters()) {
      assertThat(e.value()).as(e.name()).isBetween(e.low(), e.high());
    }
  }
}
