package io.millwright.personalization;

import static org.assertj.core.api.Assertions.assertThat;

import io.millwright.api.Millwright;
import io.millwright.api.ModelSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The network takes part where the order of orders says what counting pairs cannot. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SequenceNetworkTest {

  private static final int ITEMS = 24;

  private Millwright millwright;

  @BeforeAll
  void open() {
    millwright = Millwright.create();
  }

  @AfterAll
  void close() {
    millwright.close();
  }

  private Recommender trained(PurchaseLog log) throws InterruptedException {
    return millwright
        .plugin(Personalization.class)
        .recommending()
        .thorough(false)
        .network(true)
        .train(log)
        .await();
  }

  /** What comes next hangs on the last item and on the one before it together. */
  private static PurchaseLog pairs(int customers, long key) {
    SplittableRandom random = new SplittableRandom(key);
    Map<String, List<String>> histories = new LinkedHashMap<>();
    for (int c = 0; c < customers; c++) {
      List<Integer> items = new ArrayList<>(List.of(random.nextInt(ITEMS), random.nextInt(ITEMS)));
      while (items.size() < 10) {
        items.add(
            random.nextInt(6) == 0
                ? random.nextInt(ITEMS)
                : next(items.get(items.size() - 2), items.get(items.size() - 1)));
      }
      histories.put("c" + c, items.stream().map(i -> "i" + i).toList());
    }
    return PurchaseLog.sequences(histories);
  }

  private static int next(int before, int last) {
    return (before % 2 == 0 ? last + 1 : last + 4) % ITEMS;
  }

  @Test
  void itTakesPartWhereItIsBetterAndIsKept(@TempDir Path folder) throws InterruptedException {
    Recommender recommender = trained(pairs(700, 1));
    assertThat(recommender.choice()).contains("the sequence network takes part");
    assertThat(recommender.evaluation().figure("recall 5"))
        .isGreaterThan(
            recommender.evaluation().baselines().get("Markov").getOrDefault("recall 5", 1.0));
    Path file = folder.resolve("network.mwb");
    recommender.saveTo(file);
    Recommender again =
        millwright.plugin(Personalization.class).recommender(ModelSource.file(file));
    for (String customer : List.of("c0", "c1", "c77")) {
      RecommendationRequest request = RecommendationRequest.of(customer).top(10);
      assertThat(again.recommend(request)).isEqualTo(recommender.recommend(request));
    }
    Path second = folder.resolve("again.mwb");
    again.saveTo(second);
    assertThat(second).hasSameBinaryContentAs(file);
  }

  /** Everything is drawn by lot: there is nothing to learn. */
  @Test
  void itIsLeftOutWhereItDoesNotHelp() throws InterruptedException {
    SplittableRandom random = new SplittableRandom(5);
    Map<String, List<String>> histories = new LinkedHashMap<>();
    for (int c = 0; c < 150; c++) {
      List<String> items = new ArrayList<>();
      for (int k = 0; k < 5; k++) {
        items.add("i" + random.nextInt(40));
      }
      histories.put("c" + c, items);
    }
    Recommender sequences = trained(PurchaseLog.sequences(histories));
    assertThat(sequences.choice()).contains("the sequence network was left out again");
    assertThat(sequences.evaluation().baselines()).containsKey("sequence network");
    assertThat(trained(PurchaseLog.sets(histories)).recommend(RecommendationRequest.of("c3")))
        .isNotEmpty();
  }
}
