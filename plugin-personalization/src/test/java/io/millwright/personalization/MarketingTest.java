package io.millwright.personalization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millwright.api.Budget;
import io.millwright.api.ErrorCode;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.Solution;
import io.millwright.api.data.Column;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.data.TableBuilder;
import io.millwright.api.data.Unit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MarketingTest {

  private static final List<String> FEATURES = List.of("age", "orders", "region");

  private Millwright millwright;
  private Marketing marketing;

  @BeforeAll
  void open() {
    millwright = Millwright.create();
    marketing = millwright.plugin(Personalization.class).marketing();
  }

  @AfterAll
  void close() {
    millwright.close();
  }

  /** Outcome 0.2, and with treatment 0.3 x more where x is 0 to 1; or the same for all. */
  private static Table test(int rows, boolean differs, long key) {
    Random random = new Random(key);
    TableBuilder table =
        Table.builder(
            Schema.of(
                Column.number("x", Unit.NONE),
                Column.number("noise", Unit.NONE),
                Column.category("arm"),
                Column.number("bought", Unit.NONE)),
            rows);
    for (int r = 0; r < rows; r++) {
      double x = random.nextDouble();
      boolean treated = random.nextBoolean();
      double p = 0.2 + (treated ? differs ? 0.3 * x : 0.15 : 0);
      table.add(
          List.of(
              x,
              random.nextGaussian(),
              treated ? "mail" : "none",
              random.nextDouble() < p ? 1.0 : 0.0));
    }
    return table.build();
  }

  private static UpliftQuestion question(Table table) {
    return new UpliftQuestion(
        table, "arm", "none", "mail", "bought", List.of("x", "noise"), 0.3, 1);
  }

  @Test
  void findsWhomATreatmentMoves() throws InterruptedException {
    UpliftModel model = marketing.uplift(question(test(6000, true, 1))).await();
    assertThat(model.usable()).isTrue();
    assertThat(model.verdict()).contains("a usable difference");
    // The area of the true order: integral of 0.3 (x - x^2 / 2) - 0.15 x over shares = 0.025.
    UpliftModel.Qini fresh = model.judge(test(20000, true, 2));
    assertThat(fresh.area()).isCloseTo(0.025, within(0.006));
    assertThat(fresh.low()).isLessThan(fresh.area());
    assertThat(fresh.high()).isGreaterThan(fresh.area());
    assertThat(fresh.predicted()).isCloseTo(0.15, within(0.03));
    assertThat(fresh.actual()).isCloseTo(0.15, within(fresh.actualError() * 2));
    Table one = test(1, true, 3);
    double low = model.uplift(io.millwright.api.data.Row.of(one.schema(), 0.05, 0.0, "none", 0.0));
    double high = model.uplift(io.millwright.api.data.Row.of(one.schema(), 0.95, 0.0, "none", 0.0));
    assertThat(high - low).isCloseTo(0.27, within(0.12));
  }

  @Test
  void saysWhenItDoesNotMatterWhom() throws InterruptedException {
    UpliftModel model = marketing.uplift(question(test(6000, false, 5))).await();
    assertThat(model.usable()).isFalse();
    assertThat(model.verdict()).contains("no usable difference");
    Table one = test(2, false, 3);
    assertThat(model.uplift(io.millwright.api.data.Row.of(one.schema(), 0.05, 0.0, "none", 0.0)))
        .isEqualTo(
            model.uplift(io.millwright.api.data.Row.of(one.schema(), 0.95, 0.0, "none", 0.0)))
        .isCloseTo(0.15, within(0.045));
  }

  /** A test that changes nothing; who orders often buys more. */
  private static Table withoutEffect(long key) {
    Random random = new Random(key);
    TableBuilder table =
        Table.builder(
            Schema.of(
                Column.number("age", Unit.NONE),
                Column.number("orders", Unit.NONE),
                Column.category("region"),
                Column.category("arm"),
                Column.number("bought", Unit.NONE)),
            800);
    for (int r = 0; r < 800; r++) {
      double orders = random.nextInt(20);
      table.add(
          List.of(
              (double) random.nextInt(60),
              orders,
              List.of("north", "south", "west").get(random.nextInt(3)),
              random.nextBoolean() ? "mail" : "none",
              random.nextDouble() < 0.1 + 0.005 * orders ? 1.0 : 0.0));
    }
    return table.build();
  }

  /** Who orders often is sent the mail, or the column is what the mail brought. */
  private static Table unlike(boolean after) {
    Random random = new Random(4);
    TableBuilder table =
        Table.builder(
            Schema.of(
                Column.number("x", Unit.NONE),
                Column.number("noise", Unit.NONE),
                Column.category("arm"),
                Column.number("bought", Unit.NONE)),
            3000);
    for (int r = 0; r < 3000; r++) {
      double x = random.nextDouble();
      boolean treated = random.nextDouble() < (after ? 0.5 : 0.2 + 0.6 * x);
      double seen = after && treated ? x + 0.4 * random.nextDouble() : x;
      table.add(
          List.of(
              seen,
              random.nextGaussian(),
              treated ? "mail" : "none",
              random.nextDouble() < 0.2 + 0.4 * x ? 1.0 : 0.0));
    }
    return table.build();
  }

  @Test
  void saysWhereNoLotDrewTheArms() throws InterruptedException {
    for (boolean after : new boolean[] {false, true}) {
      UpliftModel model = marketing.uplift(question(unlike(after))).await();
      assertThat(model.unlike()).containsExactly("x");
      assertThat(model.usable()).isFalse();
      assertThat(model.verdict()).contains("the arms are not alike").contains("x by ");
    }
    assertThat(marketing.uplift(question(test(6000, true, 5))).await().unlike()).isEmpty();
  }

  @Test
  void seldomFindsWhereThereIsNothing() throws InterruptedException {
    int found = 0;
    for (int key = 20; key < 60; key++) {
      UpliftQuestion question =
          new UpliftQuestion(withoutEffect(key), "arm", "none", "mail", "bought", FEATURES, 0, 1);
      UpliftModel model = marketing.uplift(question).await();
      assertThat(model.unlike()).isEmpty();
      found += model.usable() ? 1 : 0;
    }
    assertThat(found).as("of 40, at 5 %").isLessThanOrEqualTo(3);
  }

  @Test
  void aDifferenceMustShowOnTheCustomersLeftOutToo() throws InterruptedException {
    int seen = 0;
    for (int key = 20; key < 60; key++) {
      UpliftModel model =
          marketing
              .uplift(
                  new UpliftQuestion(
                      withoutEffect(key), "arm", "none", "mail", "bought", FEATURES, 0.3, 1))
              .await();
      assertThat(model.usable()).as("of draw " + key).isFalse();
      seen += model.verdict().contains("not confirmed on the") ? 1 : 0;
    }
    assertThat(seen).isPositive();
  }

  @Test
  void refusesWhatIsNoTest() {
    Table table = test(400, true, 1);
    assertThatThrownBy(
            () ->
                marketing.uplift(
                    new UpliftQuestion(
                        table, "arm", "none", "letter", "bought", List.of("x"), 0, 1)))
        .hasMessageContaining("0 rows of \"letter\"")
        .hasMessageContaining("mail");
    assertThatThrownBy(
            () ->
                marketing.uplift(
                    new UpliftQuestion(
                        table, "arm", "none", "mail", "bought", List.of("bought"), 0, 1)))
        .hasMessageContaining("is the outcome");
    assertThatThrownBy(
            () ->
                marketing.uplift(
                    new UpliftQuestion(table, "arm", "none", "mail", "sold", List.of("x"), 0, 1)))
        .extracting(e -> ((MillwrightException) e).code())
        .isEqualTo(ErrorCode.MISSING_COLUMN);
  }

  @Test
  void assignsOffersAsEnumerationDoes() throws InterruptedException {
    Random random = new Random(4);
    for (int run = 0; run < 5; run++) {
      List<OfferProblem.Recipient> customers = new ArrayList<>();
      Map<String, Map<String, Double>> values = new LinkedHashMap<>();
      for (int c = 0; c < 4; c++) {
        customers.add(
            new OfferProblem.Recipient(
                "c" + c, random.nextBoolean() ? Set.of("email", "phone") : Set.of("email"), 1));
        Map<String, Double> of = new HashMap<>();
        for (int o = 0; o < 3; o++) {
          of.put("o" + o, 1.0 + random.nextInt(20));
        }
        values.put("c" + c, of);
      }
      List<OfferProblem.Offer> offers =
          List.of(
              new OfferProblem.Offer("o0", "email", 1, 2),
              new OfferProblem.Offer("o1", "phone", 3, 4),
              new OfferProblem.Offer("o2", "email", 2, 1));
      OfferProblem problem = new OfferProblem(customers, offers, values, 5);
      Solution<OfferPlan> plan =
          marketing.offers().optimize(problem, Budget.of(Duration.ofMinutes(10))).await();
      assertThat(plan.end()).isEqualTo(Solution.End.OPTIMAL);
      assertThat(plan.orElseThrow().value()).isCloseTo(best(problem, 0, new int[4]), within(1e-6));
      assertThat(plan.orElseThrow().cost()).isLessThanOrEqualTo(5);
      plan.orElseThrow()
          .offers()
          .forEach(
              (c, o) -> {
                assertThat(o).hasSize(1);
                if (o.contains("o1")) {
                  assertThat(customers.get(c.charAt(1) - '0').consent()).contains("phone");
                }
              });
    }
  }

  /** Each customer one of four: nothing, or an offer. */
  private static double best(OfferProblem p, int c, int[] chosen) {
    if (c == chosen.length) {
      int[] made = new int[3];
      double cost = 0;
      double value = 0;
      for (int k = 0; k < chosen.length; k++) {
        if (chosen[k] > 0) {
          OfferProblem.Offer o = p.offers().get(chosen[k] - 1);
          if (!p.customers().get(k).consent().contains(o.channel())) {
            return 0;
          }
          made[chosen[k] - 1]++;
          cost += o.cost();
          value += p.values().get("c" + k).get(o.name()) - o.cost();
        }
      }
      boolean fits = cost <= p.budget();
      for (int o = 0; o < 3; o++) {
        fits &= made[o] <= p.offers().get(o).most();
      }
      return fits ? value : 0;
    }
    double most = 0;
    for (int o = 0; o <= 3; o++) {
      chosen[c] = o;
      most = Math.max(most, best(p, c + 1, chosen));
    }
    chosen[c] = 0;
    return most;
  }

  private static double reward(List<Double> x, String action, Random random) {
    double p = action.equals("a") ? 0.1 + 0.6 * x.get(0) : action.equals("b") ? 0.4 : 0.1;
    return random.nextDouble() < p ? 1 : 0;
  }

  @Test
  void banditLearnsLogsAndIsJudgedOffPolicy() {
    Random random = new Random(6);
    Bandit bandit = marketing.bandit(List.of("a", "b", "c"), 1, 30, 2);
    List<LoggedDecision> log = new ArrayList<>();
    double late = 0;
    for (int k = 0; k < 6000; k++) {
      List<Double> x = List.of(random.nextDouble());
      Bandit.Decision d = bandit.decide(x, Set.of("a", "b", "c")).orElseThrow();
      double reward = reward(x, d.action(), random);
      log.add(bandit.learn(d, reward));
      late += k >= 3000 ? reward : 0;
    }
    // At random it earns 0.3; the best policy 0.49.
    assertThat(late / 3000).isGreaterThan(0.4);
    assertThat(bandit.decide(List.of(0.5), Set.of())).isEmpty();
    for (int k = 0; k < 200; k++) {
      assertThat(bandit.decide(List.of(0.9), Set.of("c")).orElseThrow())
          .isEqualTo(new Bandit.Decision(List.of(0.9), "c", 1));
    }
    Policy best = x -> x.get(0) > 0.5 ? Map.of("a", 1.0) : Map.of("b", 1.0);
    double simulated = 0;
    for (int k = 0; k < 100_000; k++) {
      List<Double> x = List.of(random.nextDouble());
      simulated += reward(x, x.get(0) > 0.5 ? "a" : "b", random) / 100_000;
    }
    PolicyValue value = marketing.judge(log, best);
    assertThat(value.ips()).isCloseTo(simulated, within(2 * value.ipsError()));
    assertThat(value.snips()).isCloseTo(simulated, within(2 * value.snipsError()));
    assertThat(value.doublyRobust()).isCloseTo(simulated, within(2 * value.doublyRobustError()));
    assertThat(value.doublyRobustError()).isLessThan(0.04);
    assertThat(value.effective()).isBetween(500.0, 6000.0);
    assertThatThrownBy(
            () ->
                marketing.judge(
                    List.of(log.get(0), new LoggedDecision(List.of(0.1), "a", 0, 1)), best))
        .hasMessageContaining("decision 2 has propensity 0.0");
  }
}
