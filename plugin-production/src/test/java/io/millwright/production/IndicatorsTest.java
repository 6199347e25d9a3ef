package io.millwright.production;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millwright.production.UnitElements.Element;
import io.millwright.production.internal.indicators.IsoIndicators;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** One example, computed by hand from the formulas of ISO 22400-2:2014, clause 7. */
class IndicatorsTest {

  private static final UnitElements LINE =
      UnitElements.builder("line")
          .planned(40)
          .busy(37)
          .production(30)
          .setup(4)
          .down(3)
          .ideal(0.01)
          .produced(2700)
          .good(2673)
          .scrap(27)
          .repairs(List.of(1.0, 0.5, 1.5))
          .set(Element.ACTUAL_ORDER_EXECUTION_TIME, 50)
          .set(Element.PLANNED_SCRAP_QUANTITY, 54)
          .set(Element.REWORK_QUANTITY, 54)
          .set(Element.GOOD_PARTS, 2619)
          .set(Element.INSPECTED_PARTS, 2700)
          .set(Element.CALENDAR_TIME, 168)
          .build();

  @Test
  void theExampleByHand() {
    Map<String, Double> byHand = new TreeMap<>();
    byHand.put("allocation ratio", 0.74);
    byHand.put("throughput rate", 54.0);
    byHand.put("allocation efficiency", 0.925);
    byHand.put("utilization efficiency", 30 / 37.0);
    byHand.put("availability", 0.75);
    byHand.put("effectiveness", 0.9);
    byHand.put("quality ratio", 0.99);
    byHand.put("OEE index", 0.66825);
    byHand.put("NEE index", 0.75735);
    byHand.put("TEEP", 26.73 / 168);
    byHand.put("setup ratio", 2 / 17.0);
    byHand.put("technical efficiency", 10 / 11.0);
    byHand.put("production process ratio", 0.6);
    byHand.put("actual to planned scrap ratio", 0.5);
    byHand.put("first pass yield", 0.97);
    byHand.put("scrap ratio", 0.01);
    byHand.put("rework ratio", 0.02);
    byHand.put("mean operating time between failures", 9.25);
    byHand.put("mean time to failure", 7.5);
    byHand.put("mean time to repair", 0.75);
    List<Indicator> all = new IsoIndicators().of(LINE);
    assertThat(all).hasSize(byHand.size());
    for (Indicator i : all) {
      assertThat(i.value()).as(i.name()).isCloseTo(byHand.get(i.name()), within(1e-12));
      assertThat(i.low()).as(i.name()).isLessThanOrEqualTo(i.value());
      assertThat(i.high()).as(i.name()).isGreaterThanOrEqualTo(i.value());
    }
  }

  @Test
  void lossesAddUpToTheOee() {
    LossTree tree = new IsoIndicators().losses(LINE).orElseThrow();
    assertThat(tree.losses().stream().map(LossTree.Loss::hours).toList())
        .usingElementComparator((a, b) -> Math.abs(a - b) < 1e-9 ? 0 : 1)
        .containsExactly(3.0, 4.0, 3.0, 3.0, 0.27);
    assertThat(tree.valuable() / tree.planned()).isCloseTo(0.66825, within(1e-12));
    double lost = tree.losses().stream().mapToDouble(LossTree.Loss::hours).sum();
    assertThat(tree.valuable() + lost).isCloseTo(40, within(1e-9));
  }

  /** Clopper-Pearson at no scrap, and the chi-squared interval at one failure, in closed form. */
  @Test
  void fewSamplesMakeWideIntervals() {
    UnitElements few =
        UnitElements.builder("press")
            .busy(100)
            .production(90)
            .produced(20)
            .good(20)
            .scrap(0)
            .repairs(List.of(2.0))
            .build();
    Map<String, Indicator> by = new TreeMap<>();
    new IsoIndicators().of(few).forEach(i -> by.put(i.name(), i));
    assertThat(by.get("scrap ratio").high()).isCloseTo(1 - Math.pow(0.05, 1 / 20.0), within(1e-6));
    assertThat(by.get("quality ratio").low()).isCloseTo(Math.pow(0.05, 1 / 20.0), within(1e-6));
    assertThat(by.get("mean time to failure").high()).isCloseTo(90 / -Math.log(0.95), within(1e-3));
    assertThat(by.get("mean time to repair").high()).isInfinite();
    assertThat(by).doesNotContainKeys("OEE index", "availability");
  }

  @Test
  void wrongElementsAreAllSaid() {
    assertThatThrownBy(
            () ->
                UnitElements.builder("press")
                    .planned(-1)
                    .produced(10)
                    .good(11)
                    .repairs(List.of(Double.NaN))
                    .build())
        .hasMessageContaining("3 problems")
        .hasMessageContaining("PLANNED_BUSY_TIME")
        .hasMessageContaining("GOOD_QUANTITY")
        .hasMessageContaining("Maybe");
  }

  /** Else the TEEP would lie above the OEE. */
  @Test
  void moreIsNotPlannedThanTheCalendarHas() {
    UnitElements.Builder week =
        UnitElements.builder("press").production(30).set(Element.CALENDAR_TIME, 168);
    assertThat(week.planned(168).build().get(Element.PLANNED_BUSY_TIME)).contains(168.0);
    assertThatThrownBy(() -> week.planned(400).build())
        .hasMessageContaining("PLANNED_BUSY_TIME")
        .hasMessageContaining("above the calendar time of the period, 168.0 h");
  }
}
