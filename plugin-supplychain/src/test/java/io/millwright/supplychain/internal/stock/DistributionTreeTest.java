package io.millwright.supplychain.internal.stock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millwright.supplychain.StockNetworks;
import io.millwright.supplychain.StockNetworks.BaseStocks;
import io.millwright.supplychain.StockNetworks.Branch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trees of stock beside a simulation of each piece, and beside trying all levels. */
class DistributionTreeTest {

  private static final StockNetworks NETWORKS = new DefaultStockNetworks();

  /** A plant, two regional stores of which one has customers of its own, three shops. */
  private static List<Branch> threeLevels(double fill) {
    double owed = fill > 0 ? 0 : 18;
    return List.of(
        new Branch("plant", "", 0, 0.4, 0, 0, 2),
        new Branch("north", "plant", 0, 0.7, 0, 0, 1),
        new Branch("south", "plant", 0.6, 0.7, owed, fill, 1.5),
        new Branch("a", "north", 1.2, 1, owed, fill, 1),
        new Branch("b", "north", 0.5, 1.1, owed, fill, 0.5),
        new Branch("c", "south", 0.8, 1, owed, fill, 1));
  }

  /** Cost per unit of time, then the share of each site's orders that is met at once. */
  private static double[] simulated(List<Branch> sites, List<Double> levels, int pieces, long key) {
    Random random = new Random(key);
    int n = sites.size();
    double all = sites.stream().mapToDouble(Branch::demand).sum();
    List<List<Double>> free = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      List<Double> start = new ArrayList<>();
      for (int k = 0; k < levels.get(i); k++) {
        start.add(0.0);
      }
      free.add(start);
    }
    int[] orders = new int[n];
    int[] taken = new int[n];
    int[] met = new int[n];
    double cost = 0;
    double now = 0;
    double from = 0;
    for (int k = 0; k < pieces; k++) {
      now += -Math.log(1 - random.nextDouble()) / all;
      if (k == pieces / 20) {
        cost = 0;
        from = now;
        Arrays.fill(orders, 0);
        Arrays.fill(met, 0);
      }
      double u = random.nextDouble() * all;
      int asked = 0;
      while (u >= sites.get(asked).demand()) {
        u -= sites.get(asked++).demand();
      }
      List<Integer> up = new ArrayList<>();
      for (int at = asked; at >= 0; at = place(sites, sites.get(at).supplier())) {
        up.add(at);
      }
      // From the root down, each site sends the oldest piece that it has or will have.
      double sent = now;
      for (int step = up.size() - 1; step >= 0; step--) {
        int at = up.get(step);
        // The order for this demand reaches the site when its supplier has sent it.
        free.get(at).add(sent + sites.get(at).leadTime());
        double there = free.get(at).get(taken[at]++);
        orders[at]++;
        met[at] += there <= now ? 1 : 0;
        cost += sites.get(at).holding() * Math.max(0, now - there);
        sent = Math.max(now, there);
        if (at == asked) {
          cost += sites.get(at).shortage() * Math.max(0, there - now);
        }
      }
    }
    double[] answer = new double[n + 1];
    answer[0] = cost / (now - from);
    for (int i = 0; i < n; i++) {
      answer[i + 1] = (double) met[i] / orders[i];
    }
    return answer;
  }

  private static int place(List<Branch> sites, String name) {
    for (int i = 0; i < sites.size(); i++) {
      if (sites.get(i).name().equals(name)) {
        return i;
      }
    }
    return -1;
  }

  @Test
  void threeLevelsCostAndServeAsTheirSimulation() {
    List<Branch> sites = threeLevels(0);
    BaseStocks planned = NETWORKS.tree(sites);
    assertThat(planned.proven()).isTrue();
    double[] played = simulated(sites, planned.levels(), 400_000, 3);
    assertThat(planned.cost()).isCloseTo(played[0], within(0.015 * played[0]));
    for (int i = 0; i < sites.size(); i++) {
      assertThat(planned.fills().get(i))
          .as(sites.get(i).name())
          .isCloseTo(played[i + 1], within(0.01));
    }
    // The same demand for every other plan (common random numbers).
    double[] same = simulated(sites, planned.levels(), 100_000, 4);
    for (int i = 0; i < sites.size(); i++) {
      for (int move : new int[] {-2, 2}) {
        List<Double> other = new ArrayList<>(planned.levels());
        other.set(i, Math.max(0, other.get(i) + move));
        assertThat(simulated(sites, other, 100_000, 4)[0]).isGreaterThan(0.995 * same[0]);
        assertThat(NETWORKS.tree(sites, other).cost()).isGreaterThanOrEqualTo(planned.cost());
      }
    }
  }

  @Test
  void fillRatesAreReachedInSimulation() {
    List<Branch> sites = threeLevels(0.95);
    BaseStocks planned = NETWORKS.tree(sites);
    double[] played = simulated(sites, planned.levels(), 400_000, 5);
    for (int i = 2; i < sites.size(); i++) {
      assertThat(planned.fills().get(i)).isGreaterThanOrEqualTo(0.95);
      // Waits go together, so the interval is wider than that of coins.
      assertThat(played[i + 1]).isGreaterThan(0.95 - 0.006);
    }
    assertThat(planned.cost()).isCloseTo(played[0], within(0.015 * played[0]));
    assertThat(planned.cost())
        .isLessThan(NETWORKS.tree(threeLevels(0.98)).cost())
        .isGreaterThan(NETWORKS.tree(threeLevels(0.9)).cost());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void noLevelsCostLessThanThoseFound(long key) {
    Random random = new Random(key);
    List<Branch> sites = new ArrayList<>();
    sites.add(new Branch("r", "", 0, 0.2 + random.nextDouble(), 0, 0, 1 + random.nextDouble()));
    for (int i = 0; i < 3; i++) {
      boolean served = i == 2 || random.nextBoolean();
      sites.add(
          new Branch(
              "s" + i,
              i == 2 ? "s" + random.nextInt(2) : "r",
              0.2 + random.nextDouble(),
              0.5 + random.nextDouble(),
              served ? 5 + 10 * random.nextDouble() : 0,
              served && key % 2 == 0 ? 0 : 0.8,
              random.nextDouble()));
    }
    BaseStocks planned = NETWORKS.tree(sites);
    assertThat(planned.proven()).isTrue();
    double best = Double.POSITIVE_INFINITY;
    int most = 8;
    for (int all = 0; all < most * most * most * most; all++) {
      List<Double> levels = new ArrayList<>();
      for (int i = 0, left = all; i < 4; i++, left /= most) {
        levels.add((double) (left % most));
      }
      BaseStocks one = NETWORKS.tree(sites, levels);
      boolean reached = true;
      for (int i = 0; i < 4; i++) {
        reached &= sites.get(i).demand() == 0 || one.fills().get(i) >= sites.get(i).fill();
      }
      best = reached ? Math.min(best, one.cost()) : best;
    }
    assertThat(planned.cost()).isCloseTo(best, within(1e-9));
  }

  @Tag("thorough")
  @Test
  void aLongChainAndAWideTreeEndInTime() {
    List<Branch> sites = new ArrayList<>();
    sites.add(new Branch("0", "", 0, 0.3, 0, 0, 3));
    for (int i = 1; i < 40; i++) {
      sites.add(
          new Branch(
              Integer.toString(i),
              Integer.toString((i - 1) / 3),
              i > 12 ? 1 + i % 4 : 0,
              0.5 + 0.01 * i,
              i > 12 ? 12 : 0,
              0,
              1 + i % 2));
    }
    long start = System.nanoTime();
    BaseStocks found = NETWORKS.tree(sites);
    assertThat((System.nanoTime() - start) / 1e9).isLessThan(60);
    assertThat(found.cost()).isLessThan(NETWORKS.tree(sites, zeros(40)).cost());
    List<Double> other = new ArrayList<>(found.levels());
    other.set(1, other.get(1) + 1);
    assertThat(NETWORKS.tree(sites, other).cost()).isGreaterThanOrEqualTo(found.cost());
  }

  @Test
  void twoLevelsAreAlwaysProven() {
    List<Branch> sites = new ArrayList<>();
    sites.add(new Branch("0", "", 0, 0.3, 0, 0, 2));
    for (int i = 1; i < 9; i++) {
      sites.add(new Branch(Integer.toString(i), "0", 20 + i, 0.5, 9, 0, 1));
    }
    assertThat(NETWORKS.tree(sites).proven()).isTrue();
  }

  private static List<Double> zeros(int n) {
    return java.util.Collections.nCopies(n, 0.0);
  }

  @Test
  void whatIsNoTreeIsNamed() {
    Branch root = new Branch("plant", "", 0, 1, 0, 0, 1);
    bad("\"x\", which is no site", root, new Branch("a", "x", 1, 1, 9, 0, 1));
    bad("stands twice", root, new Branch("plant", "plant", 1, 1, 9, 0, 1));
    bad("one alone must have none", root, new Branch("a", "", 1, 1, 9, 0, 1));
    bad("circle", root, new Branch("a", "b", 1, 1, 9, 0, 1), new Branch("b", "a", 1, 1, 9, 0, 1));
    bad("\"a\" has no demand", root, new Branch("a", "plant", 0, 1, 9, 0, 1));
    bad("neither a cost of shortage nor a fill", root, new Branch("a", "plant", 1, 1, 0, 0, 1));
    bad("lead time of \"a\" is -1.0", root, new Branch("a", "plant", 1, 1, 9, 0, -1));
    bad("fill rate of \"a\" is 95.0", root, new Branch("a", "plant", 1, 1, 0, 95, 1));
    bad("demand of \"a\" is NaN", root, new Branch("a", "plant", Double.NaN, 1, 9, 0, 1));
    bad("too large to count", root, new Branch("a", "plant", 9000, 1, 9, 0, 1));
    assertThatThrownBy(
            () -> NETWORKS.tree(List.of(new Branch("a", "", 1, 1, 9, 0, 1)), List.of(1.5)))
        .hasMessageContaining("the level of \"a\" is 1.5");
    // One site alone is a newsvendor.
    BaseStocks alone = NETWORKS.tree(List.of(new Branch("a", "", 2, 1, 9, 0, 1)));
    assertThat(alone.levels()).containsExactly(4.0);
  }

  private static void bad(String what, Branch... sites) {
    assertThatThrownBy(() -> NETWORKS.tree(List.of(sites))).hasMessageContaining(what);
  }
}
