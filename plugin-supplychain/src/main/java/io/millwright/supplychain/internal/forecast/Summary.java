package io.millwright.supplychain.internal.forecast;

import io.millwright.api.Evaluation;
import io.millwright.supplychain.ForecastMethod;
import io.millwright.supplychain.internal.classic.CountRate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Gathers what training says of each group. Not thread-safe. */
final class Summary {

  private static final String CHOSEN = "chosen";
  private static final double LEAST_SHARE = 0.03;

  private final Map<String, Map<String, Double>> sums = new LinkedHashMap<>();
  private final List<String> lines = new ArrayList<>();
  private final Map<String, Double> counts = new LinkedHashMap<>();
  private long judged;

  void add(String key, int series, SmoothGroup group, double[] shares, Map<String, Score> scores) {
    StringBuilder line = new StringBuilder();
    line.append(key).append(", ").append(series).append(" series: mean of ");
    line.append(shares(group.methods(), shares));
    if (group.gate().isOwn()) {
      line.append(", shares by the kind of each series and its own errors");
    }
    if (group.share() > 0) {
      line.append(
          String.format(Locale.ROOT, "; %.0f %% of %s", 100 * group.share(), group.voice().name()));
    }
    line.append("; sMAPE / MASE at rolling origins:");
    scores.forEach(
        (name, score) -> {
          if (score.count() > 0) {
            line.append(
                String.format(Locale.ROOT, " %s %.2f / %.3f,", name, score.smape(), score.mase()));
            Map<String, Double> sum = sums.computeIfAbsent(name, k -> new LinkedHashMap<>());
            sum.merge("smape", score.smape() * series, Double::sum);
            if (!Double.isNaN(score.mase())) {
              sum.merge("mase", score.mase() * series, Double::sum);
              sum.merge("scaled", (double) series, Double::sum);
            }
            sum.merge("weight", (double) series, Double::sum);
          }
        });
    line.setLength(line.length() - 1);
    lines.add(line.toString());
    Score chosen = scores.get(CHOSEN);
    judged += chosen == null ? 0 : chosen.count();
  }

  /** The methods and their mean shares, the largest first; small ones are left out. */
  private static String shares(List<ForecastMethod> methods, double[] shares) {
    return IntStream.range(0, methods.size())
        .boxed()
        .filter(k -> shares[k] >= LEAST_SHARE)
        .sorted(Comparator.comparingDouble(k -> -shares[k]))
        .map(
            k ->
                String.format(
                    Locale.ROOT,
                    "%.0f %% %s",
                    100 * shares[k],
                    methods.get(k).name().toLowerCase(Locale.ROOT).replace('_', ' ')))
        .collect(Collectors.joining(", "));
  }

  void add(String key, List<Past> pasts, CountGroup group) {
    judged += pasts.size();
    lines.add(
        String.format(
            Locale.ROOT,
            "%s, %d series of counts now and then: %s, negative binomial of shape %.3f",
            key,
            pasts.size(),
            group.methods().isEmpty()
                ? "rates of "
                    + CountRate.size()
                    + " features"
                    + (group.own() > 0
                        ? String.format(Locale.ROOT, " with %.0f %% own levels", 100 * group.own())
                        : "")
                : "mean of " + group.methods(),
            group.period()));
    counts.merge("series of counts", (double) pasts.size(), Double::sum);
  }

  String choice() {
    return String.join("\n", lines);
  }

  Evaluation evaluation() {
    Map<String, Double> figures = new LinkedHashMap<>();
    Map<String, Map<String, Double>> baselines = new LinkedHashMap<>();
    sums.forEach(
        (name, sum) -> {
          Map<String, Double> means = name.equals(CHOSEN) ? figures : new LinkedHashMap<>();
          means.put("smape", of(sum, "smape") / of(sum, "weight"));
          if (sum.containsKey("mase")) {
            means.put("mase", of(sum, "mase") / of(sum, "scaled"));
          }
          if (!name.equals(CHOSEN)) {
            baselines.put(name, means);
          }
        });
    figures.putAll(counts);
    return Evaluation.builder()
        .protocol("rolling origins inside the series; the choice of methods has seen them")
        .samples(judged)
        .figures(figures)
        .baselines(baselines)
        .build();
  }

  private static double of(Map<String, Double> sums, String name) {
    return sums.getOrDefault(name, Double.NaN);
  }
}
