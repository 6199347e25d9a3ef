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
}
