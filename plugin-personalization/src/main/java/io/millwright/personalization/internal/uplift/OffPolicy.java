package io.millwright.personalization.internal.uplift;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.personalization.LoggedDecision;
import io.millwright.personalization.Policy;
import io.millwright.personalization.PolicyValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Off-policy evaluation by three estimators. */
final class OffPolicy {

  private OffPolicy() {}

  static PolicyValue judge(List<LoggedDecision> log, Policy policy) {
    int n = log.size();
    if (n < 2) {
      throw new MillwrightException(
          ErrorCode.TOO_FEW_DATA, n + " decisions were logged\nMaybe log some hundreds");
    }
    double[] w = new double[n];
    double[] r = new double[n];
    List<Map<String, Double>> would = new ArrayList<>();
    for (int k = 0; k < n; k++) {
      LoggedDecision d = log.get(k);
      if (!(d.propensity() > 0 && d.propensity() <= 1) || !Double.isFinite(d.reward())) {
        throw new MillwrightException(
            ErrorCode.BAD_VALUE,
            "decision "
                + (k + 1)
                + " has propensity "
                + d.propensity()
                + " and reward "
                + d.reward()
                + "\nMaybe leave it out: propensities lie above 0, up to 1");
      }
      Map<String, Double> p = policy.probabilities(d.context());
      double sum = p.values().stream().mapToDouble(Double::doubleValue).sum();
      if (Math.abs(sum - 1) > 1e-6 || p.values().stream().anyMatch(v -> !(v >= 0))) {
        throw new MillwrightException(
            ErrorCode.BAD_VALUE,
            "the policy's probabilities for decision "
                + (k + 1)
                + " are "
                + p
                + "\nMaybe they must be scaled to sum to 1");
      }
      would.add(p);
      w[k] = p.getOrDefault(d.action(), 0.0) / d.propensity();
      r[k] = d.reward();
    }
    double sum = 0;
    double squares = 0;
    double weighted = 0;
    double logged = 0;
    for (int k = 0; k < n; k++) {
      sum += w[k];
      squares += w[k] * w[k];
      weighted += w[k] * r[k];
      logged += r[k] / n;
    }
    double[] ips = new double[n];
    for (int k = 0; k < n; k++) {
      ips[k] = w[k] * r[k];
    }
    double snips = sum > 0 ? weighted / sum : Double.NaN;
    double[] influence = new double[n];
    for (int k = 0; k < n; k++) {
      influence[k] = sum > 0 ? w[k] * (r[k] - snips) * n / sum : Double.NaN;
    }
    double[] robust = robust(log, would, w, r);
    return new PolicyValue(
        weighted / n,
        error(ips),
        snips,
        error(influence),
        mean(robust),
        error(robust),
        logged,
        squares > 0 ? sum * sum / squares : 0);
  }

  /** The reward models of one half correct the other. */
  private static double[] robust(
      List<LoggedDecision> log, List<Map<String, Double>> would, double[] w, double[] r) {
    double[] value = new double[log.size()];
    for (int half = 0; half < 2; half++) {
      Map<String, List<double[]>> x = new HashMap<>();
      Map<String, List<Double>> y = new HashMap<>();
      double mean = 0;
      int count = 0;
      for (int k = 0; k < value.length; k++) {
        if (k % 2 != half) {
          String a = log.get(k).action();
          x.computeIfAbsent(a, i -> new ArrayList<>()).add(vector(log.get(k)));
          y.computeIfAbsent(a, i -> new ArrayList<>()).add(r[k]);
          mean += r[k];
          count++;
        }
      }
      double base = count > 0 ? mean / count : 0;
      Map<String, Regressor> models = new HashMap<>();
      x.forEach(
          (a, rows) ->
              models.put(
                  a,
                  Ridge.fit(
                      rows.toArray(double[][]::new),
                      y.getOrDefault(a, List.of()).stream()
                          .mapToDouble(Double::doubleValue)
                          .toArray(),
                      10)));
      for (int k = half; k < value.length; k += 2) {
        double[] at = vector(log.get(k));
        double direct = 0;
        for (Map.Entry<String, Double> p : would.get(k).entrySet()) {
          Regressor m = models.get(p.getKey());
          direct += p.getValue() * (m == null ? base : m.of(at));
        }
        Regressor own = models.get(log.get(k).action());
        value[k] = direct + w[k] * (r[k] - (own == null ? base : own.of(at)));
      }
    }
    return value;
  }

  private static double[] vector(LoggedDecision d) {
    return d.context().stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static double mean(double[] v) {
    return java.util.Arrays.stream(v).average().orElse(Double.NaN);
  }

  private static double error(double[] v) {
    double mean = mean(v);
    double square = java.util.Arrays.stream(v).map(x -> (x - mean) * (x - mean)).sum();
    return 1.96 * Math.sqrt(square / (v.length - 1.0) / v.length);
  }
}
