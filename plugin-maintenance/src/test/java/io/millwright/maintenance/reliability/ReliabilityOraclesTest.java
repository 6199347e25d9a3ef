package io.millwright.maintenance.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millwright.maintenance.CompetingModes;
import io.millwright.maintenance.Life;
import io.millwright.maintenance.LifeFit;
import io.millwright.maintenance.LifeLaw;
import io.millwright.maintenance.LifePlan;
import io.millwright.maintenance.LifeRegression;
import io.millwright.maintenance.Reliability;
import io.millwright.maintenance.RepairHistory;
import io.millwright.maintenance.RepairableFit;
import io.millwright.maintenance.internal.reliability.DefaultReliability;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/**
 * Fits on drawn rows, held by closed forms and by likelihoods written out here, so that they hold
 * without any data folder.
 */
class ReliabilityOraclesTest {

  private static final Reliability RELIABILITY = new DefaultReliability();

  /** Exact, interval-censored, left- and right-censored lives of Weibull. */
  private static List<Life> drawn(long key, int n, double eta, double beta) {
    SplittableRandom random = new SplittableRandom(key);
    List<Life> lives = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      double t = eta * Math.pow(-Math.log(1 - random.nextDouble()), 1 / beta);
      double end = eta * (0.3 + 1.5 * random.nextDouble());
      double step = eta / 4;
      double from = Math.floor(t / step) * step;
      if (t > end) {
        lives.add(Life.running(end));
      } else if (i % 3 > 0) {
        lives.add(Life.failed(t));
      } else {
        lives.add(from == 0 ? Life.failedBefore(step) : Life.failedBetween(from, from + step));
      }
    }
    return lives;
  }

  private static double weibull(List<Life> lives, double eta, double beta) {
    double sum = 0;
    for (Life life : lives) {
      double a = Math.pow(life.from() / eta, beta);
      double b = Math.pow(life.to() / eta, beta);
      double one =
          life.exact()
              ? Math.log(beta / eta) + (beta - 1) * Math.log(life.to() / eta) - b
              : life.right() ? -a : Math.log(Math.exp(-a) - Math.exp(-b));
      sum += life.count() * one;
    }
    return sum;
  }

  /** The value at the fit is the one given, and no neighbour is likelier. */
  private static void greatest(double given, double[] at, ToDoubleFunction<double[]> likelihood) {
    assertThat(likelihood.applyAsDouble(at)).isCloseTo(given, within(1e-6 * Math.abs(given)));
    for (int j = 0; j < at.length; j++) {
      for (double factor : new double[] {0.999, 1.001}) {
        double[] near = at.clone();
        near[j] *= factor;
        assertThat(likelihood.applyAsDouble(near)).as("parameter %s", j).isLessThan(given);
      }
    }
  }

  @Test
  void weibullOfCensoredLivesIsTheLikeliest() {
    for (int key = 1; key <= 5; key++) {
      List<Life> lives = drawn(key, 80, 100 * key, 0.8 + 0.5 * key);
      LifeFit fit = RELIABILITY.fit(lives, LifePlan.of(LifeLaw.WEIBULL));
      double[] at = {fit.parameter("eta").value(), fit.parameter("beta").value()};
      greatest(fit.logLikelihood(), at, p -> weibull(lives, p[0], p[1]));
    }
  }

  @Test
  void inspectedOnceEach() {
    // Wheels inspected once: failed before, or running then.
    List<Life> lives = new ArrayList<>();
    int[][] counts = {{5, 0, 39}, {10, 4, 49}, {20, 9, 40}, {30, 21, 13}, {40, 36, 6}};
    for (int[] row : counts) {
      if (row[1] > 0) {
        lives.add(Life.failedBefore(row[0]).times(row[1]));
      }
      lives.add(Life.running(row[0]).times(row[2]));
    }
    LifeFit fit = RELIABILITY.fit(lives, LifePlan.of(LifeLaw.WEIBULL));
    double[] at = {fit.parameter("eta").value(), fit.parameter("beta").value()};
    greatest(fit.logLikelihood(), at, p -> weibull(lives, p[0], p[1]));
  }

  @Test
  void exponentialAndNormalHaveClosedForms() {
    List<Life> lives =
        drawn(9, 60, 50, 1).stream().filter(life -> life.exact() || life.right()).toList();
    double total = lives.stream().mapToDouble(Life::from).sum();
    long failures = lives.stream().filter(Life::exact).count();
    LifeFit fit = RELIABILITY.fit(lives, LifePlan.of(LifeLaw.EXPONENTIAL));
    assertThat(fit.parameter("mean").value()).isCloseTo(total / failures, within(1e-6 * total));
    List<Life> exact = lives.stream().filter(Life::exact).toList();
    double mean = exact.stream().mapToDouble(Life::to).average().orElseThrow();
    double square =
        exact.stream().mapToDouble(l -> (l.to() - mean) * (l.to() - mean)).average().orElseThrow();
    LifeFit normal = RELIABILITY.fit(exact, LifePlan.of(LifeLaw.NORMAL));
    assertThat(normal.parameter("mean").value()).isCloseTo(mean, within(1e-4 * mean));
    assertThat(normal.parameter("sigma").value()).isCloseTo(Math.sqrt(square), within(1e-4 * mean));
    List<Life> logs = exact.stream().map(l -> Life.failed(Math.exp(l.to() / 50))).toList();
    LifeFit lognormal = RELIABILITY.fit(logs, LifePlan.of(LifeLaw.LOGNORMAL));
    assertThat(lognormal.parameter("mu").value()).isCloseTo(mean / 50, within(1e-4));
    assertThat(lognormal.parameter("sigma").value())
        .isCloseTo(Math.sqrt(square) / 50, within(1e-4));
  }

  @Test
  void theOtherModeIsCensored() {
    SplittableRandom random = new SplittableRandom(4);
    List<Life> lives = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      double a = 100 * Math.pow(-Math.log(1 - random.nextDouble()), 1 / 2.0);
      double b = 120 * Math.pow(-Math.log(1 - random.nextDouble()), 1 / 0.9);
      lives.add(
          Math.min(a, b) > 90
              ? Life.running(90)
              : Life.failed(Math.min(a, b)).by(a < b ? "a" : "b"));
    }
    CompetingModes modes = RELIABILITY.competing(lives, LifePlan.of(LifeLaw.WEIBULL));
    double both = 1;
    for (String mode : List.of("a", "b")) {
      List<Life> own =
          lives.stream().map(l -> l.mode().equals(mode) ? l : Life.running(l.from())).toList();
      LifeFit alone = RELIABILITY.fit(own, LifePlan.of(LifeLaw.WEIBULL));
      LifeFit within = modes.modes().get(mode);
      for (String parameter : List.of("eta", "beta")) {
        double due = alone.parameter(parameter).value();
        assertThat(within.parameter(parameter).value()).isCloseTo(due, within(1e-6 * due));
      }
      both *= alone.distribution().survival(60);
    }
    assertThat(modes.distribution().survival(60)).isCloseTo(both, within(1e-9));
  }

  @Test
  void acceleratedLifeIsTheLikeliest() {
    SplittableRandom random = new SplittableRandom(5);
    List<Life> lives = new ArrayList<>();
    for (int i = 0; i < 90; i++) {
      double x = 3 + i % 3 * 0.2;
      double t = Math.exp(20 - 4 * x) * Math.pow(-Math.log(1 - random.nextDouble()), 1 / 1.5);
      lives.add((i % 10 == 0 ? Life.running(t / 2) : Life.failed(t)).under(x));
    }
    LifeRegression fit = RELIABILITY.accelerated(lives, LifeLaw.WEIBULL, 0.95);
    double[] at = fit.coefficients().stream().mapToDouble(LifeFit.Estimate::value).toArray();
    greatest(
        fit.logLikelihood(),
        at,
        p -> {
          double sum = 0;
          for (Life life : lives) {
            double z = (Math.log(life.from()) - p[0] - p[1] * life.covariates().get(0)) / p[2];
            sum += -Math.exp(z) + (life.exact() ? z - Math.log(p[2] * life.from()) : 0);
          }
          return sum;
        });
  }

  /** Three systems by hand (Nelson's estimate): repairs over those still watched. */
  @Test
  void meanCumulativeFunctionByHand() {
    RepairableFit fit =
        RELIABILITY.repairable(
            List.of(
                new RepairHistory("a", List.of(5.0, 8.0), 12),
                new RepairHistory("b", List.of(), 16),
                new RepairHistory("c", List.of(1.0, 8.0, 16.0), 20)),
            0.95);
    double[] age = {1, 5, 8, 16};
    double[] mean = {1 / 3.0, 2 / 3.0, 4 / 3.0, 4 / 3.0 + 1 / 2.0};
    assertThat(fit.meanCumulative()).hasSize(4);
    for (int i = 0; i < age.length; i++) {
      assertThat(fit.meanCumulative().get(i).age()).isEqualTo(age[i]);
      assertThat(fit.meanCumulative().get(i).mean()).isCloseTo(mean[i], within(1e-12));
    }
  }
}
