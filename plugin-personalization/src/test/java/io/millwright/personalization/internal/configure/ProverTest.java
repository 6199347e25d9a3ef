package io.millwright.personalization.internal.configure;

import static org.assertj.core.api.Assertions.assertThat;

import io.millwright.api.Budget;
import io.millwright.api.Millwright;
import io.millwright.api.Solution;
import io.millwright.personalization.ConfigurationGoal;
import io.millwright.personalization.Configurator;
import io.millwright.personalization.Configurators;
import io.millwright.personalization.Feature;
import io.millwright.personalization.Personalization;
import io.millwright.personalization.ProductModel;
import io.millwright.personalization.ProductRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ProverTest {

  /** Every valid configuration by trying all. */
  private static List<Map<String, String>> enumerate(ProductModel model) {
    List<Map<String, String>> all = new ArrayList<>();
    fill(model, 0, new LinkedHashMap<>(), all);
    return all;
  }

  private static void fill(
      ProductModel model, int at, Map<String, String> now, List<Map<String, String>> all) {
    if (at == model.features().size()) {
      if (model.broken(now).isEmpty()) {
        all.add(new HashMap<>(now));
      }
      return;
    }
    Feature f = model.features().get(at);
    for (Feature.Choice c : f.choices()) {
      now.put(f.name(), c.name());
      fill(model, at + 1, now, all);
    }
    now.remove(f.name());
  }

  @Test
  void domainsAreThoseOfEnumeration() {
    int impossible = 0;
    for (int key = 0; key < 60; key++) {
      ProductModel model = RandomModels.model(key, 18 + key % 7, 12 + key % 9);
      List<Map<String, String>> valid = enumerate(model);
      Compiled compiled = Compiled.of(model);
      Prover prover = new Prover(compiled);
      SplittableRandom random = new SplittableRandom(key);
      int[] assumed = {};
      for (int step = 0; step < 4; step++) {
        boolean[] possible = prover.possible(assumed);
        assertThat(possible).isNotNull();
        List<Integer> open = new ArrayList<>();
        for (int f = 0; f < model.features().size(); f++) {
          Feature feature = model.features().get(f);
          for (int c = 0; c < feature.choices().size(); c++) {
            String name = feature.choices().get(c).name();
            boolean expected = valid.stream().anyMatch(v -> name.equals(v.get(feature.name())));
            assertThat(possible[compiled.variable(f, c)])
                .as("model %d step %d %s=%s", key, step, feature.name(), name)
                .isEqualTo(expected);
            impossible += expected ? 0 : 1;
            if (expected) {
              open.add(2 * compiled.variable(f, c));
            }
          }
        }
        int lit = open.get(random.nextInt(open.size()));
        assumed = Arrays.copyOf(assumed, assumed.length + 1);
        assumed[assumed.length - 1] = lit;
        for (int f = 0; f < model.features().size(); f++) {
          int c = lit / 2 - compiled.first()[f];
          Feature feature = model.features().get(f);
          if (c >= 0 && c < feature.choices().size()) {
            String name = feature.choices().get(c).name();
            valid = valid.stream().filter(v -> name.equals(v.get(feature.name()))).toList();
          }
        }
      }
    }
    assertThat(impossible).isGreaterThan(300);
  }

  @Test
  void conflictsAreMinimal() {
    int seen = 0;
    for (int key = 0; key < 25; key++) {
      seen += minimal(RandomModels.model(key, 40, 60), key, 3);
    }
    assertThat(seen).isGreaterThan(20);
  }

  /** Each conflict without any one member is none; judged by provers of reduced models. */
  private static int minimal(ProductModel model, long key, int most) {
    Compiled compiled = Compiled.of(model);
    Prover prover = new Prover(compiled);
    SplittableRandom random = new SplittableRandom(key);
    boolean[] possible = prover.possible(new int[0]);
    assertThat(possible).isNotNull();
    int[] assumed = {pick(possible, random)};
    possible = prover.possible(assumed);
    assertThat(possible).isNotNull();
    int seen = 0;
    for (int v = 0; v < possible.length && seen < most; v++) {
      if (possible[v] || 2 * v == assumed[0]) {
        continue;
      }
      int[] conflict = prover.conflict(new int[] {assumed[0], 2 * v});
      assertThat(conflict).isNotEmpty();
      for (int without = -1; without < conflict.length; without++) {
        List<ProductRule> rules = new ArrayList<>();
        List<Integer> choices = new ArrayList<>();
        for (int k = 0; k < conflict.length; k++) {
          if (k == without) {
            continue;
          }
          if (conflict[k] < 0) {
            rules.add(model.rules().get(-1 - conflict[k]));
          } else {
            choices.add(conflict[k]);
          }
        }
        Prover reduced =
            new Prover(Compiled.of(new ProductModel("reduced", model.features(), rules)));
        assertThat(reduced.solve(choices.stream().mapToInt(Integer::intValue).toArray()))
            .as("model %d without %d of %s", key, without, Arrays.toString(conflict))
            .isEqualTo(without >= 0);
      }
      seen++;
    }
    return seen;
  }

  private static int pick(boolean[] possible, SplittableRandom random) {
    int v;
    do {
      v = random.nextInt(possible.length);
    } while (!possible[v]);
    return 2 * v;
  }

  @Test
  void everyAnswerIsValid() {
    for (int key = 0; key < 30; key++) {
      walk(RandomModels.model(1000 + key, 50 + 15 * key, 100 + 60 * key), key, new double[0]);
    }
  }

  /** A thousand models of 50 to 500 options, and the times at 500 options and 2,000 rules. */
  @Test
  @Tag("thorough")
  void thousandModelsAndTimes() {
    for (int key = 0; key < 1000; key++) {
      int options = 50 + 450 * (key % 10) / 9;
      walk(RandomModels.model(key, options, 4 * options * (key % 3 + 1) / 3), key, new double[0]);
    }
    int conflicts = 0;
    for (int key = 0; key < 200; key++) {
      conflicts += minimal(RandomModels.model(key, 50 + key, 2 * (50 + key)), key, 2);
    }
    TreeSet<Double> steps = new TreeSet<>();
    TreeSet<Double> completions = new TreeSet<>();
    for (int key = 0; key < 20; key++) {
      double[] times = new double[400];
      int n = walk(RandomModels.model(5000 + key, 500, 2000), key, times);
      for (int k = 0; k < n; k++) {
        (k % 2 == 0 ? steps : completions).add(times[k] * 1e3);
      }
    }
    System.out.printf(
        "%d conflicts minimal; step median %.2f ms, largest %.1f ms; completion median %.2f ms,"
            + " largest %.1f ms%n",
        conflicts, middle(steps), steps.last(), middle(completions), completions.last());
    assertThat(conflicts).isGreaterThan(200);
  }

  /** The cheapest completion at 500 options through CP-SAT: at 2,000 rules, and at 500. */
  @Test
  @Tag("thorough")
  void cheapestCompletionsAtFullSize() throws InterruptedException {
    TreeSet<Double> times = new TreeSet<>();
    TreeSet<Double> gaps = new TreeSet<>();
    int proven = 0;
    try (Millwright millwright = Millwright.create()) {
      Configurators configurators = millwright.plugin(Personalization.class).configuration();
      for (int key = 0; key < 20; key++) {
        boolean many = key < 15;
        ProductModel model = RandomModels.model(7000 + key, 500, many ? 2000 : 500);
        Configurator configurator = configurators.of(model);
        long from = System.nanoTime();
        Solution<Configurator.Completion> best =
            configurator
                .best(
                    configurator.start(),
                    ConfigurationGoal.least("price"),
                    Budget.of(Duration.ofSeconds(many ? 120 : 1)))
                .await();
        assertThat(model.broken(best.orElseThrow().choices())).isEmpty();
        if (many) {
          times.add((System.nanoTime() - from) / 1e6);
          proven += best.end() == Solution.End.OPTIMAL ? 1 : 0;
        } else {
          gaps.add(best.objective().gap().orElse(1));
        }
      }
    }
    System.out.printf(
        "2,000 rules: %d of 15 proven cheapest, median %.0f ms, largest %.0f ms;"
            + " 500 rules: within %.1f %% of the bound after a second (largest)%n",
        proven, middle(times), times.last(), 100 * gaps.last());
    assertThat(proven).isEqualTo(15);
  }

  private static double middle(java.util.Set<Double> of) {
    return new ArrayList<>(of).get(of.size() / 2);
  }

  /**
   * Chooses at random among what is possible until nothing is open; each state can be completed.
   */
  private static int walk(ProductModel model, long key, double[] times) {
    Compiled compiled = Compiled.of(model);
    Prover prover = new Prover(compiled);
    SplittableRandom random = new SplittableRandom(key);
    int[] assumed = {};
    int n = 0;
    boolean open = true;
    while (open) {
      long from = System.nanoTime();
      boolean[] possible = prover.possible(assumed);
      long middle = System.nanoTime();
      assertThat(possible).as("model %d after %d choices", key, assumed.length).isNotNull();
      assertThat(prover.solve(assumed)).isTrue();
      long to = System.nanoTime();
      if (n + 1 < times.length) {
        times[n++] = (middle - from) / 1e9;
        times[n++] = (to - middle) / 1e9;
      }
      assertThat(model.broken(prover.solution())).as("model %d", key).isEmpty();
      List<Integer> choices = new ArrayList<>();
      for (int f = 0; f < model.features().size(); f++) {
        List<Integer> left = new ArrayList<>();
        for (int c = 0; c < model.features().get(f).choices().size(); c++) {
          if (possible[compiled.variable(f, c)]) {
            left.add(2 * compiled.variable(f, c));
          }
        }
        assertThat(left).isNotEmpty();
        if (left.size() > 1) {
          choices.addAll(left);
        }
      }
      open = !choices.isEmpty();
      if (open) {
        assumed = Arrays.copyOf(assumed, assumed.length + 1);
        assumed[assumed.length - 1] = choices.get(random.nextInt(choices.size()));
      }
    }
    return n;
  }
}
