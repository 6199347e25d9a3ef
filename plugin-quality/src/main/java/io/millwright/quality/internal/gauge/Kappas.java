package io.millwright.quality.internal.gauge;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.quality.Agreement;
import io.millwright.quality.Agreement.Kappa;
import io.millwright.quality.Agreement.Share;
import io.millwright.quality.GaugeStudies.Rating;
import io.millwright.quality.Span;
import io.millwright.quality.internal.fit.Shares;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.hipparchus.distribution.continuous.NormalDistribution;

/** Agreement of appraisers. */
final class Kappas {

  private final List<String> labels;
  private final double level;

  private Kappas(List<String> labels, double level) {
    this.labels = labels;
    this.level = level;
  }

  static Agreement of(List<Rating> ratings, Map<String, String> truth, double level) {
    if (!(level > 0 && level < 1)) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION, "the level is " + level + ", but must lie between 0 and 1");
    }
    Set<String> parts = new LinkedHashSet<>();
    Map<String, Map<String, List<String>>> by = new LinkedHashMap<>();
    Set<String> labels = new TreeSet<>(truth.values());
    for (Rating r : ratings) {
      parts.add(r.part());
      labels.add(r.label());
      by.computeIfAbsent(r.appraiser(), k -> new LinkedHashMap<>())
          .computeIfAbsent(r.part(), k -> new ArrayList<>())
          .add(r.label());
    }
    check(by, parts, truth);
    return new Kappas(List.copyOf(labels), level).judge(by, List.copyOf(parts), truth);
  }

  private static void check(
      Map<String, Map<String, List<String>>> by, Set<String> parts, Map<String, String> truth) {
    if (parts.size() < 2 || by.isEmpty()) {
      throw new MillwrightException(
          ErrorCode.TOO_FEW_DATA,
          parts.size() + " parts of " + by.size() + " appraisers: agreement needs 2 parts");
    }
    int trials = by.values().iterator().next().values().iterator().next().size();
    by.forEach(
        (who, of) ->
            parts.forEach(
                p -> {
                  int found = of.getOrDefault(p, List.of()).size();
                  if (found != trials) {
                    throw new MillwrightException(
                        ErrorCode.WRONG_SHAPE,
                        "appraiser "
                            + who
                            + " rated part "
                            + p
                            + " "
                            + found
                            + " times, but others "
                            + trials
                            + "\nMaybe leave the part out");
                  }
                }));
    if (!truth.isEmpty() && !truth.keySet().containsAll(parts)) {
      Set<String> unknown = new LinkedHashSet<>(parts);
      unknown.removeAll(truth.keySet());
      throw new MillwrightException(
          ErrorCode.BAD_LABEL, "no truth is given for " + unknown + "\nMaybe leave the truth out");
    }
  }

  private Agreement judge(
      Map<String, Map<String, List<String>>> by, List<String> parts, Map<String, String> truth) {
    List<Share> shares = new ArrayList<>();
    List<Kappa> kappas = new ArrayList<>();
    Map<String, List<String>> all = new LinkedHashMap<>();
    by.forEach(
        (who, of) -> {
          parts.forEach(
              p ->
                  all.computeIfAbsent(p, k -> new ArrayList<>())
                      .addAll(of.getOrDefault(p, List.of())));
          if (of.values().iterator().next().size() > 1) {
            shares.add(share(who + " with themselves", parts, of, Map.of()));
            kappas.add(fleiss(who + " with themselves", parts, of));
          }
          if (!truth.isEmpty()) {
            shares.add(share(who + " with the truth", parts, of, truth));
            kappas.add(cohen(who + " with the truth", parts, of, truth));
          }
        });
    if (by.size() > 1) {
      shares.add(share("all with each other", parts, all, Map.of()));
      kappas.add(fleiss("all with each other", parts, all));
      if (!truth.isEmpty()) {
        shares.add(share("all with the truth", parts, all, truth));
        kappas.add(cohen("all with the truth", parts, all, truth));
      }
    }
    return new Agreement(shares, kappas);
  }

  private Share share(
      String name, List<String> parts, Map<String, List<String>> of, Map<String, String> truth) {
    int agreed = 0;
    for (String p : parts) {
      List<String> got = of.getOrDefault(p, List.of());
      String due = truth.getOrDefault(p, got.get(0));
      agreed += Collections.frequency(got, due) == got.size() ? 1 : 0;
    }
    int n = parts.size();
    Span share = Shares.exact(agreed, n, level);
    return new Share(name, agreed, n, share.low(), share.high());
  }

  private Kappa fleiss(String name, List<String> parts, Map<String, List<String>> of) {
    double[][] counts = new double[parts.size()][labels.size()];
    for (int i = 0; i < counts.length; i++) {
      for (String label : of.getOrDefault(parts.get(i), List.of())) {
        counts[i][labels.indexOf(label)]++;
      }
    }
    double value = fleiss(counts, -1);
    double mean = 0;
    double squares = 0;
    int n = counts.length;
    double[] without = new double[n];
    for (int i = 0; i < n; i++) {
      without[i] = fleiss(counts, i);
      mean += without[i] / n;
    }
    for (double w : without) {
      squares += (w - mean) * (w - mean);
    }
    return kappa(name, value, Math.sqrt(squares * (n - 1) / n));
  }

  private static double fleiss(double[][] counts, int leftOut) {
    int labels = counts[0].length;
    double[] share = new double[labels];
    double agree = 0;
    int n = 0;
    double m = 0;
    for (double c : counts[0]) {
      m += c;
    }
    for (int i = 0; i < counts.length; i++) {
      if (i == leftOut) {
        continue;
      }
      n++;
      double pairs = 0;
      for (int k = 0; k < labels; k++) {
        share[k] += counts[i][k];
        pairs += counts[i][k] * (counts[i][k] - 1);
      }
      agree += pairs / (m * (m - 1));
    }
    double chance = 0;
    for (double s : share) {
      chance += s / (n * m) * (s / (n * m));
    }
    return (agree / n - chance) / (1 - chance);
  }

  private Kappa cohen(
      String name, List<String> parts, Map<String, List<String>> of, Map<String, String> truth) {
    int c = labels.size();
    double[][] table = new double[c][c];
    double n = 0;
    for (String p : parts) {
      int due = labels.indexOf(truth.getOrDefault(p, ""));
      for (String label : of.getOrDefault(p, List.of())) {
        table[labels.indexOf(label)][due]++;
        n++;
      }
    }
    double[] row = new double[c];
    double[] column = new double[c];
    double agree = 0;
    for (int i = 0; i < c; i++) {
      for (int j = 0; j < c; j++) {
        table[i][j] /= n;
        row[i] += table[i][j];
        column[j] += table[i][j];
      }
      agree += table[i][i];
    }
    double chance = 0;
    for (int i = 0; i < c; i++) {
      chance += row[i] * column[i];
    }
    double kappa = (agree - chance) / (1 - chance);
    double variance = 0;
    for (int i = 0; i < c; i++) {
      double own = 1 - (row[i] + column[i]) * (1 - kappa);
      variance += table[i][i] * own * own;
      for (int j = 0; j < c; j++) {
        if (i != j) {
          double other = (column[i] + row[j]) * (1 - kappa);
          variance += table[i][j] * other * other;
        }
      }
    }
    double off = kappa - chance * (1 - kappa);
    variance = (variance - off * off) / (n * (1 - chance) * (1 - chance));
    return kappa(name, kappa, Math.sqrt(Math.max(0, variance)));
  }

  private Kappa kappa(String name, double value, double error) {
    double z = new NormalDistribution().inverseCumulativeProbability(1 - (1 - level) / 2);
    return new Kappa(
        name,
        value,
        error,
        Double.isNaN(value) ? value : Math.max(-1, value - z * error),
        Double.isNaN(value) ? value : Math.min(1, value + z * error));
  }
}
