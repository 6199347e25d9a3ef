package io.millwright.scheduling;

import static io.millwright.scheduling.CheckerCases.N;
import static io.millwright.scheduling.CheckerCases.at;
import static io.millwright.scheduling.CheckerCases.bad;
import static io.millwright.scheduling.CheckerCases.broken;
import static io.millwright.scheduling.CheckerCases.good;
import static io.millwright.scheduling.CheckerCases.op;
import static io.millwright.scheduling.CheckerCases.shop;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The checker's rules of lags, ovens, campaigns, mixes, stocks and set-ups at their boundaries. */
class CheckerConditionsTest {

  @Test
  void lagsWithAMost() {
    ShopJob job =
        ShopJob.of(
            "a", List.of(op("1", "m", 5), op("2", "n", 2).lagging(Lag.after("1", 1).within(3))));
    good(shop(job), at("a", "1", "m", 0, 5), at("a", "2", "n", 8, 10));
    bad(
        shop(job),
        List.of("later than 3 behind the end of job a, operation 1 at 5"),
        at("a", "1", "m", 0, 5),
        at("a", "2", "n", 9, 11));
  }

  @Test
  void loadsOfOvens() {
    Machine oven = Machine.builder("m").oven(new Oven(2, 3)).build();
    ShopJob a = ShopJob.chain("a", op("1", "m", 5).ofFamily("x"));
    ShopJob b = ShopJob.chain("b", op("1", "m", 4).ofFamily("x"));
    ShopJob c = ShopJob.chain("c", op("1", "m", 5).ofFamily("y"));
    Shop two = Shop.of("rules", List.of(oven, N), List.of(a, b));
    good(two, at("a", "1", "m", 0, 5), at("b", "1", "m", 0, 5));
    bad(two, List.of("takes from 0 to 5"), at("a", "1", "m", 0, 5), at("b", "1", "m", 0, 4));
    bad(
        two,
        List.of("load of 1 pieces", "load of 1 pieces"),
        at("a", "1", "m", 0, 5),
        at("b", "1", "m", 5, 9));
    assertThat(broken(two, at("a", "1", "m", 0, 5), at("b", "1", "m", 4, 8)))
        .anyMatch(t -> t.contains("ready at 5"));
    bad(
        Shop.of("rules", List.of(oven, N), List.of(a, c)),
        List.of("of family y in a load with job a"),
        at("a", "1", "m", 0, 5),
        at("c", "1", "m", 0, 5));
    Shop four = Shop.of("rules", List.of(oven), List.of(a.toBuilder().quantity(3).build(), b));
    bad(four, List.of("load of 4 pieces"), at("a", "1", "m", 0, 5), at("b", "1", "m", 0, 5));
    Machine rests = oven.working(Calendar.always().without(new Window(3, 4)));
    assertThat(
            broken(
                Shop.of("rules", List.of(rests), List.of(a, b)),
                at("a", "1", "m", 0, 5),
                at("b", "1", "m", 0, 5)))
        .anyMatch(t -> t.contains("pauses in a load"));
  }

  @Test
  void campaignsAndMixes() {
    Machine m = Machine.builder("m").campaign(2).mixes(new Mix("roof", 1, 2)).build();
    ShopJob a = ShopJob.chain("a", op("1", "m", 1).ofFamily("x"));
    ShopJob b = ShopJob.chain("b", op("1", "m", 1).ofFamily("y"));
    ShopJob c = ShopJob.chain("c", op("1", "m", 1).ofFamily("x"));
    Shop three = Shop.of("rules", List.of(m), List.of(a, b, c));
    good(three, at("a", "1", "m", 0, 1), at("c", "1", "m", 1, 2), at("b", "1", "m", 2, 3));
    bad(
        three,
        List.of("campaign of 1 pieces of family x", "campaign of 1 pieces of family y"),
        at("a", "1", "m", 0, 1),
        at("b", "1", "m", 1, 2),
        at("c", "1", "m", 2, 3));
    Operation roof = op("1", "m", 1).toBuilder().options("roof").build();
    Shop roofs =
        Shop.of(
            "rules",
            List.of(m),
            List.of(
                ShopJob.chain("a", roof),
                ShopJob.chain("b", op("1", "m", 1)),
                ShopJob.chain("c", roof)));
    good(roofs, at("a", "1", "m", 0, 1), at("b", "1", "m", 1, 2), at("c", "1", "m", 2, 3));
    bad(
        roofs,
        List.of("2 carry option roof, but at most 1 may"),
        at("a", "1", "m", 0, 1),
        at("c", "1", "m", 1, 2),
        at("b", "1", "m", 2, 3));
  }

  @Test
  void stocksKeepTheirLimits() {
    Operation makes = op("1", "m", 2).toBuilder().flows(Flow.makes("tank", 3)).build();
    Operation takes = op("1", "n", 2).toBuilder().flows(Flow.takes("tank", 2)).build();
    Shop shop =
        shop(ShopJob.chain("a", makes), ShopJob.chain("b", takes)).toBuilder()
            .stocks(Stock.tank("tank", 0, 3))
            .build();
    good(shop, at("a", "1", "m", 0, 2), at("b", "1", "n", 2, 4));
    bad(
        shop,
        List.of("leaves -2 of stock tank at 1"),
        at("a", "1", "m", 0, 2),
        at("b", "1", "n", 1, 3));
    Shop full = shop.toBuilder().stocks(Stock.tank("tank", 2, 3)).build();
    good(full, at("a", "1", "m", 0, 2), at("b", "1", "n", 2, 4));
    bad(
        full,
        List.of("leaves 5 of stock tank at 2"),
        at("a", "1", "m", 0, 2),
        at("b", "1", "n", 3, 5));
  }

  @Test
  void setUpsThatNeedSomebody() {
    List<Setup> change = List.of(new Setup("x", "y", 2).needing(new Need("fitter", 1)));
    Shop shop =
        Shop.builder(
                "rules",
                List.of(
                    Machine.builder("m").setups(change).family("x").build(),
                    Machine.builder("n").setups(change).family("x").build()),
                List.of(
                    ShopJob.chain("a", op("1", "m", 3).ofFamily("y")),
                    ShopJob.chain("b", op("1", "n", 3).ofFamily("y"))))
            .resources(List.of(Resource.of("fitter", 1)))
            .build();
    Assignment a = new Assignment("a", "1", "m", 2, 2, 5);
    good(shop, a, new Assignment("b", "1", "n", 2, 4, 7));
    bad(shop, List.of("2 of resource fitter are held"), a, new Assignment("b", "1", "n", 2, 3, 6));
  }
}
