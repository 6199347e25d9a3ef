package io.millwright.personalization.internal.recommend;

import io.millwright.api.ErrorCode;
import io.millwright.api.Evaluation;
import io.millwright.api.MillwrightException;
import io.millwright.api.Provenance;
import io.millwright.personalization.ItemRule;
import io.millwright.personalization.NextPurchases;
import io.millwright.personalization.Purchase;
import io.millwright.personalization.PurchaseLog;
import io.millwright.personalization.Recommendation;
import io.millwright.personalization.RecommendationRequest;
import io.millwright.personalization.Recommender;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps the histories, and asks the ranker. */
final class DefaultRecommender implements Recommender {

  private final PurchaseLog log;
  private final Coded coded;
  private final Ranker ranker;
  private final Isotonic calibration;
  private final boolean repeats;
  private final String choice;
  private final Evaluation evaluation;
  private final Provenance provenance;
  private final Reasons reasons;
  private final Map<String, int[]> histories = new ConcurrentHashMap<>();

  DefaultRecommender(
      PurchaseLog log,
      Coded coded,
      Ranker ranker,
      Isotonic calibration,
      boolean repeats,
      String choice,
      Evaluation evaluation,
      Provenance provenance) {
    this.log = log;
    this.coded = coded;
    this.ranker = ranker;
    this.calibration = calibration;
    this.repeats = repeats;
    this.choice = choice;
    this.evaluation = evaluation;
    this.provenance = provenance;
    this.reasons = new Reasons(log, coded);
    int u = 0;
    for (String customer : log.histories().keySet()) {
      histories.put(customer, coded.log().histories()[u++]);
    }
  }

  @Override
  public List<Recommendation> recommend(RecommendationRequest request) {
    int[] history = history(request);
    List<String> words = Arrays.stream(history).mapToObj(coded.names()::get).toList();
    boolean[] banned = Backtest.banned(history, coded.names().size(), repeats);
    for (ItemRule rule : request.rules()) {
      for (int i = 0; i < banned.length; i++) {
        banned[i] = banned[i] || !rule.allows(request.customer(), words, coded.names().get(i));
      }
    }
    if (history.length == 0) {
      return reasons.withoutHistory(attributes(request), banned, request.top());
    }
    Ranker.Ranked ranked =
        ranker.rank(Candidates.of(ranker.scorers(), history, banned), request.top());
    List<Recommendation> answer = new ArrayList<>();
    for (int k = 0; k < ranked.items().length; k++) {
      int item = ranked.items()[k];
      answer.add(
          new Recommendation(
              coded.names().get(item),
              calibration.of(ranked.strengths()[k]),
              reasons.of(history, item)));
    }
    return answer;
  }

  private java.util.Set<String> attributes(RecommendationRequest request) {
    return request.attributes().isEmpty()
        ? log.customerAttributes().getOrDefault(request.customer(), java.util.Set.of())
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
    if (log.customerAttributes().containsKey(request.customer())
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
            .map(coded.numbers()::get)
            .filter(java.util.Objects::nonNull)
            .mapToInt(Integer::intValue)
            .toArray());
  }

  @Override
  public void observe(Purchase purchase) {
    Integer item = coded.numbers().get(purchase.item());
    if (item == null) {
      throw new MillwrightException(
          ErrorCode.OUT_OF_RANGE,
          "item \""
              + purchase.item()
              + "\" is not among the "
              + coded.names().size()
              + " of the model\nMaybe "
              + Near.hint(purchase.item(), coded.numbers().keySet())
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

  @Override
  public Map<String, Double> profile(String customer) {
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

  @Override
  public String choice() {
    return choice;
  }

  @Override
  public Evaluation evaluation() {
    return evaluation;
  }

  @Override
  public Provenance provenance() {
    return provenance;
  }

  @Override
  public List<String> items() {
    return List.copyOf(coded.names());
  }

  @Override
  public Evaluation judge(List<NextPurchases> truths) {
    if (truths.isEmpty()) {
      throw new MillwrightException(
          ErrorCode.TOO_FEW_DATA,
          "there is nothing to judge by\nMaybe every customer has one item only");
    }
    List<Ranker.Case> cases = new ArrayList<>();
    for (NextPurchases t : truths) {
      // An item that nobody ever had cannot be recommended, and counts as missed.
      int[] taken =
          t.next().stream().sorted().mapToInt(i -> coded.numbers().getOrDefault(i, -1)).toArray();
      cases.add(new Ranker.Case(known(t.history()), taken));
    }
    Candidates[] known =
        Backtest.candidates(ranker.scorers(), cases, coded.names().size(), repeats, () -> {});
    Judge judge = new Judge(Backtest.popularity(ranker.scorers()), coded.names().size());
    Map<String, Map<String, Double>> singles = new LinkedHashMap<>();
    for (int s = 0; s < ranker.scorers().size(); s++) {
      singles.put(
          ranker.scorers().get(s).name(),
          judge.figures(Ranker.single(ranker.scorers(), s), cases, known, null));
    }
    return Evaluation.builder()
        .protocol("all items ranked for customers whose next items were held out")
        .samples(cases.size())
        .figures(judge.figures(ranker, cases, known, calibration))
        .baselines(singles)
        .build();
  }
}
