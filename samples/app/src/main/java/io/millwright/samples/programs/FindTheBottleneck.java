package io.millwright.samples.programs;

import io.millwright.api.Budget;
import io.millwright.api.Millwright;
import io.millwright.api.Solution;
import io.millwright.production.BottleneckReport;
import io.millwright.production.EventLog;
import io.millwright.production.FlowReport;
import io.millwright.production.LineStudy;
import io.millwright.production.PlanProblem;
import io.millwright.production.Production;
import io.millwright.production.ProductionPlan;
import io.millwright.production.WorkEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * From a log to a decision: what a line of four stations did, what holds it up, what a change of it
 * is worth, and a plan of lots for its orders.
 */
public final class FindTheBottleneck {

  private static final double[] MINUTES = {8, 9, 12, 7};

  private FindTheBottleneck() {}

  /**
   * Runs.
   *
   * @param args not used
   * @throws InterruptedException when the thread is interrupted while it waits
   */
  public static void main(String[] args) throws InterruptedException {
    try (Millwright millwright = Millwright.create()) {
      Production production = millwright.plugin(Production.class);
      EventLog log = EventLog.of(line());

      FlowReport flow = production.flow().analyse(log);
      System.out.printf(
          Locale.ROOT,
          "%d orders, lead time %.1f h of which %.1f h waiting, %.1f in process%n",
          flow.flow().cases(),
          flow.flow().leadTimeMean(),
          flow.flow().waiting(),
          flow.flow().wip());

      BottleneckReport held = production.bottlenecks().analyse(log);
      System.out.println("held up by " + held.named());

      LineStudy study = production.bottlenecks().study(log).await();
      LineStudy.Proposal best = study.proposals().get(0);
      System.out.printf(
          Locale.ROOT,
          "best: %s at %s, %+.2f pieces an hour (95 %%: %+.2f to %+.2f)%n",
          best.change(),
          best.station(),
          best.gain(),
          best.low(),
          best.high());

      PlanProblem problem =
          PlanProblem.builder(4)
              .resource("drill", 40)
              .item(PlanProblem.Item.of("housing", 0.5, List.of(20.0, 35.0, 10.0, 30.0)))
              .item(PlanProblem.Item.of("cover", 0.2, List.of(10.0, 40.0, 40.0, 20.0)))
              .operation(new PlanProblem.Operation("housing", "drill", 0.5, 2, 30, ""))
              .operation(new PlanProblem.Operation("cover", "drill", 0.25, 2, 30, ""))
              .build();
      Solution<ProductionPlan> plan =
          production.planning().optimize(problem, Budget.of(Duration.ofSeconds(5))).await();
      System.out.println(plan.end() + ", cost " + plan.orElseThrow().cost());
      plan.orElseThrow()
          .lots()
          .forEach(
              lot ->
                  System.out.printf(
                      Locale.ROOT,
                      "period %d: %.0f of %s%n",
                      lot.period() + 1,
                      lot.quantity(),
                      lot.item()));
    }
  }

  /** A line with four places between stations, as its controller would write it down. */
  private static List<WorkEvent> line() {
    Random random = new Random(7);
    Instant start = Instant.parse("2026-03-02T06:00:00Z");
    int n = 400;
    double[][] begun = new double[MINUTES.length][n];
    double[][] gone = new double[MINUTES.length][n];
    List<WorkEvent> events = new ArrayList<>();
    for (int p = 0; p < n; p++) {
      for (int s = 0; s < MINUTES.length; s++) {
        double there = s == 0 ? 0 : gone[s - 1][p];
        double free = p == 0 ? 0 : gone[s][p - 1];
        begun[s][p] = Math.max(there, free);
        double done = begun[s][p] + MINUTES[s] * (0.7 + 0.6 * random.nextDouble());
        // It leaves when the next station has begun the piece that was four places ahead.
        boolean last = s + 1 == MINUTES.length;
        gone[s][p] = last || p < 5 ? done : Math.max(done, begun[s + 1][p - 5]);
        events.add(
            WorkEvent.of(
                "order " + p,
                "station " + (s + 1),
                "machine " + (s + 1),
                at(start, begun[s][p]),
                at(start, done)));
      }
    }
    return events;
  }

  private static Instant at(Instant start, double minutes) {
    return start.plusMillis(Math.round(60_000 * minutes));
  }
}
