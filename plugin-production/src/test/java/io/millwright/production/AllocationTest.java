package io.millwright.production;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millwright.api.Budget;
import io.millwright.api.Solution;
import io.millwright.production.AllocationProblem.Line;
import io.millwright.production.AllocationProblem.Product;
import io.millwright.production.Rating.Point;
import io.millwright.runtime.support.KeyedRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Direct.class)
class AllocationTest {

  private static final Budget PATIENT = Budget.of(Duration.ofMinutes(10));

  /**
   * One product without stock: every period is a problem of its own, in which each set of open
   * lines is tried and its cheapest pieces are taken first.
   */
  @Test
  void smallProblemsAreAsEnumerated(Production production) throws InterruptedException {
    KeyedRandom random = KeyedRandom.of(4, KeyedRandom.Purpose.OTHER);
    for (int trial = 0; trial < 8; trial++) {
      int n = 4;
      double[] rate = new double[n];
      double[] energy = new double[n];
      double[] open = new double[n];
      AllocationProblem.Builder b = AllocationProblem.builder(2);
      List<Double> demand = List.of(60.0 + random.nextInt(80), 40.0 + random.nextInt(100));
      b.product(new Product("p", demand, 0, 1e6, 0, 0));
      for (int l = 0; l < n; l++) {
        rate[l] = 4 + random.nextInt(6);
        energy[l] = 5 + random.nextInt(20);
        open[l] = 20 + random.nextInt(80);
        b.line(new Line("L" + l, List.of(8.0, 8.0), 1, open[l], 0));
        b.rating(new Rating("L" + l, "p", List.of(new Point(1, rate[l], 0, energy[l], 0))));
      }
      b.prices(List.of(1.0, 1.0), 0).people(List.of(3.0, 3.0));
      double optimum = 0;
      for (double d : demand) {
        double best = Double.POSITIVE_INFINITY;
        for (int set = 0; set < 1 << n; set++) {
          List<Integer> lines = new ArrayList<>();
          double cost = 0;
          for (int l = 0; l < n; l++) {
            if ((set >> l & 1) == 1) {
              lines.add(l);
              cost += open[l];
            }
          }
          lines.sort(Comparator.comparingDouble(l -> energy[l] / rate[l]));
          double left = d;
          for (int l : lines) {
            double pieces = Math.min(left, 8 * rate[l]);
            cost += pieces * energy[l] / rate[l];
            left -= pieces;
          }
          if (left < 1e-9 && lines.size() <= 3) {
            best = Math.min(best, cost);
          }
        }
        optimum += best;
      }
      Solution<Allocation> s = production.allocation().optimize(b.build(), PATIENT).await();
      if (optimum == Double.POSITIVE_INFINITY) {
        assertThat(s.end()).isEqualTo(Solution.End.INFEASIBLE);
      } else {
        assertThat(s.end()).isEqualTo(Solution.End.OPTIMAL);
        assertThat(s.orElseThrow().cost()).isCloseTo(optimum, within(1e-5 * optimum));
      }
    }
  }

  private static AllocationProblem uncertain(double service) {
    AllocationProblem.Builder b = AllocationProblem.builder(2).service(service);
    b.product(new Product("p", List.of(100.0, 100.0), 0, 0.01, 0, 0));
    for (int l = 0; l < 3; l++) {
      b.line(new Line("L" + l, List.of(10.0, 10.0), 0, 0, 0));
      b.rating(
          new Rating(
              "L" + l,
              "p",
              List.of(new Point(1, 8, 0, 5 + l, 0.8), new Point(2, 10, 1, 9 + l, 1))));
    }
    return b.prices(List.of(1.0, 1.0), 1).build();
  }

  /** Rates are drawn anew: how often both deliveries are kept. */
  private static double[] kept(Allocation a) {
    KeyedRandom random = KeyedRandom.of(8, KeyedRandom.Purpose.OTHER);
    int draws = 20_000;
    double[] kept = new double[2];
    for (int d = 0; d < draws; d++) {
      double[] error = {random.nextGaussian(), random.nextGaussian(), random.nextGaussian()};
      double made = 0;
      for (int t = 0; t < 2; t++) {
        for (Allocation.Run r : a.runs()) {
          if (r.period() == t) {
            int l = r.line().charAt(1) - '0';
            // Ten parts in a hundred of the good rate at both speeds.
            made += r.good() * (1 + 0.1 * error[l]);
          }
        }
        kept[t] += made >= 100 * (t + 1) - 1e-6 ? 1.0 / draws : 0;
      }
    }
    return kept;
  }

  @Test
  void aChanceIsKeptWhereThePointForecastBreaksIt(Production production)
      throws InterruptedException {
    Allocation sure =
        production.allocation().optimize(uncertain(0.95), PATIENT).await().orElseThrow();
    Allocation point =
        production.allocation().optimize(uncertain(0.5), PATIENT).await().orElseThrow();
    assertThat(kept(sure)[0]).isBetween(0.945, 0.97);
    assertThat(kept(sure)[1]).isBetween(0.945, 1.0);
    assertThat(kept(point)[0]).isLessThan(0.6);
    assertThat(sure.cost()).isGreaterThan(point.cost());
  }

  @Test
  void theBindingLimitIsNamed(Production production) throws InterruptedException {
    AllocationProblem.Builder b = AllocationProblem.builder(1);
    b.product(new Product("p", List.of(50.0), 0, 0, 0, 2));
    b.line(new Line("L", List.of(10.0), 0, 0, 0));
    b.rating(new Rating("L", "p", List.of(new Point(1, 10, 0, 4, 0))));
    b.energy(List.of(15.0)).material(List.of(1000.0));
    AllocationProblem problem = b.build();
    assertThat(production.allocation().optimize(problem, PATIENT).await().end())
        .isEqualTo(Solution.End.INFEASIBLE);
    assertThat(production.allocation().missing(problem)).hasSize(1);
    assertThat(production.allocation().missing(problem).get(0).toString())
        .contains("energy")
        .contains("rises by 5 in all");
  }

  /**
   * Line A cannot be staffed, so hours help on line B alone; together they are 920 pieces short.
   */
  @Test
  void hoursBeyondTheLimitNeedPeopleAndSetUpsToo(Production production) {
    AllocationProblem.Builder b = AllocationProblem.builder(2);
    b.product(new Product("p", List.of(900.0, 1100.0), 0, 0, 0, 0));
    b.line(new Line("A", List.of(16.0, 16.0), 99, 0, 0));
    b.line(new Line("B", List.of(16.0, 8.0), 2, 0, 0));
    b.rating(new Rating("A", "p", List.of(new Point(1, 70, 0, 0, 0))));
    b.rating(new Rating("B", "p", List.of(new Point(1, 46, 0, 0, 0))));
    b.people(List.of(6.0, 6.0));
    assertThat(production.allocation().missing(b.build()).get(0).toString())
        .contains("hours of lines")
        .contains("rises by " + (2000 / 46.0 - 24 + "").substring(0, 6));

    AllocationProblem.Builder none = AllocationProblem.builder(1);
    none.product(new Product("p", List.of(50.0), 0, 0, 0, 0));
    none.line(new Line("L", List.of(10.0), 3, 0, 0));
    none.rating(new Rating("L", "p", List.of(new Point(1, 10, 0, 0, 0))));
    none.people(List.of(0.0));
    assertThat(production.allocation().missing(none.build()).toString())
        .contains("people")
        .doesNotContain("hours of lines");

    AllocationProblem.Builder set = AllocationProblem.builder(1);
    set.product(new Product("p", List.of(120.0), 0, 0, 0, 0));
    set.line(new Line("L", List.of(10.0), 0, 0, 2));
    set.rating(new Rating("L", "p", List.of(new Point(1, 10, 0, 0, 0))));
    assertThat(production.allocation().missing(set.build()).toString())
        .contains("hours of lines")
        .contains("rises by 4 in all");
  }

  /** Ten more pieces of material at the beginning are there in every later period as well. */
  @Test
  void materialThatIsMissingCountsOnce(Production production) {
    AllocationProblem.Builder b = AllocationProblem.builder(3);
    b.product(new Product("p", List.of(50.0, 50.0, 50.0), 0, 0, 0, 1));
    b.line(new Line("L", List.of(10.0, 10.0, 10.0), 0, 0, 0));
    b.rating(new Rating("L", "p", List.of(new Point(1, 10, 0, 0, 0))));
    b.material(List.of(40.0, 50.0, 50.0));
    assertThat(production.allocation().missing(b.build()).toString())
        .contains("material")
        .contains("rises by 10 in all");
  }

  @Test
  void slipsAreNamedWithPlaceAndWayOut(Production production) {
    AllocationProblem.Builder b = AllocationProblem.builder(1);
    b.product(new Product("p", List.of(1e300), 0, -2, 0, 0));
    b.line(new Line("L", List.of(10.0), 0, 0, 0));
    b.rating(new Rating("M", "q", List.of(new Point(1, 10, 0, 0, 0))));
    assertThatThrownBy(b::build)
        .hasMessageContaining("demand of p, period 1: is 1.0E300")
        .hasMessageContaining("larger units")
        .hasMessageContaining("holding cost of p: is -2.0")
        .hasMessageContaining("rating of line M for product q: there is no such line")
        .hasMessageContaining("use one of [p]");

    AllocationProblem.Builder none = AllocationProblem.builder(1);
    none.product(new Product("p", List.of(5.0), 0, 0, 0, 0));
    none.line(new Line("L", List.of(10.0), 0, 0, 0));
    assertThat(production.allocation().missing(none.build()).toString())
        .contains("no line makes any");
    assertThatThrownBy(() -> AllocationProblem.builder(1).build())
        .hasMessageContaining("products: there are none")
        .hasMessageContaining("lines: there are none");
  }

  @Test
  void lessEnergyCostsMore(Production production) throws InterruptedException {
    AllocationProblem.Builder b = AllocationProblem.builder(1);
    b.product(new Product("p", List.of(100.0), 0, 0, 0, 0));
    b.line(new Line("old", List.of(20.0), 0, 10, 0)).line(new Line("new", List.of(20.0), 0, 90, 0));
    b.rating(new Rating("old", "p", List.of(new Point(1, 10, 1, 30, 0))));
    b.rating(
        new Rating("new", "p", List.of(new Point(1, 10, 0, 10, 0), new Point(2, 14, 2, 20, 0))));
    b.prices(List.of(0.1), 1);
    List<Allocator.TradeOff> curve =
        production.allocation().energyCurve(b.build(), 6, PATIENT).await();
    assertThat(curve.size()).isGreaterThanOrEqualTo(2);
    for (int k = 1; k < curve.size(); k++) {
      assertThat(curve.get(k).energy()).isLessThan(curve.get(k - 1).energy());
      assertThat(curve.get(k).cost()).isGreaterThanOrEqualTo(curve.get(k - 1).cost() - 1e-6);
    }
    assertThat(curve.get(curve.size() - 1).energy()).isCloseTo(100, within(0.01));
  }

  @Test
  void ratesAreLearntWithTheirError() {
    KeyedRandom random = KeyedRandom.of(3, KeyedRandom.Purpose.OTHER);
    List<Rating.Run> runs = new ArrayList<>();
    for (int r = 0; r < 200; r++) {
      double speed = r < 100 ? 1 : 2;
      runs.add(
          new Rating.Run(speed, 2, 2 * (10 * speed + random.nextGaussian()), 1, 2 * 3 * speed));
    }
    Rating rating = Rating.learnt("L", "p", runs, 2);
    assertThat(rating.points()).hasSize(2);
    assertThat(rating.points().get(1).good()).isCloseTo(20, within(0.4));
    assertThat(rating.points().get(1).deviation()).isCloseTo(0.1, within(0.03));
    assertThat(rating.points().get(0).energy()).isCloseTo(3, within(1e-9));
  }

  @Test
  void badInputIsSaid() {
    assertThatThrownBy(() -> new Rating("L", "p", List.of(new Point(1, -2, 0, 1, 0))))
        .hasMessageContaining("OUT_OF_RANGE")
        .hasMessageContaining("Maybe");
    assertThatThrownBy(
            () -> new Rating("L", "p", List.of(new Point(2, 2, 0, 1, 0), new Point(1, 2, 0, 1, 0))))
        .hasMessageContaining("speeds do not rise");
    assertThatThrownBy(
            () ->
                AllocationProblem.builder(2)
                    .product(new Product("p", List.of(1.0, Double.NaN), 0, 0, 0, 0))
                    .line(new Line("L", List.of(-1.0, 1.0), 0, 0, 0))
                    .rating(new Rating("X", "p", List.of(new Point(1, 1, 0, 1, 0))))
                    .service(2)
                    .build())
        .hasMessageContaining("4 problems");
    assertThatThrownBy(() -> Rating.learnt("L", "p", List.of(), 1))
        .hasMessageContaining("TOO_FEW_DATA");
  }
}
