package io.millwright.maintenance.internal.reliability;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.maintenance.Life;
import io.millwright.maintenance.LifeFit;
import io.millwright.maintenance.LifeFit.Estimate;
import io.millwright.maintenance.LifeFit.Quantile;
import io.millwright.maintenance.LifeLaw;
import io.millwright.maintenance.LifePlan;
import io.millwright.maintenance.SurvivalPoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.hipparchus.distribution.continuous.NormalDistribution;

/** Fits laws to lives by maximum likelihood. */
final class Fits {

  private static final int LEAST_TO_COMPARE = 8;

  private static final double[] SHARES = {0.01, 0.05, 0.1, 0.5, 0.9, 0.99};

  private Fits() {}

  /** A law with the largest likelihood. */
  record Best(Law law, Maximum maximum, double scale, double logLikelihood) {}

  static LifeFit fit(List<Life> lives, LifePlan plan) {
    Best best = best(lives, plan.law());
    Law law = best.law();
    Maximum maximum = best.maximum();
    double scale = best.scale();
    Maximum.Surface f = x -> logLikelihood(law, lives, x, scale);
    String[] names = law.names();
    List<Estimate> estimates = new ArrayList<>();
    StringBuilder words = new StringBuilder();
    for (int j = 0; j < names.length; j++) {
      double free = maximum.at()[j];
      double value = law.natural(j, free, scale);
      double[] bounds = Profile.bounds(f, maximum, j, plan.level());
      double a = law.natural(j, bounds[0], scale);
      double b = law.natural(j, bounds[1], scale);
      double h = 1e-5;
      double slope = (law.natural(j, free + h, scale) - law.natural(j, free - h, scale)) / (2 * h);
      double error = Math.abs(slope) * Math.sqrt(maximum.covariance().getEntry(j, j));
      estimates.add(new Estimate(names[j], value, error, Math.min(a, b), Math.max(a, b)));
      words
          .append(j > 0 ? ", " : "")
          .append(String.format(Locale.ROOT, "%s %.6g", names[j], value));
    }
    FittedLife life =
        FittedLife.of(
            law, maximum.at(), scale, plan.law().name().toLowerCase(Locale.ROOT) + ", " + words);
    double distance = distance(lives, life);
    OptionalDouble goodness =
        plan.resamples() == 0
            ? OptionalDouble.empty()
            : OptionalDouble.of(goodness(lives, plan, life, distance));
    double failures = lives.stream().filter(l -> !l.right()).mapToDouble(Life::count).sum();
    double running = lives.stream().filter(Life::right).mapToDouble(Life::count).sum();
    return new LifeFit(
        plan.law(),
        estimates,
        quantiles(best, lives, plan, life),
        best.logLikelihood(),
        failures,
        running,
        distance,
        goodness,
        life,
        words(estimates, failures, running, goodness) + far(lives));
  }

  /**
   * Lives far from all others, as wrong units and codes for missing values make: beyond the middle
   * half of the logarithms by four times its width above, and, where early failures reach further,
   * eight times below.
   */
  private static String far(List<Life> lives) {
    double[] logs =
        lives.stream().mapToDouble(l -> Math.log(l.right() ? l.from() : l.to())).sorted().toArray();
    if (logs.length < LEAST_TO_COMPARE) {
      return "";
    }
    double low = logs[logs.length / 4];
    double high = logs[logs.length * 3 / 4];
    double width = high - low;
    double least = logs[0];
    double most = logs[logs.length - 1];
    boolean above = most > high + 4 * width;
    boolean below = least < low - 8 * width;
    return !(width > 0) || !(above || below)
        ? ""
        : String.format(
            Locale.ROOT,
            " A life of %.4g is far from all others: a unit may be wrong, or it stands for a"
                + " missing value.",
            Math.exp(above ? most : least));
  }

  private static String words(
      List<Estimate> estimates, double failures, double running, OptionalDouble goodness) {
    StringBuilder words = new StringBuilder();
    words.append(
        String.format(Locale.ROOT, "%.0f lives ended, %.0f still run.", failures, running));
    for (Estimate e : estimates) {
      if (e.name().equals("beta")) {
        words.append(
            e.low() > 1
                ? " Failures become more frequent with age: replacing by age can pay."
                : e.high() < 1
                    ? " Failures become rarer with age: replacing by age does harm."
                    : " The shape may be 1: whether age matters cannot be told.");
      }
    }
    if (running > 2 * failures) {
      words.append(" Most lives are censored: quantiles beyond the longest are extrapolated.");
    }
    goodness.ifPresent(
        p ->
            words.append(
                p < 0.05
                    ? String.format(Locale.ROOT, " The law does not fit (p %.2g).", p)
                    : String.format(Locale.ROOT, " The law fits (p %.2g).", p)));
    return words.toString();
  }

  static Best best(List<Life> lives, LifeLaw wanted) {
    check(lives, wanted);
    double scale = scale(lives);
    Law law =
        switch (wanted) {
          case WEIBULL3 -> new Weibulls.Shifted(first(lives) / scale);
          case MIXTURE -> new Weibulls.Mixture();
          default -> new LocationScale(wanted);
        };
    Maximum.Surface f = x -> logLikelihood(law, lives, x, scale);
    Maximum best = null;
    MillwrightException failed = null;
    for (double[] start : starts(lives, wanted, scale)) {
      try {
        Maximum found = Maximum.of(f, start);
        if (Double.isFinite(found.value()) && (best == null || found.value() > best.value())) {
          best = found;
        }
      } catch (MillwrightException e) {
        failed = e;
      }
    }
    if (best == null) {
      throw failed != null
          ? failed
          : new MillwrightException(
              ErrorCode.DIVERGED,
              "no law " + wanted + " makes these lives possible\nMaybe another law does");
    }
    if (wanted == LifeLaw.MIXTURE) {
      best = sorted(f, best);
    }
    double exact = lives.stream().filter(Life::exact).mapToDouble(Life::count).sum();
    return new Best(law, best, scale, best.value() - exact * Math.log(scale));
  }

  /** The part that fails sooner comes first. */
  private static Maximum sorted(Maximum.Surface f, Maximum best) {
    double[] x = best.at();
    if (x[1] <= x[3]) {
      return best;
    }
    return Maximum.of(f, new double[] {-x[0], x[3], x[4], x[1], x[2]});
  }

  private static List<double[]> starts(List<Life> lives, LifeLaw law, double scale) {
    double mean = 0;
    double weight = 0;
    for (Life l : lives) {
      double t = Math.log(middle(l) / scale);
      mean += l.count() * t;
      weight += l.count();
    }
    mean /= weight;
    double squares = 0;
    for (Life l : lives) {
      double t = Math.log(middle(l) / scale) - mean;
      squares += l.count() * t * t;
    }
    double spread = Math.log(Math.max(0.05, Math.sqrt(squares / weight)));
    return switch (law) {
      case EXPONENTIAL -> List.of(new double[] {mean});
      case NORMAL -> List.of(new double[] {1, -1}, new double[] {1, 0});
      case WEIBULL3 ->
          List.of(
              new double[] {mean, Math.min(-0.3, spread), -3},
              new double[] {mean, -0.3, 0},
              new double[] {mean, -0.1, 2});
      case MIXTURE -> {
        List<double[]> starts = new ArrayList<>();
        double s = Math.exp(spread);
        for (double share : new double[] {-1, 0, 1}) {
          for (double apart : new double[] {0.5, 1.2}) {
            starts.add(
                new double[] {
                  share, mean - apart * s, spread - 0.5, mean + apart * s, spread - 0.7
                });
          }
        }
        yield starts;
      }
      default -> List.of(new double[] {mean + 0.3, spread}, new double[] {mean + 1, 0});
    };
  }

  private static double middle(Life l) {
    return l.right() ? l.from() : l.from() == 0 ? 0.7 * l.to() : (l.from() + l.to()) / 2;
  }

  private static double scale(List<Life> lives) {
    double sum = 0;
    double weight = 0;
    for (Life l : lives) {
      sum += l.count() * middle(l);
      weight += l.count();
    }
    return sum / weight;
  }

  /** The first time that something is known to have failed by. */
  private static double first(List<Life> lives) {
    return lives.stream().filter(l -> !l.right()).mapToDouble(Life::to).min().orElse(0);
  }

  private static void check(List<Life> lives, LifeLaw law) {
    long times = lives.stream().filter(l -> !l.right()).mapToDouble(Life::to).distinct().count();
    int needed =
        switch (law) {
          case EXPONENTIAL -> 1;
          case WEIBULL3 -> 3;
          case MIXTURE -> 6;
          default -> 2;
        };
    boolean between =
        lives.stream().anyMatch(l -> !l.right() && !l.exact())
            || lives.stream().anyMatch(l -> l.right());
    if (times < needed
        && !(times >= 1
            && between
            && needed <= 2
            && lives.size() >= 2
            && law != LifeLaw.NORMAL
            && censoredEnough(lives))) {
      throw new MillwrightException(
          ErrorCode.TOO_FEW_DATA,
          "failures at "
              + times
              + " different times cannot determine a law "
              + law
              + ", which needs "
              + needed
              + "\nMaybe "
              + (times == 0
                  ? "wait for failures, or state which lives ended"
                  : needed > 1 && law != LifeLaw.EXPONENTIAL
                      ? "take the exponential law, or wait for more failures"
                      : "wait for more failures"));
    }
  }

  /** Whether lives that failed and lives that did not overlap, so that a spread can be told. */
  private static boolean censoredEnough(List<Life> lives) {
    double longest = lives.stream().filter(Life::right).mapToDouble(Life::from).max().orElse(0);
    return longest > first(lives)
        && lives.stream().anyMatch(l -> l.right() && l.from() < first(lives));
  }

  static double logLikelihood(Law law, List<Life> lives, double[] x, double scale) {
    double sum = 0;
    for (Life l : lives) {
      double from = l.from() / scale;
      double to = l.to() / scale;
      sum +=
          l.count()
              * (l.exact()
                  ? law.logDensity(x, from)
                  : l.right() ? law.logSurvival(x, from) : law.logBetween(x, from, to));
    }
    return sum;
  }

  private static List<Quantile> quantiles(
      Best best, List<Life> lives, LifePlan plan, FittedLife life) {
    List<Quantile> all = new ArrayList<>();
    for (double share : SHARES) {
      double value = life.quantile(share);
      double[] bounds;
      if (best.law() instanceof LocationScale law) {
        // The quantile takes the place of the location.
        double z = law.standard().quantile(share);
        double scale = best.scale();
        Maximum.Surface f =
            y -> {
              double[] x = y.clone();
              x[0] -= z * law.sigma(x);
              return logLikelihood(law, lives, x, scale);
            };
        double[] at = best.maximum().at().clone();
        at[0] += z * law.sigma(at);
        value = law.logs() ? Math.exp(at[0]) * scale : at[0] * scale;
        double[] ends = Profile.bounds(f, around(f, at, best.maximum().value()), 0, plan.level());
        bounds =
            law.logs()
                ? new double[] {Math.exp(ends[0]) * scale, Math.exp(ends[1]) * scale}
                : new double[] {ends[0] * scale, ends[1] * scale};
      } else {
        bounds = delta(best, share, value, plan.level());
      }
      all.add(new Quantile(share, value, bounds[0], bounds[1]));
    }
    return all;
  }

  private static Maximum around(Maximum.Surface f, double[] at, double value) {
    double[][] second = Maximum.second(f, at);
    for (double[] row : second) {
      for (int j = 0; j < row.length; j++) {
        row[j] = -row[j];
      }
    }
    return new Maximum(
        at,
        value,
        org.hipparchus.linear.MatrixUtils.inverse(
            new org.hipparchus.linear.Array2DRowRealMatrix(second, false)));
  }

  /** By the slope of log life, where a quantile cannot take the place of a parameter. */
  private static double[] delta(Best best, double share, double value, double level) {
    double[] x = best.maximum().at();
    double[] slope = new double[x.length];
    for (int j = 0; j < x.length; j++) {
      double h = 1e-4;
      double[] up = x.clone();
      double[] down = x.clone();
      up[j] += h;
      down[j] -= h;
      slope[j] =
          (Math.log(FittedLife.of(best.law(), up, best.scale(), "").quantile(share))
                  - Math.log(FittedLife.of(best.law(), down, best.scale(), "").quantile(share)))
              / (2 * h);
    }
    double variance = 0;
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < x.length; j++) {
        variance += slope[i] * slope[j] * best.maximum().covariance().getEntry(i, j);
      }
    }
    double z = new NormalDistribution().inverseCumulativeProbability((1 + level) / 2);
    double factor = Math.exp(z * Math.sqrt(variance));
    return new double[] {value / factor, value * factor};
  }

  /** The largest distance of the fitted survival from the nonparametric one, at its middle. */
  private static double distance(List<Life> lives, FittedLife life) {
    double before = 1;
    double most = 0;
    for (SurvivalPoint p : Survival.of(lives, 0.95)) {
      double middle = (before + p.survival()) / 2;
      most = Math.max(most, Math.abs(life.survival(p.time()) - middle));
      before = p.survival();
    }
    return most;
  }

  /** How often lives of the fitted law, censored alike and fitted again, lie as far off. */
  private static double goodness(
      List<Life> lives, LifePlan plan, FittedLife life, double distance) {
    double[] ends = lives.stream().filter(Life::right).mapToDouble(Life::from).sorted().toArray();
    SplittableRandom random = new SplittableRandom(1);
    int asFar = 0;
    int skipped = 0;
    for (int r = 0; r < plan.resamples(); r++) {
      List<Life> drawn = new ArrayList<>();
      for (Life l : lives) {
        for (int k = 0; k < Math.max(1, Math.round(l.count())); k++) {
          drawn.add(draw(l, ends, life.quantile(random.nextDouble()), random));
        }
      }
      try {
        Best again = best(drawn, plan.law());
        FittedLife fitted = FittedLife.of(again.law(), again.maximum().at(), again.scale(), "");
        asFar += distance(drawn, fitted) >= distance ? 1 : 0;
      } catch (MillwrightException e) {
        // A sample without enough failures has no distance.
        skipped++;
      }
    }
    return (asFar + 1.0) / (plan.resamples() - skipped + 1.0);
  }

  /** A drawn life as this one would have been watched. */
  private static Life draw(Life l, double[] ends, double time, SplittableRandom random) {
    if (!l.exact() && !l.right()) {
      // Inspected at the same times.
      return time > l.to()
          ? Life.running(l.to())
          : l.from() > 0 && time <= l.from()
              ? Life.failedBefore(l.from())
              : l.from() > 0 ? Life.failedBetween(l.from(), l.to()) : Life.failedBefore(l.to());
    }
    double end = l.right() ? l.from() : Double.POSITIVE_INFINITY;
    if (l.exact()) {
      // It would have been watched until some end after its failure.
      int first = Arrays.binarySearch(ends, l.from());
      first = first < 0 ? -first - 1 : first;
      if (first < ends.length) {
        end = ends[first + random.nextInt(ends.length - first)];
      }
    }
    return time > end ? Life.running(end) : Life.failed(Math.max(time, Double.MIN_NORMAL));
  }
}
