package io.millwright.scheduling.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.millwright.scheduling.RandomShops;
import io.millwright.scheduling.Rule;
import io.millwright.scheduling.internal.model.Draws;
import io.millwright.scheduling.internal.model.Floor;
import io.millwright.scheduling.internal.search.Dispatch;
import io.millwright.scheduling.internal.tabu.JobShopGraph;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JobShopGraphTest {

  static IntStream seeds() {
    return IntStream.range(0, 40);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void movesKeepHeadsTailsAndOrderExact(int seed) {
    // Jobs of these shops visit machines again and have operations of zero length.
    Floor floor = new Floor(new RandomShops(seed).shop(12, 3).checked());
    JobShopGraph graph = JobShopGraph.of(floor);
    JobShopGraph fresh = JobShopGraph.of(floor);
    Draws draws = Draws.of(seed, 0);
    graph.load(new Dispatch(floor, Rule.SPT, 1, 0, draws).run().order());
    int moved = 0;
    int refused = 0;
    for (int i = 0; i < 300; i++) {
      int u = draws.below(floor.n);
      int v = u;
      for (int steps = 1 + draws.below(4); steps > 0 && graph.ms[v] != floor.n; steps--) {
        v = graph.ms[v];
      }
      if (u == v) {
        continue;
      }
      int[] before = graph.order.clone();
      boolean done = draws.below(2) == 0 ? graph.moveAfter(u, v) : graph.moveBefore(v, u);
      if (done) {
        moved++;
      } else {
        refused++;
        assertThat(graph.order).isEqualTo(before);
      }
      fresh.load(graph.order);
      assertThat(graph.end).isEqualTo(fresh.end);
      assertThat(graph.tail).isEqualTo(fresh.tail);
      assertThat(graph.ms).isEqualTo(fresh.ms);
      assertThat(graph.makespan).isEqualTo(fresh.makespan);
    }
    assertThat(moved).isPositive();
    assertThat(moved + refused).isGreaterThan(100);
  }
}
