package io.millwright.scheduling.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millwright.runtime.simulation.CommonRandom;
import io.millwright.scheduling.Rule;
import io.millwright.scheduling.StochasticShop;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveRunTest {

  private static StochasticShop.Builder single() {
    return StochasticShop.builder().machines(1).steps(1, 1).spread(0).jobs(4000, 400);
  }

  /** The mean time in an M/G/1 queue (Pollaczek and Khinchine), durations 1 to 99. */
  private static double expected(double utilisation) {
    double square = 0;
    for (int p = 1; p <= 99; p++) {
      square += p * p / 99.0;
    }
    return 50 + utilisation / 50 * square / (2 * (1 - utilisation));
  }

  @Test
  void oneMachineIsTheQueueOfTheTextbook() {
    StochasticShop shop = single().utilisation(0.6).failures(Double.POSITIVE_INFINITY, 0).build();
    double flow = 0;
    for (int r = 0; r < 10; r++) {
      flow += new LiveRun(shop, new CommonRandom(5, r)).run(LiveRules.of(Rule.FIFO)).flow() / 10;
    }
    assertThat(flow).isCloseTo(expected(0.6), within(3.0));
  }

  @Test
  void shortestFirstBeatsFirstComeOnFlowTime() {
    StochasticShop shop = single().utilisation(0.9).build();
    CommonRandom luck = new CommonRandom(1, 0);
    double fifo = new LiveRun(shop, luck).run(LiveRules.of(Rule.FIFO)).flow();
    double spt = new LiveRun(shop, luck).run(LiveRules.of(Rule.SPT)).flow();
    assertThat(spt).isLessThan(0.8 * fifo);
  }

  @Test
  void failuresMakeJobsWait() {
    CommonRandom luck = new CommonRandom(1, 0);
    // As many orders in the time up: what failures take comes on top.
    double calm =
        new LiveRun(single().utilisation(0.7).failures(1e15, 0).build(), luck)
            .run(LiveRules.of(Rule.FIFO))
            .flow();
    double rough =
        new LiveRun(single().utilisation(0.7).failures(2000, 500).build(), luck)
            .run(LiveRules.of(Rule.FIFO))
            .flow();
    assertThat(rough).isGreaterThan(1.5 * calm);
  }

  @Test
  void everyWayOfDispatchingMeetsTheSameLuck() {
    StochasticShop shop = StochasticShop.builder().jobs(200, 0).build();
    List<List<Double>> due = new ArrayList<>();
    for (Rule rule : List.of(Rule.SPT, Rule.EDD)) {
      List<Double> seen = new ArrayList<>();
      FloorState[] state = new FloorState[1];
      int[] jobs = {0};
      LiveRun run =
          new LiveRun(
              shop,
              new CommonRandom(9, 2),
              () -> {
                if (state[0].jobs > jobs[0]) {
                  // The job that came last stands last.
                  seen.add(state[0].due[state[0].active[state[0].jobs - 1]]);
                }
                jobs[0] = state[0].jobs;
              });
      state[0] = run.state();
      run.run(LiveRules.of(rule));
      due.add(seen);
    }
    assertThat(due.get(0).size()).isGreaterThan(100);
    assertThat(due.get(1)).containsAnyElementsOf(due.get(0));
    double once = run(shop);
    assertThat(run(shop)).isEqualTo(once);
  }

  private static double run(StochasticShop shop) {
    return new LiveRun(shop, new CommonRandom(9, 2)).run(LiveRules.of(Rule.ATC)).tardiness();
  }

  @Test
  void rollingSearchFollowsItsPlan() {
    StochasticShop shop =
        StochasticShop.builder().machines(4).steps(2, 4).jobs(40, 0).allowance(1, 2).build();
    Rolling rolling = new Rolling(200);
    double searched =
        new LiveRun(shop, new CommonRandom(3, 0), rolling::surprised).run(rolling).tardiness();
    double fifo =
        new LiveRun(shop, new CommonRandom(3, 0)).run(LiveRules.of(Rule.FIFO)).tardiness();
    assertThat(searched).isPositive().isLessThan(fifo);
  }
}
