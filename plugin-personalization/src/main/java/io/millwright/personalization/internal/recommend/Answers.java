package io.millwright.personalization.internal.recommend;

import io.millwright.api.ErrorCode;
import io.millwright.api.Evaluation;
import io.millwright.api.MillwrightException;
import io.millwright.personalization.ItemRule;
import io.millwright.personalization.NextPurchases;
import io.millwright.personalization.Purchase;
import io.millwright.personalization.Recommendation;
import io.millwright.personalization.RecommendationRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps the histories, and asks the ranker. Thread-safe. */
final class Answers {

  private final Learnt learnt;
  private final Reasons reasons;
  private final Map<String, int[]> histories = new ConcurrentHashMap<>();

  Answers(Learnt learnt) {
    this.learnt = learnt;
    this.reasons = new Reasons(learnt.log(), learnt.coded());
    int u = 0;
    for (String customer : learnt.log().histories().keySet()) {
      histories.put(customer, learnt.coded().log().histories()[u++]);
    }
  }

  Learnt learnt() {
    return learnt;
  }

  /** The histories that grew since training, by customer. */
  SortedMap<String, int[]> observed() {
    SortedMap<String, int[]> grown = new TreeMap<>(histories);
    int u = 0;
    for (String customer : learnt.log().histories().keySet()) {
      // The same array as long as nothing was observed.
      grown.remove(customer, learnt.coded().log().histories()[u++]);
    }
    return grown;
  }

  /** Takes what was observed before a model was saved. */
  void observed(Map<String, int[]> grown) {
    histories.putAll(grown);
  }

  List<Recommendation> recommend(RecommendationRequest request) {
    int[] history = history(request);
    List<String> words = Arrays.stream(history).mapToObj(learnt.coded().names()::get).toList();
    boolean[] banned = Backtest.banned(history, learnt.coded().names().size(), learnt.repeats());
    for (ItemRule rule : request.rules()) {
      for (int i = 0; i < banned.length; i++) {
        banned[i] =
            banned[i] || !rule.allows(request.customer(), words, learnt.coded().names().get(i));
      }
    }
    if (history.length == 0) {
      return reasons.withoutHistory(attributes(request), banned, request.top());
    }
    Ranker.Ranked ranked =
        learnt
            .ranker()
            .rank(Candidates.of(learnt.ranker().scorers(), history, banned), request.top());
    List<Recommendation> answer = new ArrayList<>();
    for (int k = 0; k < ranked.items().length; k++) {
      int item = ranked.items()[k];
      answer.add(
          new Recommendation(
              learnt.coded().names().get(item),
              learnt.calibration().of(ranked.strengths()[k]),
              reasons.of(history, item)));
    }
    return answer;
  }

  private java.util.Set<String> attributes(RecommendationRequest request) {
    return request.attributes().isEmpty()
        ? learnt.log().customerAttributes().getOrDefault(request.customer(), java.util.Set.of())
        : request.attributes();
  }

  private int[] history(RecommendationRequest request) {
    Optional<List<String>> given = request.history();
    if (given.isPresent()) {
      return known(given.get());
    }
    int[] history = histories.get(request.customer());
    if (history != null) {
      return history;
    }
    if (learnt.log().customerAttributes().containsKey(request.customer())
        || !request.attributes().isEmpty()) {
      return new int[0];
    }
    throw new MillwrightException(
        ErrorCode.OUT_OF_RANGE,
        "customer \""
            + request.customer()
            + "\" is not among the "
            + histories.size()
            + " of the log\nMaybe "
            + Near.hint(request.customer(), histories.keySet())
            + "use RecommendationRequest.after with the customer's items, or none");
  }

  private int[] known(List<String> items) {
    return Log.end(
        items.stream()
            .map(learnt.coded().numbers()::get)
            .filter(java.util.Objects::nonNull)
            .mapToInt(Integer::intValue)
            .toArray());
  }

  void observe(Purchase purchase) {
    Integer item = learnt.coded().numbers().get(purchase.item());
    if (item == null) {
      throw new MillwrightException(
          ErrorCode.OUT_OF_RANGE,
          "item \""
              + purchase.item()
              + "\" is not among the "
              + learnt.coded().names().size()
              + " of the model\nMaybe "
              + Near.hint(purchase.item(), learnt.coded().numbers().keySet())
              + "train again, with its attributes in the log");
    }
    histories.merge(
        purchase.customer(),
        new int[] {item},
        (old, one) -> {
          int[] longer = Arrays.copyOf(old, old.length + 1);
          longer[old.length] = item;
          return Log.end(longer);
        });
  }

  Map<String, Double> profile(String customer) {
    int[] history = history(RecommendationRequest.of(customer));
    Map<String, Double> lifts = reasons.lifts(history);
    Map<String, Double> sorted = new LinkedHashMap<>();
    lifts.entrySet().stream()
        .sorted(
            Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .forEach(e -> sorted.put(e.getKey(), e.getValue()));
    return sorted;
  }

  Evaluation judge(List<NextPurchases> truths) {
    if (truths.isEmpty()) {
      throw new MillwrightException(
          ErrorCode.TOO_FEW_DATA,
          "there is nothing to judge by\nMaybe every customer has one item only");
    }
    List<Ranker.Case> cases = new ArrayList<>();
    for (NextPurchases t : truths) {
      // An item that nobody ever had cannot be recommended, and counts as missed.
      int[] taken =
          t.next().stream()
              .sorted()
              .mapToInt(i -> learnt.coded().numbers().getOrDefault(i, -1))
              .toArray();
      cases.add(new Ranker.Case(known(t.history()), taken));
    }
    Candidates[] known =
        Backtest.candidates(
            learnt.ranker().scorers(),
            cases,
            learnt.coded().names().size(),
            learnt.repeats(),
            () -> {});
    Judge judge =
        new Judge(Backtest.popularity(learnt.ranker().scorers()), learnt.coded().names().size());
    Map<String, Map<String, Double>> singles = new LinkedHashMap<>();
    for (int s = 0; s < learnt.ranker().scorers().size(); s++) {
      singles.put(
          learnt.ranker().scorers().get(s).name(),
          judge.figures(Ranker.single(learnt.ranker().scorers(), s), cases, known, null));
    }
    return Evaluation.builder()
        .protocol("all items ranked for customers whose next items were held out")
        .samples(cases.size())
        .figures(judge.figures(learnt.ranker(), cases, known, learnt.calibration()))
        .baselines(singles)
        .build();
  }
}
