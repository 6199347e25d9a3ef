package io.millwright.quality.internal.spc;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.quality.CapabilityPlan;
import io.millwright.quality.CapabilityPlan.Law;
import io.millwright.quality.ProcessCapability;
import io.millwright.quality.ProcessCapability.Index;
import io.millwright.quality.internal.fit.Summary;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.hipparchus.distribution.continuous.ChiSquaredDistribution;
import org.hipparchus.distribution.continuous.NormalDistribution;

/** Indices of capability with their intervals. */
final class Capabilities {

  private static final int FEWEST = 10;
  private static final int RESAMPLES = 999;

  private static final NormalDistribution NORMAL = new NormalDistribution();

  private Capabilities() {}

  static ProcessCapability of(List<Double> values, CapabilityPlan plan) {
    double[] x = Examination.sound(values, FEWEST, "capability");
    Summary s = Summary.of(x);
    return plan.law() == Law.NORMAL ? normal(x, s, plan) : quantiles(x, s, plan);
  }

  private static ProcessCapability normal(double[] x, Summary s, CapabilityPlan plan) {
    int n = x.length;
    double[] within = within(x, plan);
    double sigma = within[0];
    if (!(sigma > 1e-12 * Math.max(1e-300, Math.abs(s.mean())))) {
      throw Estimates.constant("the readings within subgroups", x[0]);
    }
    boolean both = Double.isFinite(plan.lower()) && Double.isFinite(plan.upper());
    double width = plan.upper() - plan.lower();
    double near = Math.min(plan.upper() - s.mean(), s.mean() - plan.lower());
    Optional<Index> cpm = Optional.empty();
    if (both && plan.target().isPresent()) {
      double off = (s.mean() - plan.target().getAsDouble()) / s.deviation();
      double a = 1 + off * off;
      cpm =
          Optional.of(
              chi(
                  width / (6 * s.deviation() * Math.sqrt(a)),
                  n * a * a / (1 + 2 * off * off),
                  plan.level()));
    }
    double beyond =
        NORMAL.cumulativeProbability((plan.lower() - s.mean()) / s.deviation())
            + NORMAL.cumulativeProbability((s.mean() - plan.upper()) / s.deviation());
    return new ProcessCapability(
        n,
        s.mean(),
        s.deviation(),
        sigma,
        both ? Optional.of(chi(width / (6 * sigma), within[1], plan.level())) : Optional.empty(),
        Optional.of(bissell(near / (3 * sigma), n, within[1], plan.level())),
        both
            ? Optional.of(chi(width / (6 * s.deviation()), n - 1.0, plan.level()))
            : Optional.empty(),
        bissell(near / (3 * s.deviation()), n, n - 1.0, plan.level()),
        cpm,
        1e6 * beyond,
        "normal",
        plan.level());
  }

  /** The standard deviation within subgroups, and the degrees of freedom that its variance has. */
  private static double[] within(double[] x, CapabilityPlan plan) {
    int size = plan.size();
    if (size == 1) {
      double sum = 0;
      for (int i = 1; i < x.length; i++) {
        sum += Math.abs(x[i] - x[i - 1]);
      }
      return new double[] {
        sum / (x.length - 1) / Constants.meanRange(plan.digits()), 0.62 * (x.length - 1)
      };
    }
    int groups = x.length / size;
    if (groups < 2) {
      throw new MillwrightException(
          ErrorCode.TOO_FEW_DATA,
          x.length
              + " readings are "
              + groups
              + " subgroups of "
              + size
              + "\nMaybe take smaller subgroups");
    }
    double sum = 0;
    for (int g = 0; g < groups; g++) {
      sum += Estimates.deviation(Arrays.copyOfRange(x, g * size, (g + 1) * size));
    }
    double c4 = Constants.c4(size);
    return new double[] {sum / groups / c4, groups * c4 * c4 / (2 * (1 - c4 * c4))};
  }

  private static Index chi(double value, double free, double level) {
    ChiSquaredDistribution chi = new ChiSquaredDistribution(free);
    double tail = (1 - level) / 2;
    return new Index(
        value,
        value * Math.sqrt(chi.inverseCumulativeProbability(tail) / free),
        value * Math.sqrt(chi.inverseCumulativeProbability(1 - tail) / free));
  }

  private static Index bissell(double k, int n, double free, double level) {
    double z = NORMAL.inverseCumulativeProbability(1 - (1 - level) / 2);
    double half = z * Math.sqrt(1 / (9.0 * n) + k * k / (2 * free));
    return new Index(k, k - half, k + half);
  }

  /** By quantiles of a fitted law, with intervals from resampling with a fixed key. */
  private static ProcessCapability quantiles(double[] x, Summary s, CapabilityPlan plan) {
    if (plan.law() == Law.EMPIRICAL && x.length < 1000) {
      throw new MillwrightException(
          ErrorCode.TOO_FEW_DATA,
          x.length
              + " readings cannot tell their quantile at 0.135 %; 1000 are needed"
              + "\nMaybe name a law");
    }
    double[] point = indices(x, plan);
    SplittableRandom random = new SplittableRandom(1);
    double[][] again = new double[2][RESAMPLES];
    double[] drawn = new double[x.length];
    for (int r = 0; r < RESAMPLES; r++) {
      double[] found;
      do {
        for (int i = 0; i < drawn.length; i++) {
          drawn[i] = x[random.nextInt(x.length)];
        }
        found = Summary.of(drawn).deviation() > 0 ? indices(drawn, plan) : new double[] {0, 0, 0};
      } while (found[1] == 0 && found[0] == 0);
      again[0][r] = found[0];
      again[1][r] = found[1];
    }
    Arrays.sort(again[0]);
    Arrays.sort(again[1]);
    int low = (int) Math.round((1 - plan.level()) / 2 * (RESAMPLES + 1)) - 1;
    int high = RESAMPLES - 1 - low;
    low = Math.max(0, low);
    high = Math.min(RESAMPLES - 1, high);
    boolean both = Double.isFinite(plan.lower()) && Double.isFinite(plan.upper());
    return new ProcessCapability(
        x.length,
        s.mean(),
        s.deviation(),
        within(x, plan)[0],
        Optional.empty(),
        Optional.empty(),
        both ? Optional.of(new Index(point[0], again[0][low], again[0][high])) : Optional.empty(),
        new Index(point[1], again[1][low], again[1][high]),
        Optional.empty(),
        1e6 * point[2],
        Laws.fit(plan.law(), x).words(),
        plan.level());
  }

  /** Pp, Ppk and the share beyond the limits. */
  private static double[] indices(double[] x, CapabilityPlan plan) {
    Laws.Fitted law = Laws.fit(plan.law(), x);
    double low = law.quantile(0.00135);
    double middle = law.quantile(0.5);
    double high = law.quantile(0.99865);
    double beyond =
        (Double.isFinite(plan.lower()) ? law.below(plan.lower()) : 0)
            + (Double.isFinite(plan.upper()) ? 1 - law.below(plan.upper()) : 0);
    return new double[] {
      (plan.upper() - plan.lower()) / (high - low),
      Math.min((plan.upper() - middle) / (high - middle), (middle - plan.lower()) / (middle - low)),
      beyond
    };
  }
}
