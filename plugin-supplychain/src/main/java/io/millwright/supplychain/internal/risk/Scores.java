package io.millwright.supplychain.internal.risk;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.supplychain.Delivery;
import io.millwright.supplychain.Estimate;
import io.millwright.supplychain.SupplierScore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hipparchus.distribution.continuous.BetaDistribution;
import org.hipparchus.distribution.continuous.TDistribution;

/** Scores suppliers by their records. */
final class Scores {

  private static final double LOW = 0.025;
  private static final double HIGH = 0.975;

  /** A delivery says at most as much as so many pieces that are independent. */
  private static final double MOST_PIECES = 50;

  private Scores() {}

  static List<SupplierScore> of(List<Delivery> deliveries) {
    if (deliveries.isEmpty()) {
      throw new MillwrightException(
          ErrorCode.TOO_FEW_DATA, "there is no delivery\nMaybe the file holds a heading only");
    }
    Map<String, List<Delivery>> by = new TreeMap<>();
    deliveries.forEach(d -> by.computeIfAbsent(d.supplier(), k -> new ArrayList<>()).add(d));
    List<SupplierScore> scores = new ArrayList<>();
    by.forEach((name, all) -> scores.add(score(name, all)));
    scores.sort(
        Comparator.<SupplierScore>comparingDouble(s -> s.perfect().value())
            .thenComparingDouble(s -> s.perfect().low())
            .reversed());
    return scores;
  }

  private static SupplierScore score(String name, List<Delivery> all) {
    double n = all.size();
    double perfect = all.stream().filter(d -> d.isOnTime() && d.isWhole()).count();
    double onTime = all.stream().filter(Delivery::isOnTime).count();
    double[] logs = all.stream().mapToDouble(d -> d.received() - d.ordered()).toArray();
    double least = java.util.Arrays.stream(logs).filter(v -> v > 0).min().orElse(1) / 10;
    for (int i = 0; i < logs.length; i++) {
      logs[i] = Math.log(Math.max(least, logs[i]));
    }
    double mean = java.util.Arrays.stream(logs).average().orElse(0);
    double squares = java.util.Arrays.stream(logs).map(v -> (v - mean) * (v - mean)).sum();
    double spread = n > 1 ? Math.sqrt(squares / (n - 1)) : Double.NaN;
    double half =
        n > 1
            ? new TDistribution(n - 1).inverseCumulativeProbability(HIGH) * spread / Math.sqrt(n)
            : Double.POSITIVE_INFINITY;
    return new SupplierScore(
        name,
        all.size(),
        share(perfect, n),
        share(onTime, n),
        good(all),
        new Estimate(Math.exp(mean), Math.exp(mean - half), Math.exp(mean + half)),
        Math.exp(spread));
  }

  /** The mean and the interval by Jeffreys' prior (Brown, Cai and DasGupta 2001). */
  private static Estimate share(double hits, double n) {
    BetaDistribution beta = new BetaDistribution(hits + 0.5, n - hits + 0.5);
    return new Estimate(
        (hits + 0.5) / (n + 1),
        hits == 0 ? 0 : beta.inverseCumulativeProbability(LOW),
        hits == n ? 1 : beta.inverseCumulativeProbability(HIGH));
  }

  /** Pieces of one delivery go together (design effect of clusters, Kish 1965). */
  private static Estimate good(List<Delivery> all) {
    double pieces = all.stream().mapToDouble(Delivery::delivered).sum();
    double bad = all.stream().mapToDouble(Delivery::rejected).sum();
    if (!(pieces > 0)) {
      return new Estimate(0.5, 0, 1);
    }
    double p = bad / pieces;
    double k = all.size();
    double squares =
        all.stream().mapToDouble(d -> Math.pow(d.rejected() - p * d.delivered(), 2)).sum();
    double clustered = k > 1 ? k / (k - 1) * squares / pieces / pieces : 0;
    double plain = p * (1 - p) / pieces;
    double effect = plain > 0 ? Math.max(1, clustered / plain) : 1;
    double n = Math.min(pieces / effect, MOST_PIECES * k);
    return share((1 - p) * n, n);
  }
}
