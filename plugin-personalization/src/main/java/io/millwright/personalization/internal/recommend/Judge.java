package io.millwright.personalization.internal.recommend;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Figures of recommendations, with half of a 95 % interval by customers. */
final class Judge {

  private static final int TOP = 10;
  private static final int GROUPS = 10;

  private final Popularity popularity;
  private final int items;

  Judge(Popularity popularity, int items) {
    this.popularity = popularity;
    this.items = items;
  }

  /** NDCG at 10 of each case, for comparisons in pairs. */
  static double[] ndcg(Ranker ranker, List<Ranker.Case> cases, Candidates[] known) {
    return IntStream.range(0, cases.size())
        .parallel()
        .mapToDouble(c -> ndcg(ranker.rank(known[c], TOP).items(), cases.get(c).taken(), TOP))
        .toArray();
  }

  static double ndcg(int[] ranked, int[] taken, int top) {
    double gain = 0;
    double ideal = 0;
    for (int k = 0; k < top; k++) {
      double weight = Math.log(2) / Math.log(k + 2);
      if (k < ranked.length && Ranker.Case.in(taken, ranked[k])) {
        gain += weight;
      }
      if (k < taken.length) {
        ideal += weight;
      }
    }
    return ideal > 0 ? gain / ideal : 0;
  }

  /** All figures; the calibration's only where there is one. */
  Map<String, Double> figures(
      Ranker ranker,
      List<Ranker.Case> cases,
      Candidates[] known,
      @org.jspecify.annotations.Nullable Isotonic calibration) {
    Ranker.Ranked[] ranked =
        IntStream.range(0, cases.size())
            .parallel()
            .mapToObj(c -> ranker.rank(known[c], Candidates.EACH))
            .toArray(Ranker.Ranked[]::new);
    Map<String, Double> figures = new LinkedHashMap<>();
    for (int top : new int[] {TOP, 5}) {
      double[] recall = new double[cases.size()];
      double[] ndcg = new double[cases.size()];
      for (int c = 0; c < recall.length; c++) {
        int[] taken = cases.get(c).taken();
        int found = 0;
        for (int k = 0; k < Math.min(top, ranked[c].items().length); k++) {
          found += Ranker.Case.in(taken, ranked[c].items()[k]) ? 1 : 0;
        }
        recall[c] = (double) found / Math.min(top, Math.max(1, taken.length));
        ndcg[c] = ndcg(ranked[c].items(), taken, top);
      }
      put(figures, "recall " + top, recall);
      put(figures, "ndcg " + top, ndcg);
    }
    double[] reciprocal = new double[cases.size()];
    boolean[] shown = new boolean[items];
    double bits = 0;
    long count = 0;
    for (int c = 0; c < ranked.length; c++) {
      int[] order = ranked[c].items();
      for (int k = 0; k < order.length; k++) {
        if (reciprocal[c] == 0 && Ranker.Case.in(cases.get(c).taken(), order[k])) {
          reciprocal[c] = 1.0 / (k + 1);
        }
        if (k < TOP) {
          shown[order[k]] = true;
          bits -= Math.log(Math.max(1e-9, popularity.of(order[k]))) / Math.log(2);
          count++;
        }
      }
    }
    put(figures, "mrr", reciprocal);
    int covered = 0;
    for (boolean s : shown) {
      covered += s ? 1 : 0;
    }
    figures.put("coverage 10", (double) covered / Math.max(1, items));
    figures.put("novelty 10", count == 0 ? Double.NaN : bits / count);
    if (calibration != null) {
      calibration(figures, ranked, cases, calibration);
    }
    return figures;
  }

  private static void calibration(
      Map<String, Double> figures,
      Ranker.Ranked[] ranked,
      List<Ranker.Case> cases,
      Isotonic calibration) {
    TreeMap<Double, double[]> pairs = new TreeMap<>();
    for (int c = 0; c < ranked.length; c++) {
      for (int k = 0; k < Math.min(TOP, ranked[c].items().length); k++) {
        double p = calibration.of(ranked[c].strengths()[k]);
        double[] at = pairs.computeIfAbsent(p, x -> new double[2]);
        at[0]++;
        at[1] += Ranker.Case.in(cases.get(c).taken(), ranked[c].items()[k]) ? 1 : 0;
      }
    }
    double all = pairs.values().stream().mapToDouble(v -> v[0]).sum();
    double gap = 0;
    double n = 0;
    double sum = 0;
    double hits = 0;
    double predicted = 0;
    double came = 0;
    for (Map.Entry<Double, double[]> e : pairs.entrySet()) {
      n += e.getValue()[0];
      sum += e.getKey() * e.getValue()[0];
      hits += e.getValue()[1];
      if (n >= all / GROUPS) {
        gap += Math.abs(sum - hits);
        predicted += sum;
        came += hits;
        n = 0;
        sum = 0;
        hits = 0;
      }
    }
    gap += Math.abs(sum - hits);
    predicted += sum;
    came += hits;
    figures.put("calibration gap", all > 0 ? gap / all : Double.NaN);
    figures.put("predicted", all > 0 ? predicted / all : Double.NaN);
    figures.put("came true", all > 0 ? came / all : Double.NaN);
  }

  private static void put(Map<String, Double> figures, String name, double[] values) {
    double mean = Arrays.stream(values).average().orElse(Double.NaN);
    double square = 0;
    for (double v : values) {
      square += (v - mean) * (v - mean);
    }
    figures.put(name, mean);
    figures.put(
        name + " ±",
        values.length < 2
            ? Double.NaN
            : 1.96 * Math.sqrt(square / (values.length - 1.0) / values.length));
  }
}
