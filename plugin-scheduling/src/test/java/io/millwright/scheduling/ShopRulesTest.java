package io.millwright.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millwright.api.Finding;
import io.millwright.api.MillwrightException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShopRulesTest {

  private static final Machine SAW = Machine.of("saw");
  private static final Machine DRILL = Machine.of("drill");

  private static Operation op(String id, String machine, long duration) {
    return Operation.of(id, Alternative.of(machine, duration));
  }

  private static Shop shop(ShopJob... jobs) {
    return Shop.of("test", List.of(SAW, DRILL), List.of(jobs));
  }

  private static List<String> places(Shop shop) {
    return shop.findings().stream().map(Finding::place).toList();
  }

  private static void finds(Shop shop, String place, String text) {
    assertThat(shop.findings())
        .as("findings of %s", shop.name())
        .anyMatch(f -> f.place().equals(place) && f.message().contains(text));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void drawnShopsAreValid(long seed) {
    assertThat(RandomShops.mixed(seed, 8, 4).findings()).isEmpty();
  }

  @Test
  void saysEverythingAtOnce() {
    Shop shop =
        shop(
            ShopJob.chain("a", op("1", "lathe", 5), op("2", "saw", -3)).weighing(-1),
            ShopJob.of(
                "b", List.of(op("1", "saw", 1).following("2"), op("2", "saw", 1).following("1"))),
            ShopJob.chain("c", Operation.of("1")).pieces(0));
    assertThat(places(shop))
        .containsExactlyInAnyOrder(
            "job a",
            "job a, operation 1",
            "job a, operation 2",
            "job b",
            "job c",
            "job c, operation 1");
    assertThatThrownBy(shop::checked)
        .isInstanceOf(MillwrightException.class)
        .hasMessageContaining("6 problems")
        .hasMessageContaining("unknown machine \"lathe\"")
        .hasMessageContaining("cycle among the operations 1, 2")
        .hasMessageContaining("Maybe use one of saw, drill");
  }

  @Test
  void findsConditionsThatCannotBeKept() {
    Machine oven = Machine.builder("saw").oven(new Oven(3, 2)).build();
    Machine line =
        Machine.builder("drill")
            .campaign(-1)
            .mixes(new Mix("roof", 2, 2))
            .setups(new Setup("x", "y", 1).needing(new Need("nobody", 1)))
            .build();
    Operation takes =
        op("1", "drill", 1).toBuilder()
            .flows(Flow.takes("steel", 2), Flow.takes("gold", 1), new Flow("steel", 1, -1))
            .options(" ")
            .build();
    Operation late = op("2", "drill", 1).lagging(Lag.after("1", 3).within(2));
    Shop shop =
        Shop.builder("test", List.of(oven, line), List.of(ShopJob.of("a", List.of(takes, late))))
            .stocks(
                Stock.of("steel", 1),
                Stock.of("steel", 0),
                Stock.tank("tank", 5, 4).supplied(new Stock.Supply(-1, 0)))
            .build();
    finds(shop, "machine saw", "loads of 3 to 2");
    finds(shop, "machine drill", "campaigns of -1");
    finds(shop, "machine drill", "lets 2 of any 2");
    finds(shop, "machine drill, set-up from x to y", "which no resource can meet");
    finds(shop, "job a, operation 1", "unknown stock \"gold\"");
    finds(shop, "job a, operation 1", "moves 1 + -1 a piece");
    finds(shop, "job a, operation 1", "option without a name");
    finds(shop, "job a, operation 2", "at least 3 and at most 2");
    finds(shop, "stock steel", "stands twice");
    finds(shop, "stock steel", "take 1 more than there is");
    finds(shop, "stock tank", "holds 5 at the start");
    finds(shop, "stock tank", "supplied with 0");
    finds(shop, "stock tank", "supplied at -1");
    Shop small =
        Shop.of(
            "test",
            List.of(Machine.builder("saw").oven(Oven.upTo(2)).build()),
            List.of(ShopJob.chain("a", op("1", "saw", 1)).pieces(3)));
    finds(small, "job a, operation 1", "3 pieces, more than any of its ovens");
    finds(
        Shop.of(
                "test",
                List.of(Machine.builder("saw").oven(Oven.upTo(2)).build(), DRILL),
                List.of(ShopJob.chain("a", op("1", "saw", 1), op("2", "drill", 1))))
            .asPermutation(),
        "permutation",
        "permutation flow shop has no");
  }

  @Test
  void findsOverflow() {
    finds(shop(ShopJob.chain("a", op("1", "saw", Long.MAX_VALUE))), "job a, operation 1", "2^52");
    finds(
        shop(
            ShopJob.chain("a", Operation.of("1", new Alternative("saw", 0, 1L << 40)))
                .pieces(1L << 40)),
        "job a, operation 1",
        "2^52");
    finds(
        shop(
            ShopJob.chain(
                "a", op("1", "saw", 1L << 51), op("2", "saw", 1L << 51), op("3", "saw", 1))),
        "jobs",
        "add up");
  }

  /**
   * One person does not meet two needs, whatever skills she has; two do, however they share them.
   */
  @Test
  void findsNeedsThatNobodyMeetsAtOnce() {
    Operation weld =
        Operation.builder(
                "weld",
                List.of(
                    new Alternative("saw", 3, 0, List.of(new Need("grinder", 1))),
                    Alternative.of("drill", 4)))
            .needs(List.of(new Need("welder", 1)))
            .build();
    Resource bob = Resource.of("bob", 1).skilled("welder", "grinder");
    Resource ann = Resource.of("ann", 1).skilled("welder");
    Shop one = shop(ShopJob.chain("a", weld)).toBuilder().resources(List.of(bob)).build();
    assertThat(one.findings()).as("the drill needs no grinder").isEmpty();
    Shop pinned = one.withPins(List.of(Pin.to("a", "weld", "saw")));
    finds(pinned, "job a, operation weld", "on machine saw, to which it is pinned,");
    Shop both =
        shop(
            ShopJob.chain(
                "a", op("saw", "saw", 1).needing(new Need("welder", 1), new Need("grinder", 1))));
    finds(
        both.toBuilder().resources(List.of(bob)).build(),
        "job a, operation saw",
        "all that it needs cannot be there at once");
    // Whoever asks first takes bob, and has to give him back.
    assertThat(both.toBuilder().resources(List.of(bob, ann)).build().findings()).isEmpty();
    assertThat(both.toBuilder().resources(List.of(ann, bob)).build().findings()).isEmpty();
    Shop crowd =
        shop(
            ShopJob.chain(
                "a", op("saw", "saw", 1).needing(new Need("welder", 2), new Need("grinder", 1))));
    assertThat(crowd.toBuilder().resources(List.of(bob, ann)).build().findings()).hasSize(1);
    assertThat(
            crowd.toBuilder()
                .resources(List.of(bob, ann, Resource.of("eve", 1).skilled("welder")))
                .build()
                .findings())
        .isEmpty();
  }

  @Test
  void findsMachinesWithoutTimeLeft() {
    Machine closed = SAW.working(Calendar.closed(new Window(100, Calendar.FOREVER)));
    Shop shop =
        Shop.of(
            "test",
            List.of(closed),
            List.of(
                ShopJob.chain("a", op("1", "saw", 10)).releasedAt(95),
                ShopJob.chain("b", op("1", "saw", 10))));
    assertThat(places(shop)).containsExactly("job a, operation 1");
    finds(shop, "job a, operation 1", "no time left");
  }

  @Test
  void findsBadResourcesAndNames() {
    Shop shop =
        Shop.builder(
                "test",
                List.of(SAW, SAW),
                List.of(
                    ShopJob.chain(
                        "a",
                        op("1", "saw", 1).needing(new Need("crew", 1)),
                        op("1", "saw", 1).needing(new Need("robot", 1)))))
            .resources(List.of(Resource.of("crew", 0)))
            .build();
    assertThat(places(shop))
        .contains("machine saw", "resource crew", "job a, operation 1")
        .doesNotContain("job a");
  }

  @Test
  void findsContradictingPins() {
    ShopJob a = ShopJob.chain("a", op("1", "saw", 10), op("2", "drill", 10));
    ShopJob b = ShopJob.chain("b", op("1", "saw", 10)).releasedAt(5);
    String a1 = "pin of job a, operation 1";
    String a2 = "pin of job a, operation 2";
    String b1 = "pin of job b, operation 1";
    finds(shop(a, b).withPins(List.of(Pin.to("a", "9", "saw"))), "pin of job a, operation 9", "no");
    finds(shop(a, b).withPins(List.of(Pin.to("a", "1", "drill"))), a1, "cannot do it");
    finds(
        shop(a, b).withPins(List.of(Pin.to("a", "1", "saw"), Pin.at("a", "1", "saw", 3))),
        a1,
        "twice");
    finds(
        shop(a, b).withPins(List.of(Pin.at("a", "1", "saw", 3), Pin.at("b", "1", "saw", 12))),
        b1,
        "until 13");
    finds(
        shop(a, b).withPins(List.of(Pin.at("a", "1", "saw", 3), Pin.at("a", "2", "drill", 12))),
        a2,
        "done at 13");
    finds(shop(a, b).withPins(List.of(Pin.at("b", "1", "saw", 2))), b1, "release 5");
    finds(
        shop(a, b).startingAt(50).withPins(List.of(Pin.at("a", "2", "drill", 12))),
        a2,
        "pin operation 1".substring(4));
    assertThat(
            shop(a, b)
                .withPins(List.of(Pin.at("a", "1", "saw", 0), Pin.at("b", "1", "saw", 10)))
                .findings())
        .isEmpty();
  }

  /** Every kind of bad input in one shop, each named with its job and operation. */
  @Test
  void allKindsOfBadInputAreSaidAtOnce() {
    Machine closing = DRILL.working(Calendar.closed(new Window(50, Calendar.FOREVER)));
    Resource crew =
        Resource.of("crew", 1).working(Calendar.closed(new Window(5, Calendar.FOREVER)));
    Operation ring = op("3", "saw", 1).following("4");
    Shop shop =
        Shop.of(
                "bad",
                List.of(SAW.drawing(Power.of(-1, 0)), closing),
                List.of(
                    ShopJob.chain("a", op("1", "lathe", 5), op("2", "saw", -3), Operation.of("3")),
                    ShopJob.of("b", List.of(ring, op("4", "saw", 1).following("3"))),
                    ShopJob.chain("c", op("1", "saw", Long.MAX_VALUE)),
                    ShopJob.chain("d", op("1", "drill", 60)),
                    ShopJob.chain("e", op("1", "saw", 9).needing(new Need("crew", 1))),
                    ShopJob.chain("f", op("1", "saw", 10)),
                    ShopJob.chain("g", op("1", "saw", 10))))
            .withResources(List.of(crew))
            .withPins(List.of(Pin.at("f", "1", "saw", 0), Pin.at("g", "1", "saw", 5)));
    assertThat(places(shop))
        .containsExactlyInAnyOrder(
            "machine saw",
            "job a, operation 1",
            "job a, operation 2",
            "job a, operation 3",
            "job b",
            "job c, operation 1",
            "job d, operation 1",
            "job e, operation 1",
            "pin of job g, operation 1");
    assertThatThrownBy(shop::checked)
        .hasMessageContaining("9 problems")
        .hasMessageContaining("unknown machine \"lathe\"")
        .hasMessageContaining("takes -3")
        .hasMessageContaining("no machine can do it")
        .hasMessageContaining("cycle among the operations 3, 4")
        .hasMessageContaining("beyond 2^52")
        .hasMessageContaining("no time left for it after release 0")
        .hasMessageContaining("while the pin of job f, operation 1 holds the machine until 10")
        .hasMessageContaining("draws -1.0 kW");
  }

  @Test
  void aPinMeetsTheCalendarsOfResourcesToo() {
    Resource crew = Resource.of("crew", 1).working(Calendar.closed(new Window(5, 20)));
    Shop shop =
        shop(ShopJob.chain("a", op("1", "saw", 9).needing(new Need("crew", 1))))
            .withResources(List.of(crew));
    finds(
        shop.withPins(List.of(Pin.at("a", "1", "saw", 7))),
        "pin of job a, operation 1",
        "resource it needs is away");
    assertThat(shop.withPins(List.of(Pin.at("a", "1", "saw", 4))).findings()).isEmpty();
  }

  @Test
  void aLongChainIsCheckedInNoTime() {
    Operation[] steps = new Operation[50_000];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = op("o" + i, "saw", 1);
    }
    assertThat(shop(ShopJob.chain("a", steps)).findings()).isEmpty();
  }

  @Test
  void aPermutationShopHasOneRoute() {
    ShopJob a = ShopJob.chain("a", op("1", "saw", 1), op("2", "drill", 1));
    ShopJob b = ShopJob.chain("b", op("1", "drill", 1), op("2", "saw", 1));
    assertThat(shop(a, a.releasedAt(0)).asPermutation().findings()).hasSize(1);
    finds(shop(a, b).asPermutation(), "job b", "route");
    finds(shop(a.releasedAt(4)).asPermutation(), "permutation", "releases");
  }
}
