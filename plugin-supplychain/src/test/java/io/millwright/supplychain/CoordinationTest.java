package io.millwright.supplychain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millwright.api.Millwright;
import io.millwright.api.data.Frequency;
import io.millwright.api.data.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Chains with known amplification, partners with known errors. */
class CoordinationTest {

  private static Millwright millwright;
  private static SupplyCoordination coordination;

  @BeforeAll
  static void open() {
    millwright = Millwright.create();
    coordination = millwright.plugin(SupplyChain.class).coordination();
  }

  @AfterAll
  static void close() {
    millwright.close();
  }

  private static double[] independent(int n, long seed) {
    Random random = new Random(seed);
    double[] y = new double[n];
    for (int t = 0; t < n; t++) {
      y[t] = 100 + 10 * random.nextGaussian();
    }
    return y;
  }

  /** For independent demand: 1 + 2 L / p + 2 (L / p) squared (Chen et al. 2000, theorem 2.2). */
  @Test
  void sharingSavesWhatTheFormulaSays() {
    Series demand = Series.of("d", Frequency.COUNTED, "0", independent(40000, 1));
    SharingValue value = coordination.sharing(demand, new SharingChain(List.of(2, 3, 2), 5, 0.95));
    int below = 0;
    double alone = 1;
    for (int k = 0; k < 3; k++) {
      int lead = k == 1 ? 3 : 2;
      below += lead;
      double share = below / 5.0;
      alone *= 1 + 2 * lead / 5.0 + 2 * lead * lead / 25.0;
      SharingValue.Link link = value.links().get(k);
      double shared = 1 + 2 * share + 2 * share * share;
      assertThat(link.shared()).isCloseTo(shared, within(0.03 * shared));
      // The product is a lower bound: orders of orders are alike in neighbouring periods.
      assertThat(link.alone()).isGreaterThan(0.97 * alone);
    }
    assertThat(value.links().get(2).alone()).isGreaterThan(1.5 * value.links().get(2).shared());
    assertThat(value.saved()).isBetween(0.1, 0.9);
  }

  @Test
  void theBullwhipIsMeasuredWithItsInterval() {
    int held = 0;
    for (int k = 0; k < 60; k++) {
      double[] d = independent(150, 100 + k);
      double[] q = d.clone();
      for (int t = 6; t < q.length; t++) {
        q[t] = d[t] + 0.4 * (d[t] - d[t - 5]);
      }
      double truth = 1 + 2 * 0.4 + 2 * 0.16;
      Bullwhip whip =
          coordination
              .bullwhip(
                  List.of(
                      Series.of("sales", Frequency.COUNTED, "0", d),
                      Series.of("orders", Frequency.COUNTED, "0", q)))
              .get(0);
      assertThat(whip.periods()).isEqualTo(150);
      held += whip.ratio().low() <= truth && truth <= whip.ratio().high() ? 1 : 0;
    }
    assertThat(held).isGreaterThanOrEqualTo(50);
  }

  @Test
  void forecastsOfPartnersAreMergedByWhatTheyAreWorth() {
    Random random = new Random(4);
    List<Double> came = new ArrayList<>();
    List<Double> good = new ArrayList<>();
    List<Double> high = new ArrayList<>();
    for (int t = 0; t < 60; t++) {
      double y = 100 + 20 * random.nextGaussian();
      came.add(y);
      good.add(y + 3 * random.nextGaussian());
      high.add(y + 30 + 12 * random.nextGaussian());
    }
    MergedForecast merged =
        coordination.merge(
            came,
            List.of(
                new PartnerForecast("shop", good, List.of(100.0)),
                new PartnerForecast("sales", high, List.of(130.0))));
    assertThat(merged.next().get(0)).isCloseTo(100, within(4.0));
    assertThat(merged.error()).isLessThan(merged.errors().get("sales") / 4);
    assertThat(merged.error()).isLessThan(1.3 * merged.errors().get("shop"));
    assertThat(merged.weights().get("shop")).isGreaterThan(0.8);

    List<Double> alike = new ArrayList<>();
    for (double y : came) {
      alike.add(y + 3 * random.nextGaussian());
    }
    MergedForecast equal =
        coordination.merge(
            came,
            List.of(
                new PartnerForecast("a", good, List.of(100.0)),
                new PartnerForecast("b", alike, List.of(110.0))));
    assertThat(equal.method()).isEqualTo("equal weights");
    assertThat(equal.next()).containsExactly(105.0);
    assertThat(equal.error()).isLessThan(equal.errors().get("a"));
  }

  @Test
  void whatDoesNotFitIsNamed() {
    Series d = Series.of("d", Frequency.COUNTED, "0", independent(30, 1));
    Series flat = Series.of("flat", Frequency.COUNTED, "0", new double[30]);
    assertThatThrownBy(() -> coordination.bullwhip(List.of(d, flat))).hasMessageContaining("flat");
    assertThatThrownBy(() -> coordination.bullwhip(List.of(d))).hasMessageContaining("1 courses");
    assertThatThrownBy(() -> coordination.bullwhip(List.of(d, d.first(5))))
        .hasMessageContaining("5 periods");
    assertThatThrownBy(
            () -> coordination.sharing(d.first(10), new SharingChain(List.of(2), 5, 0.9)))
        .hasMessageContaining("d has 10");
    assertThatThrownBy(() -> new SharingChain(List.of(0), 5, 0.9)).hasMessageContaining("[0]");
    assertThatThrownBy(
            () ->
                coordination.merge(
                    List.of(1.0), List.of(new PartnerForecast("p", List.of(), List.of(1.0)))))
        .hasMessageContaining("partner p");
  }
}
