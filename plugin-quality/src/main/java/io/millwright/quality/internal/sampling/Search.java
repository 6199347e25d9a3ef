package io.millwright.quality.internal.sampling;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.quality.AcceptancePlan;
import io.millwright.quality.SamplingPlans.Risks;
import org.hipparchus.distribution.continuous.NormalDistribution;

/** The smallest plans that keep two risks. */
final class Search {

  private static final int LARGEST = 100_000;

  private static final NormalDistribution NORMAL = new NormalDistribution();

  private Search() {}

  static AcceptancePlan.Attributes attributes(Risks r) {
    int n = 1;
    for (int c = 0; c < LARGEST / 2; c++) {
      // The least sample that protects the consumer; the producer decides whether c will do.
      n = Math.max(n, c + 1);
      while (Curves.binomial(n, c, r.bad()) > r.consumer()) {
        n++;
        if (n > LARGEST) {
          throw tooLarge(r);
        }
      }
      if (Curves.binomial(n, c, r.good()) >= 1 - r.producer()) {
        return new AcceptancePlan.Attributes(n, c);
      }
    }
    throw tooLarge(r);
  }

  static AcceptancePlan.Variables variables(Risks r, boolean known) {
    double good = -NORMAL.inverseCumulativeProbability(r.good());
    double bad = -NORMAL.inverseCumulativeProbability(r.bad());
    double producer = -NORMAL.inverseCumulativeProbability(r.producer());
    double consumer = -NORMAL.inverseCumulativeProbability(r.consumer());
    double k = (consumer * good + producer * bad) / (producer + consumer);
    double ratio = (producer + consumer) / (good - bad);
    double about = ratio * ratio * (known ? 1 : 1 + k * k / 2);
    if (about > LARGEST) {
      throw tooLarge(r);
    }
    if (known) {
      int n = Math.max(1, (int) Math.ceil(about - 1e-9));
      // Between the two constants that keep one risk each exactly.
      double high = good - producer / Math.sqrt(n);
      double low = bad + consumer / Math.sqrt(n);
      return new AcceptancePlan.Variables(n, (high + low) / 2, true);
    }
    int n = Math.max(2, (int) (0.8 * about) - 3);
    while (n > 2 && keeps(n, r)) {
      n = Math.max(2, n - 5);
    }
    while (!keeps(n, r)) {
      n++;
    }
    double high = constant(n, r.good(), 1 - r.producer());
    double low = constant(n, r.bad(), r.consumer());
    return new AcceptancePlan.Variables(n, (high + low) / 2, false);
  }

  private static boolean keeps(int n, Risks r) {
    return constant(n, r.good(), 1 - r.producer()) >= constant(n, r.bad(), r.consumer());
  }

  /** The constant at which lots of a share are accepted with a probability. */
  private static double constant(int n, double share, double accepted) {
    double low = -10;
    double high = 20;
    while (high - low > 1e-10) {
      double middle = (low + high) / 2;
      if (Curves.variables(n, middle, false, share) > accepted) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }

  private static MillwrightException tooLarge(Risks r) {
    return new MillwrightException(
        ErrorCode.NO_SOLUTION,
        "to tell "
            + r.good()
            + " from "
            + r.bad()
            + " takes more than "
            + LARGEST
            + " parts"
            + "\nMaybe allow more risk, or set the two further apart");
  }
}
