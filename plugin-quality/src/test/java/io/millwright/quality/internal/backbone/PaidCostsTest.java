package io.millwright.quality.internal.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millwright.api.MillwrightException;
import io.millwright.quality.InspectionCosts;
import io.millwright.quality.PaidCosts;
import io.millwright.quality.Verdict;
import io.millwright.quality.Verdict.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Costs of decisions, by hand and by drawing. */
class PaidCostsTest {

  private static final InspectionCosts COSTS = InspectionCosts.of("good", 50, 1).review(0.5);

  private static Verdict verdict(double fine, Decision decision) {
    return new Verdict(
        fine >= 0.5 ? "good" : "bad", Map.of("good", fine, "bad", 1 - fine), decision);
  }

  @Test
  void countsByHand() {
    List<Verdict> verdicts =
        List.of(
            verdict(0.99, Decision.PASS),
            verdict(0.98, Decision.PASS),
            verdict(0.3, Decision.REJECT),
            verdict(0.2, Decision.REJECT),
            verdict(0.8, Decision.REVIEW));
    PaidCosts paid = Paying.of(COSTS, verdicts, List.of("good", "bad", "bad", "good", "bad"), 0.95);
    assertThat(paid.expected())
        .isCloseTo((0.01 * 50 + 0.02 * 50 + 0.3 + 0.2 + 0.5) / 5, within(1e-12));
    assertThat(paid.realised().value()).isCloseTo((50 + 1 + 0.5) / 5, within(1e-12));
    assertThat(paid.realised().low()).isPositive().isLessThan(paid.realised().value());
    assertThat(paid.realised().high()).isGreaterThan(paid.realised().value());
  }

  @Test
  void theIntervalHoldsWhatItCostsOnTheLongRun() {
    Random random = new Random(3);
    double escapes = 0.004;
    double rejects = 0.03;
    double looks = 0.1;
    double truth = 50 * escapes + rejects + 0.5 * looks;
    int held = 0;
    int plain = 0;
    for (int k = 0; k < 300; k++) {
      List<Verdict> verdicts = new ArrayList<>();
      List<String> truths = new ArrayList<>();
      double sum = 0;
      double squares = 0;
      for (int i = 0; i < 200; i++) {
        double u = random.nextDouble();
        Decision decision =
            u < escapes + 0.5
                ? Decision.PASS
                : u < escapes + 0.5 + looks ? Decision.REVIEW : Decision.REJECT;
        boolean bad = u < escapes || u >= escapes + 0.5 + looks + rejects;
        verdicts.add(verdict(0.5, decision));
        truths.add(bad ? "bad" : "good");
        double cost =
            u < escapes
                ? 50
                : decision == Decision.REVIEW ? 0.5 : decision == Decision.REJECT && !bad ? 1 : 0;
        sum += cost / 200;
        squares += cost * cost / 200;
      }
      PaidCosts paid = Paying.of(COSTS, verdicts, truths, 0.9);
      held += paid.realised().low() <= truth && truth <= paid.realised().high() ? 1 : 0;
      double half = 1.645 * Math.sqrt((squares - sum * sum) / 200);
      plain += Math.abs(sum - truth) <= half ? 1 : 0;
    }
    assertThat(held).isGreaterThanOrEqualTo(270);
    // A normal interval says 0 where no escape was seen yet.
    assertThat(plain).isLessThan(230);
  }

  @Test
  void refusesWhatSaysNothing() {
    List<Verdict> one = List.of(verdict(0.9, Decision.PASS));
    List<Runnable> wrong =
        List.of(
            () -> Paying.of(COSTS, List.of(), List.of(), 0.9),
            () -> Paying.of(COSTS, one, List.of(), 0.9),
            () -> Paying.of(COSTS, one, List.of("good"), 1),
            () -> Paying.of(COSTS, List.of(verdict(0.9, Decision.NONE)), List.of("good"), 0.9),
            () ->
                Paying.of(
                    InspectionCosts.of("good", 2, 1),
                    List.of(verdict(0.9, Decision.REVIEW)),
                    List.of("good"),
                    0.9));
    for (Runnable run : wrong) {
      assertThatThrownBy(run::run)
          .isInstanceOf(MillwrightException.class)
          .hasMessageContaining("Maybe");
    }
  }
}
