package io.millwright.scheduling.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millwright.api.Budget;
import io.millwright.core.jobs.DefaultJobs;
import io.millwright.scheduling.Measure;
import io.millwright.scheduling.Objective;
import io.millwright.scheduling.Objectives;
import io.millwright.scheduling.Schedule;
import io.millwright.scheduling.ScheduleChecker;
import io.millwright.scheduling.Scheduling;
import io.millwright.scheduling.Shop;
import java.time.Clock;
import org.junit.jupiter.api.Test;

/** What the guide says about vehicles and tool life, on shops small enough to solve by hand. */
class VehiclesAndToolsTest {

  private static final String VEHICLE =
      """
      {"machines":[{"id":"saw"},{"id":"mill"},{"id":"v1","family":"park>saw","setups":[{"from":"park>saw","to":"saw>mill","duration":0},{"from":"saw>mill","to":"saw>mill","duration":3},{"from":"saw>mill","to":"mill>saw","duration":0},{"from":"mill>saw","to":"saw>mill","duration":0},{"from":"park>saw","to":"mill>saw","duration":3},{"from":"mill>saw","to":"mill>saw","duration":3}]}],
      "jobs":[{"id":"a","operations":[{"id":"cut","alternatives":[{"machine":"saw","duration":2}]},{"id":"ride","family":"saw>mill","alternatives":[{"machine":"v1","duration":3}]},{"id":"bore","alternatives":[{"machine":"mill","duration":2}]}]},
      {"id":"b","operations":[{"id":"cut","alternatives":[{"machine":"saw","duration":2}]},{"id":"ride","family":"saw>mill","alternatives":[{"machine":"v1","duration":3}]},{"id":"bore","alternatives":[{"machine":"mill","duration":2}]}]}]}
      """;

  private static final String TOOL =
      """
      {"machines":[{"id":"mill"}],"stocks":[{"id":"edge","level":3,"most":8}],
      "jobs":[{"id":"a","due":4,"operations":[{"id":"x","alternatives":[{"machine":"mill","duration":4}],"flows":[{"stock":"edge","amount":-2}]}]},
      {"id":"b","due":8,"operations":[{"id":"x","alternatives":[{"machine":"mill","duration":4}],"flows":[{"stock":"edge","amount":-2}]}]},
      {"id":"c","due":12,"operations":[{"id":"x","alternatives":[{"machine":"mill","duration":4}],"flows":[{"stock":"edge","amount":-2}]}]},
      {"id":"edge1","due":0,"weight":0.01,"rejection":0,"operations":[{"id":"change","alternatives":[{"machine":"mill","duration":1}],"flows":[{"stock":"edge","amount":4}]}]},
      {"id":"edge2","due":0,"weight":0.01,"rejection":0,"operations":[{"id":"change","alternatives":[{"machine":"mill","duration":1}],"flows":[{"stock":"edge","amount":4}]}]}]}
      """;

  private static final Scheduling SCHEDULING =
      Unlearned.scheduling(new DefaultJobs(Runnable::run), Runnable::run, Clock.systemUTC());

  private static double best(String document, Objective objective) throws InterruptedException {
    Shop shop = SCHEDULING.documents().shop("test", document);
    Schedule plan =
        SCHEDULING
            .optimizer()
            .minimize(objective)
            .workers(1)
            .optimize(shop, Budget.iterations(5_000))
            .await()
            .orElseThrow();
    assertThat(ScheduleChecker.check(shop, plan)).isEmpty();
    return objective.of(shop, plan);
  }

  /** Cut 2, ride 3, empty back 3, ride 3, bore 2: the one vehicle is what both wait for. */
  @Test
  void aVehicleComesBackEmpty() throws InterruptedException {
    assertThat(best(VEHICLE, Objectives.makespan())).isEqualTo(13);
  }

  /**
   * Of an edge of three, two are used at once; the next needs a new edge, which takes one tick and
   * lasts for both that follow, so that each of them is one late. The edge is done at 5.
   */
  @Test
  void aToolIsChangedWhenItMustBe() throws InterruptedException {
    Objective objective = Objectives.weightedTardiness().plus(1, Measure.REJECTION_COST);
    assertThat(best(TOOL, objective)).isCloseTo(2.05, within(1e-9));
  }
}
