package io.millwright.personalization.internal.recommend;

import io.millwright.api.spi.Jobs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The back-test inside the training data. Ordered histories lose their last items (leave-one-out in
 * time); of sets some customers stay out whole, and lose an item by lot.
 *
 * @param ranker how to order, with the methods of the back-test
 * @param calibration strength to probability
 * @param figures of what was chosen
 * @param singles of each method alone
 * @param words what was compared and chosen
 * @param ndcg NDCG@10 of each customer that was judged
 */
record Backtest(
    Ranker ranker,
    Isotonic calibration,
    Map<String, Double> figures,
    Map<String, Map<String, Double>> singles,
    String words,
    double[] ndcg) {

  /** So many customers are enough to learn from. */
  private static final int MOST = 30000;

  /** The share of sets that stay out. */
  private static final double OUT = 0.2;

  /** The share of orders that repeat, from which on repeats are recommended. */
  private static final double REPEATS = 0.02;

  /** Where popularity stands among the methods. */
  private static final int POPULARITY = 0;

  /**
   * So many standard errors a method must be better than popularity; the best of ten is luckier.
   */
  private static final double SURE = 2;

  /** What is left to fit on, and what came next. */
  record Parts(Log known, List<Ranker.Case> cases, boolean repeats) {}

  static Parts parts(Log log, int horizon, long key) {
    SplittableRandom random = new SplittableRandom(key);
    List<Ranker.Case> cases = new ArrayList<>();
    List<int[]> known = new ArrayList<>();
    int again = 0;
    for (int[] history : log.histories()) {
      int[] rest = history;
      if (log.ordered()) {
        int cut = history.length - horizon;
        if (cut >= 1) {
          rest = Arrays.copyOf(history, cut);
          int[] taken = Arrays.copyOfRange(history, cut, history.length);
          cases.add(new Ranker.Case(rest, taken));
          for (int i : taken) {
            again += Ranker.Case.in(rest, i) ? 1 : 0;
          }
        }
        known.add(rest);
      } else if (history.length > horizon && random.nextDouble() < OUT) {
        int[] order = history.clone();
        for (int k = 0; k < horizon; k++) {
          int other = k + random.nextInt(order.length - k);
          int t = order[k];
          order[k] = order[other];
          order[other] = t;
        }
        cases.add(
            new Ranker.Case(
                Arrays.copyOfRange(order, horizon, order.length), Arrays.copyOf(order, horizon)));
      } else {
        known.add(history);
      }
    }
    boolean repeats = again > REPEATS * horizon * cases.size();
    while (cases.size() > MOST) {
      int k = random.nextInt(cases.size());
      cases.set(k, cases.get(cases.size() - 1));
      cases.remove(cases.size() - 1);
    }
    return new Parts(
        new Log(log.items(), known.toArray(int[][]::new), log.ordered()), cases, repeats);
  }

  static Candidates[] candidates(
      List<Scorer> scorers, List<Ranker.Case> cases, int items, boolean repeats, Runnable check) {
    return IntStream.range(0, cases.size())
        .parallel()
        .mapToObj(
            c -> {
              if (c % 256 == 0) {
                check.run();
              }
              int[] history = cases.get(c).history();
              return Candidates.of(scorers, history, banned(history, items, repeats));
            })
        .toArray(Candidates[]::new);
  }

  static boolean[] banned(int[] history, int items, boolean repeats) {
    boolean[] banned = new boolean[items];
    if (!repeats) {
      for (int i : history) {
        banned[i] = true;
      }
    }
    return banned;
  }

  static Backtest run(List<Scorer> scorers, Parts parts, long key, Jobs.Control<?> control) {
    int items = parts.known().items();
    Candidates[] all =
        candidates(scorers, parts.cases(), items, parts.repeats(), control::checkpoint);
    SplittableRandom random = new SplittableRandom(key + 1);
    boolean[] judged = new boolean[all.length];
    for (int c = 0; c < judged.length; c++) {
      judged[c] = random.nextInt(3) == 0;
    }
    int[] learn = IntStream.range(0, all.length).filter(c -> !judged[c]).toArray();
    int[] test = IntStream.range(0, all.length).filter(c -> judged[c]).toArray();
    List<Ranker.Case> learnCases = pick(parts.cases(), learn);
    List<Ranker.Case> testCases = pick(parts.cases(), test);
    Candidates[] learnKnown = pick(all, learn);
    Candidates[] testKnown = pick(all, test);
    int best = single(scorers, learnCases, learnKnown);
    Ranker trees = Ranker.learn(scorers, learnCases, key, learnKnown, control::checkpoint);
    Ranker single = Ranker.single(scorers, best);
    double[] a = Judge.ndcg(trees, testCases, testKnown);
    double[] b = Judge.ndcg(single, testCases, testKnown);
    double[] difference = IntStream.range(0, a.length).mapToDouble(k -> a[k] - b[k]).toArray();
    double gain = mean(difference);
    double error = error(difference);
    boolean combined = gain > (best == POPULARITY ? SURE : 1) * error;
    Ranker chosen = combined ? trees : single;
    String words =
        String.format(
            Locale.ROOT,
            "%s: NDCG@10 %.4f against %.4f of the best single method, %s (difference %+.4f ± %.4f"
                + " on %d customers left out)",
            combined
                ? "boosted trees over " + scorers.size() + " methods"
                : scorers.get(best).name(),
            mean(combined ? a : b),
            mean(b),
            scorers.get(best).name(),
            gain,
            1.96 * error,
            a.length);
    Judge judge = new Judge(popularity(scorers), items);
    Isotonic calibration = calibration(chosen, testCases, testKnown);
    Map<String, Map<String, Double>> singles = new LinkedHashMap<>();
    for (int s = 0; s < scorers.size(); s++) {
      singles.put(
          scorers.get(s).name(),
          judge.figures(Ranker.single(scorers, s), testCases, testKnown, null));
    }
    Map<String, Double> figures = judge.figures(chosen, testCases, testKnown, calibration);
    Ranker last =
        combined ? Ranker.learn(scorers, parts.cases(), key, all, control::checkpoint) : single;
    return new Backtest(last, calibration, figures, singles, words, combined ? a : b);
  }

  /** The best method alone: popularity, unless another is surely better at these customers. */
  private static int single(List<Scorer> scorers, List<Ranker.Case> cases, Candidates[] known) {
    double[] plain = Judge.ndcg(Ranker.single(scorers, POPULARITY), cases, known);
    int best = POPULARITY;
    double most = 0;
    for (int s = 0; s < scorers.size(); s++) {
      double[] ndcg = Judge.ndcg(Ranker.single(scorers, s), cases, known);
      for (int c = 0; c < ndcg.length; c++) {
        ndcg[c] -= plain[c];
      }
      double gain = mean(ndcg);
      if (gain > most && gain > SURE * error(ndcg)) {
        most = gain;
        best = s;
      }
    }
    return best;
  }

  /** This one or that with one more method, whichever is better by more than a standard error. */
  Backtest orWith(Backtest more, String method) {
    double[] gain =
        IntStream.range(0, ndcg.length).mapToDouble(k -> more.ndcg[k] - ndcg[k]).toArray();
    boolean better = mean(gain) > error(gain);
    Backtest chosen = better ? more : this;
    return new Backtest(
        chosen.ranker,
        chosen.calibration,
        chosen.figures,
        more.singles,
        String.format(
            Locale.ROOT,
            "%s; the %s %s: NDCG@10 %.4f with it, %.4f without (difference %+.4f ± %.4f)",
            chosen.words,
            method,
            better ? "takes part" : "was left out again",
            mean(more.ndcg),
            mean(ndcg),
            mean(gain),
            1.96 * error(gain)),
        chosen.ndcg);
  }

  /** How many customers were judged. */
  int cases() {
    return ndcg.length;
  }

  static Popularity popularity(List<Scorer> scorers) {
    return (Popularity) scorers.get(POPULARITY);
  }

  private static Isotonic calibration(Ranker ranker, List<Ranker.Case> cases, Candidates[] known) {
    double[] strength = new double[cases.size() * 2 * 10];
    double[] hit = new double[strength.length];
    int n = 0;
    for (int c = 0; c < known.length; c++) {
      Ranker.Ranked ranked = ranker.rank(known[c], 20);
      for (int k = 0; k < ranked.items().length; k++) {
        strength[n] = ranked.strengths()[k];
        hit[n++] = Ranker.Case.in(cases.get(c).taken(), ranked.items()[k]) ? 1 : 0;
      }
    }
    return Isotonic.fit(Arrays.copyOf(strength, n), Arrays.copyOf(hit, n));
  }

  private static List<Ranker.Case> pick(List<Ranker.Case> all, int[] which) {
    return Arrays.stream(which).mapToObj(all::get).toList();
  }

  private static Candidates[] pick(Candidates[] all, int[] which) {
    return Arrays.stream(which).mapToObj(k -> all[k]).toArray(Candidates[]::new);
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElse(0);
  }

  private static double error(double[] values) {
    double mean = mean(values);
    double square = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    return Math.sqrt(square / Math.max(1, values.length - 1) / Math.max(1, values.length));
  }
}
