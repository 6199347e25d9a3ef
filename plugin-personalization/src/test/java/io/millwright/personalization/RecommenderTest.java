package io.millwright.personalization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millwright.api.ErrorCode;
import io.millwright.api.Evaluation;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.ModelSource;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecommenderTest {

  private Millwright millwright;
  private PurchaseLog log;
  private Recommender recommender;

  @BeforeAll
  void train() throws InterruptedException {
    millwright = Millwright.create();
    log = chains(400, 5);
    recommender = training().train(log).await();
  }

  @AfterAll
  void close() {
    millwright.close();
  }

  private RecommenderTrainer training() {
    return millwright.plugin(Personalization.class).recommending();
  }

  /** Item "a k" of a family is followed by "a k+1" nine times of ten, else by anything. */
  private static PurchaseLog chains(int customers, long key) {
    SplittableRandom random = new SplittableRandom(key);
    Map<String, List<String>> histories = new LinkedHashMap<>();
    for (int c = 0; c < customers; c++) {
      List<String> items = new ArrayList<>();
      String family = "abcd".substring(c % 4, c % 4 + 1);
      int at = random.nextInt(8);
      int length = 3 + random.nextInt(6);
      while (items.size() < length) {
        String next =
            random.nextDouble() < 0.9
                ? family + at
                : "abcd".charAt(random.nextInt(4)) + "" + random.nextInt(20);
        if (!items.contains(next)) {
          items.add(next);
        }
        at = (at + 1) % 20;
      }
      histories.put("c" + c, items);
    }
    Map<String, Set<String>> words = new LinkedHashMap<>();
    for (int k = 0; k < 20; k++) {
      for (String f : List.of("a", "b", "c", "d")) {
        words.put(f + k, Set.of("family=" + f));
      }
    }
    words.put("a new", Set.of("family=a"));
    return PurchaseLog.sequences(histories).items(words);
  }

  @Test
  void followsTheChain() {
    List<Recommendation> next =
        recommender.recommend(RecommendationRequest.after(List.of("b3", "b4", "b5")).top(3));
    assertThat(next.get(0).item()).isEqualTo("b6");
    assertThat(next.get(0).probability()).isBetween(0.4, 1.0);
    assertThat(next.get(0).reasons()).isNotEmpty();
    Recommendation.Reason why = next.get(0).reasons().get(0);
    long owners = log.histories().values().stream().filter(h -> h.contains(why.because())).count();
    long both =
        log.histories().values().stream()
            .filter(h -> h.contains(why.because()) && h.contains("b6"))
            .count();
    assertThat(why.customers()).isEqualTo((int) owners);
    assertThat(why.share()).isEqualTo((double) both / owners);
  }

  @Test
  void beatsPopularityAndIsCalibratedOnOthers() {
    List<NextPurchases> truths = chains(400, 99).holdOut(1).next();
    Evaluation judged = recommender.judge(truths);
    assertThat(judged.figure("ndcg 10"))
        .isGreaterThan(judged.baselines().get("popularity").get("ndcg 10") + 0.2)
        .isGreaterThan(judged.baselines().get("item-kNN").get("ndcg 10"));
    assertThat(judged.figure("came true"))
        .isCloseTo(judged.figure("predicted"), org.assertj.core.data.Offset.offset(0.02));
    assertThat(judged.samples()).isEqualTo(400);
  }

  @Test
  void ruledOutItemsNeverCome() {
    ItemRule rule = ItemRule.only(Set.of("b6", "b7"));
    assertThat(
            recommender.recommend(
                RecommendationRequest.after(List.of("b3", "b4", "b5")).top(50).rule(rule)))
        .extracting(Recommendation::item)
        .isSubsetOf("b6", "b7");
    ItemRule fits = ItemRule.fits(Map.of("b6", Set.of("a1")));
    assertThat(
            recommender.recommend(
                RecommendationRequest.after(List.of("b3", "b4", "b5")).top(50).rule(fits)))
        .extracting(Recommendation::item)
        .doesNotContain("b6");
  }

  @Test
  void reachesNewItemsThroughAttributes() {
    assertThat(
            recommender.recommend(
                RecommendationRequest.after(List.of("a1", "a2"))
                    .top(50)
                    .rule(ItemRule.only(Set.of("a new")))))
        .extracting(Recommendation::item)
        .containsExactly("a new");
  }

  @Test
  void hearsOrdersWithoutRefit() throws InterruptedException {
    Recommender own = training().thorough(false).train(chains(100, 3)).await();
    assertThatThrownBy(() -> own.recommend(RecommendationRequest.of("late")))
        .isInstanceOf(MillwrightException.class)
        .hasMessageContaining("late")
        .hasMessageContaining("\nMaybe ")
        .extracting(e -> ((MillwrightException) e).code())
        .isEqualTo(ErrorCode.OUT_OF_RANGE);
    own.observe(new Purchase("late", "c3", 0));
    own.observe(new Purchase("late", "c4", 0));
    assertThat(own.recommend(RecommendationRequest.of("late").top(5)))
        .isEqualTo(own.recommend(RecommendationRequest.after(List.of("c3", "c4")).top(5)));
    assertThatThrownBy(() -> own.observe(new Purchase("late", "z9", 0))).hasMessageContaining("z9");
    assertThat(own.profile("late")).containsKey("family=c");
    assertThat(own.profile("late").get("family=c")).isPositive();
  }

  @Test
  void emptyHistoryGetsWhatAllOrder() {
    List<Recommendation> items = recommender.recommend(RecommendationRequest.after(List.of()));
    assertThat(items).hasSize(10);
    assertThat(items.get(0).probability()).isNaN();
    String best = items.get(0).item();
    long owners = log.histories().values().stream().filter(h -> h.contains(best)).count();
    assertThat(
            recommender.items().stream()
                .mapToLong(
                    i -> log.histories().values().stream().filter(h -> h.contains(i)).count())
                .max()
                .getAsLong())
        .isEqualTo(owners);
  }

  @Test
  void sameKeySameAnswer() throws InterruptedException {
    PurchaseLog small = chains(80, 1);
    List<Recommendation> one =
        training().key(3).train(small).await().recommend(RecommendationRequest.of("c7"));
    List<Recommendation> two =
        training().key(3).train(small).await().recommend(RecommendationRequest.of("c7"));
    assertThat(one).isEqualTo(two);
  }

  @Test
  void setsHaveNoOrder() throws InterruptedException {
    Recommender sets =
        training().thorough(false).train(PurchaseLog.sets(chains(200, 2).histories())).await();
    List<String> history = new ArrayList<>(List.of("a1", "a2", "a5"));
    List<Recommendation> forward = sets.recommend(RecommendationRequest.after(history));
    Collections.reverse(history);
    assertThat(sets.recommend(RecommendationRequest.after(history)))
        .extracting(Recommendation::item)
        .isEqualTo(forward.stream().map(Recommendation::item).toList());
  }

  @Test
  void oneCustomerWithAMillionItemsDoesNoHarm() throws InterruptedException {
    Map<String, List<String>> histories = new LinkedHashMap<>(chains(60, 4).histories());
    List<String> many = new ArrayList<>();
    for (int k = 0; k < 1_000_000; k++) {
      many.add("abcd".charAt(k % 4) + "" + (k * 7L) % 20);
    }
    histories.put("everything", many);
    Recommender trained =
        training().thorough(false).train(PurchaseLog.sequences(histories)).await();
    assertThat(trained.recommend(RecommendationRequest.after(List.of("b3", "b4", "b5"))))
        .isNotEmpty();
  }

  @Test
  void oneLongHistoryOfManyItemsDoesNoHarm() throws InterruptedException {
    Map<String, List<String>> histories = new LinkedHashMap<>(chains(60, 4).histories());
    List<String> many = new ArrayList<>();
    for (int k = 0; k < 5000; k++) {
      many.add("x" + (k * 7L) % 900);
    }
    histories.put("everything", many);
    Recommender trained =
        training().thorough(false).train(PurchaseLog.sequences(histories)).await();
    assertThat(trained.recommend(RecommendationRequest.after(List.of("b3", "b4", "b5"))))
        .isNotEmpty();
  }

  @Test
  void withoutStructurePopularityAnswers() throws InterruptedException {
    SplittableRandom random = new SplittableRandom(6);
    Map<String, List<String>> histories = new LinkedHashMap<>();
    for (int c = 0; c < 300; c++) {
      List<String> items = new ArrayList<>();
      for (int k = 0; k < 6; k++) {
        items.add("i" + random.nextInt(50));
      }
      histories.put("c" + c, items);
    }
    Recommender trained = training().train(PurchaseLog.sequences(histories)).await();
    assertThat(trained.choice()).startsWith("popularity");
  }

  @Test
  void aSavedRecommenderAnswersAsBefore(@TempDir Path folder) {
    Path file = folder.resolve("recommender.mwb");
    recommender.observe(new Purchase("late", "b3", 0));
    recommender.observe(new Purchase("c1", "b4", 0));
    recommender.saveTo(file);
    Recommender again =
        millwright.plugin(Personalization.class).recommender(ModelSource.file(file));
    for (String customer : List.of("late", "c0", "c1", "c77")) {
      RecommendationRequest request = RecommendationRequest.of(customer).top(30);
      assertThat(again.recommend(request)).isEqualTo(recommender.recommend(request));
      assertThat(again.profile(customer)).isEqualTo(recommender.profile(customer));
    }
    assertThat(again.recommend(RecommendationRequest.after(List.of())))
        .isEqualTo(recommender.recommend(RecommendationRequest.after(List.of())));
    assertThat(again.choice()).isEqualTo(recommender.choice());
    assertThat(again.evaluation()).isEqualTo(recommender.evaluation());
    assertThat(again.info().digest()).isEqualTo(recommender.info().digest());
    Path second = folder.resolve("again.mwb");
    again.saveTo(second);
    assertThat(second).hasSameBinaryContentAs(file);

    try (Predictor<RecommendationRequest, Recommendations> open =
        millwright.open(Personalization.RECOMMENDATION, file)) {
      assertThat(open.predict(RecommendationRequest.of("late")).orElseThrow().value().items())
          .isEqualTo(recommender.recommend(RecommendationRequest.of("late")));
      assertThat(open.predict(RecommendationRequest.of("nobody")))
          .isInstanceOf(Outcome.Abstention.class);
    }
  }

  @Test
  void setsAndDescribedCustomersAreKept(@TempDir Path folder) throws InterruptedException {
    Map<String, List<String>> few = chains(40, 8).histories();
    PurchaseLog described =
        PurchaseLog.sets(few).customers(Map.of("new", Set.of("trade=dairy"), "c1", Set.of("x")));
    Recommender trained = training().thorough(false).train(described).await();
    Path file = folder.resolve("sets.mwb");
    trained.saveTo(file);
    Recommender again =
        millwright.plugin(Personalization.class).recommender(ModelSource.file(file));
    for (String customer : List.of("new", "c1", "c2")) {
      assertThat(again.recommend(RecommendationRequest.of(customer)))
          .isEqualTo(trained.recommend(RecommendationRequest.of(customer)));
    }
  }

  @Test
  void tooFewCustomersAreNamed() {
    assertThatThrownBy(() -> training().train(chains(5, 1)))
        .hasMessageContaining("5 customers")
        .extracting(e -> ((MillwrightException) e).code())
        .isEqualTo(ErrorCode.TOO_FEW_DATA);
    assertThatThrownBy(() -> training().horizon(0)).hasMessageContaining("horizon is 0");
    assertThatThrownBy(() -> RecommendationRequest.of("x").top(0)).hasMessageContaining("top is 0");
    assertThatThrownBy(() -> recommender.judge(List.of())).hasMessageContaining("nothing to judge");
  }
}
