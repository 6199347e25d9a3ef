package io.millwright.supplychain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millwright.api.Millwright;
import io.millwright.api.data.Frequency;
import io.millwright.api.data.Series;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Sums that agree, of series whose makings are known. */
class HierarchyTest {

  private static final Map<String, Map<String, String>> LABELS = new LinkedHashMap<>();

  static {
    for (int i = 0; i < 12; i++) {
      LABELS.put("s" + i, Map.of("region", i < 6 ? "north" : "south", "kind", "k" + i % 3));
    }
  }

  private static Hierarchy hierarchy() {
    return Hierarchy.of(LABELS, List.of(List.of(), List.of("region"), List.of("kind")));
  }

  /** A season and a walk in common, noise of each series' own. */
  private static List<Series> series(int length) {
    List<Series> all = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      Random common = new Random(5);
      Random own = new Random(50 + i);
      double walk = 0;
      List<Double> values = new ArrayList<>();
      for (int t = 0; t < length; t++) {
        walk += 0.03 * common.nextGaussian();
        values.add(
            (20 + 10 * i)
                * Math.exp(walk + 0.2 * Math.sin(t * Math.PI / 6) + 0.25 * own.nextGaussian()));
      }
      all.add(new Series("s" + i, Frequency.MONTHLY, 600, values));
    }
    return all;
  }

  @Test
  void pointsAndSamplesAddUpAndNoLevelIsWorse() throws InterruptedException {
    try (Millwright millwright = Millwright.create()) {
      SupplyChain supply = millwright.plugin(SupplyChain.class);
      CoherentForecast forecast =
          supply
              .hierarchies()
              .forecast(supply.forecasting().horizon(6), series(84), hierarchy())
              .await();
      assertThat(forecast.nodes()).hasSize(1 + 2 + 3 + 12);
      CoherentForecast.Node total = forecast.node("total");
      for (String level : List.of("region", "kind", Hierarchy.SERIES)) {
        List<CoherentForecast.Node> parts =
            forecast.nodes().stream().filter(n -> n.level().equals(level)).toList();
        for (int h = 0; h < 6; h++) {
          int at = h;
          double sum = parts.stream().mapToDouble(n -> n.forecast().periods().get(at).mean()).sum();
          double mean = total.forecast().periods().get(h).mean();
          assertThat(sum).isCloseTo(mean, within(1e-9 * mean));
          for (int s = 0; s < total.samples().size(); s++) {
            int one = s;
            double drawn = parts.stream().mapToDouble(n -> n.samples().get(one).get(at)).sum();
            assertThat(drawn)
                .isCloseTo(total.samples().get(s).get(h), within(1e-9 * Math.abs(drawn)));
          }
        }
      }
      assertThat(forecast.levels())
          .hasSize(4)
          .allSatisfy(l -> assertThat(l.reconciled()).isLessThanOrEqualTo(1.01 * l.alone()));
      Distribution band = total.forecast().periods().get(0);
      assertThat(band.quantile(0.9)).isGreaterThan(band.quantile(0.1));
      assertThat(forecast.notes()).isEmpty();
    }
  }

  @Test
  void aSeriesTooShortToForecastTakesPartAllTheSame() throws InterruptedException {
    List<Series> all = new ArrayList<>(series(60));
    Series short3 = all.get(3);
    List<Double> gaps = new ArrayList<>();
    for (int t = 0; t < 60; t++) {
      gaps.add(t < 58 ? Double.NaN : 7);
    }
    all.set(3, new Series(short3.id(), short3.frequency(), short3.start(), gaps));
    try (Millwright millwright = Millwright.create()) {
      SupplyChain supply = millwright.plugin(SupplyChain.class);
      CoherentForecast forecast =
          supply.hierarchies().forecast(supply.forecasting().horizon(4), all, hierarchy()).await();
      assertThat(forecast.notes()).hasSize(1).allMatch(n -> n.contains("s3"));
      assertThat(forecast.node("s3").forecast().periods().get(0).mean()).isBetween(0.0, 40.0);
    }
  }

  @Test
  void badHierarchiesAreNamed() {
    Map<String, Map<String, String>> unlabelled = new LinkedHashMap<>(LABELS);
    unlabelled.put("s99", Map.of());
    assertThatThrownBy(() -> Hierarchy.of(unlabelled, List.of(List.of("region"))))
        .hasMessageContaining("s99")
        .hasMessageContaining("region");
    assertThatThrownBy(() -> Hierarchy.of(Map.of(), List.of(List.of())))
        .hasMessageContaining("no hierarchy");
    try (Millwright millwright = Millwright.create()) {
      SupplyChain supply = millwright.plugin(SupplyChain.class);
      assertThatThrownBy(
              () ->
                  supply
                      .hierarchies()
                      .forecast(supply.forecasting(), series(60).subList(1, 12), hierarchy()))
          .hasMessageContaining("s0");
    }
  }

  private static Hierarchy brands(List<DrivenSeries> store) {
    Map<String, Map<String, String>> labels = new LinkedHashMap<>();
    store.forEach(d -> labels.put(d.history().id(), d.attributes()));
    return Hierarchy.of(labels, List.of(List.of(), List.of("brand")));
  }

  /** Without attributes, which are for new articles. */
  private static List<DrivenSeries> plain(List<DrivenSeries> store) {
    return store.stream()
        .map(d -> new DrivenSeries(d.history(), d.known(), d.past(), new TreeMap<>()))
        .toList();
  }

  @Test
  void whatCovariatesDoReachesEverySumAndAllAddsUp() throws InterruptedException {
    List<DrivenSeries> wholes = new ArrayList<>();
    for (DrivenSeries d : DrivenStore.weekly(12, 96, 3, true, 60)) {
      // All promotions at once, in the first week ahead too, so that sums jump.
      List<Double> price = new ArrayList<>();
      List<Double> sold = new ArrayList<>();
      for (int t = 0; t < d.history().length(); t++) {
        boolean on = t % 11 == 8;
        price.add(on ? 0.8 : 1.0);
        sold.add(
            60 * (on ? Math.pow(0.8, -2) : 1)
                + 4 * new Random(t * 31L + wholes.size()).nextGaussian());
      }
      Series s = d.history();
      wholes.add(
          new DrivenSeries(
              new Series(s.id(), s.frequency(), s.start(), sold),
              new TreeMap<>(Map.of("price", price)),
              new TreeMap<>(),
              d.attributes()));
    }
    List<DrivenSeries> known = DrivenStore.known(wholes);
    Hierarchy hierarchy = brands(known);
    try (Millwright millwright = Millwright.create()) {
      SupplyChain supply = millwright.plugin(SupplyChain.class);
      ForecastTrainer trainer = supply.forecasting().horizon(DrivenStore.AHEAD);
      CoherentForecast with =
          supply.hierarchies().forecastWithCovariates(trainer, plain(known), hierarchy).await();
      int on = 8 * 11 + 8 - known.get(0).history().length();
      assertThat(on).isBetween(0, DrivenStore.AHEAD - 1);
      for (String name : List.of("total", "brand=north", "w3")) {
        List<Distribution> periods = with.node(name).forecast().periods();
        double jump = periods.get(on).mean() / periods.get(on == 0 ? 1 : on - 1).mean();
        assertThat(jump).as(name).isCloseTo(Math.pow(0.8, -2), within(0.1));
      }
      for (int h = 0; h < DrivenStore.AHEAD; h++) {
        int at = h;
        double sum =
            with.nodes().stream()
                .filter(n -> n.level().equals(Hierarchy.SERIES))
                .mapToDouble(n -> n.forecast().periods().get(at).mean())
                .sum();
        double total = with.node("total").forecast().periods().get(h).mean();
        assertThat(sum).isCloseTo(total, within(1e-9 * total));
      }
      assertThat(with.notes())
          .anyMatch(n -> n.startsWith("covariate price: demand times"))
          .anyMatch(n -> n.startsWith("level total") && n.endsWith("it goes with"));

      // What is said of the total holds for all of it.
      List<DrivenSeries> above = new ArrayList<>();
      known.forEach(d -> above.add(DrivenSeries.of(d.history())));
      Series one = known.get(0).history();
      above.add(
          DrivenSeries.of(new Series("total", one.frequency(), one.start() - 2, List.of()))
              .known("price", shifted(known.get(0).known().get("price"))));
      CoherentForecast same =
          supply.hierarchies().forecastWithCovariates(trainer, above, hierarchy).await();
      assertThat(same.node("total").forecast()).isEqualTo(with.node("total").forecast());

      List<DrivenSeries> unknown = new ArrayList<>();
      for (DrivenSeries d : plain(known)) {
        List<Double> price = d.known().get("price").subList(0, d.history().length() + 2);
        unknown.add(unknown.isEmpty() ? DrivenSeries.of(d.history()).known("price", price) : d);
      }
      assertThatThrownBy(
              () ->
                  supply.hierarchies().forecastWithCovariates(trainer, unknown, hierarchy).await())
          .hasMessageContaining("series w0: the covariate price is known up to");
    }
  }

  private static List<Double> shifted(List<Double> values) {
    List<Double> shifted = new ArrayList<>(List.of(1.0, 1.0));
    shifted.addAll(values);
    return shifted;
  }

  @Test
  void idleCovariatesChangeNothing() throws InterruptedException {
    List<DrivenSeries> known = plain(DrivenStore.known(DrivenStore.weekly(10, 80, 4, false, 40)));
    Hierarchy hierarchy =
        Hierarchy.of(
            Map.of("w0", Map.of("k", "a"), "w1", Map.of("k", "a"), "w2", Map.of("k", "b")),
            List.of(List.of(), List.of("k")));
    try (Millwright millwright = Millwright.create()) {
      SupplyChain supply = millwright.plugin(SupplyChain.class);
      ForecastTrainer trainer = supply.forecasting().horizon(4);
      CoherentForecast with =
          supply.hierarchies().forecastWithCovariates(trainer, known, hierarchy).await();
      CoherentForecast without =
          supply
              .hierarchies()
              .forecast(trainer, known.stream().map(DrivenSeries::history).toList(), hierarchy)
              .await();
      String outside = without.notes().get(without.notes().size() - 1);
      assertThat(outside).startsWith("7 of 10 series stand in no row of the hierarchy");
      assertThat(with.notes())
          .allMatch(n -> n.endsWith("no weight") || n.equals(outside))
          .hasSize(4);
      assertThat(with.nodes()).isEqualTo(without.nodes());
      assertThat(with.method()).isEqualTo(without.method());
    }
  }

  @Test
  void newArticlesArePartOfTheSums() throws InterruptedException {
    List<DrivenSeries> known =
        new ArrayList<>(DrivenStore.known(DrivenStore.weekly(24, 80, 5, true, 40)));
    DrivenSeries last = known.remove(23);
    Series s = last.history();
    known.add(
        new DrivenSeries(
            new Series(s.id(), s.frequency(), s.start() + s.length(), List.of()),
            new TreeMap<>(
                Map.of(
                    "price", last.known().get("price").subList(s.length(), s.length() + 8),
                    "promotion", last.known().get("promotion").subList(s.length(), s.length() + 8),
                    "moon", last.known().get("moon").subList(s.length(), s.length() + 8))),
            new TreeMap<>(),
            last.attributes()));
    Hierarchy hierarchy = brands(known);
    try (Millwright millwright = Millwright.create()) {
      SupplyChain supply = millwright.plugin(SupplyChain.class);
      CoherentForecast all =
          supply
              .hierarchies()
              .forecastWithCovariates(
                  supply.forecasting().horizon(DrivenStore.AHEAD), known, hierarchy)
              .await();
      double level = s.values().stream().mapToDouble(v -> v).average().orElse(0);
      assertThat(all.node(s.id()).forecast().periods().get(0).mean())
          .isBetween(0.3 * level, 3 * level);
    }
  }
}
