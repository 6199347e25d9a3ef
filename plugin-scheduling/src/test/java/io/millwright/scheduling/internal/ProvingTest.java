package io.millwright.scheduling.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millwright.api.Budget;
import io.millwright.api.MillwrightException;
import io.millwright.api.ObjectiveValue;
import io.millwright.api.Solution;
import io.millwright.api.data.Unit;
import io.millwright.core.jobs.DefaultJobs;
import io.millwright.scheduling.Objectives;
import io.millwright.scheduling.RandomShops;
import io.millwright.scheduling.Schedule;
import io.millwright.scheduling.ScheduleChecker;
import io.millwright.scheduling.Shop;
import io.millwright.scheduling.ShopOptimizer;
import io.millwright.scheduling.Tariff;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProvingTest {

  private static final ExecutorService EXECUTOR = Executors.newCachedThreadPool();

  @AfterAll
  static void end() {
    EXECUTOR.shutdownNow();
  }

  private static ShopOptimizer optimizer() {
    return Unlearned.scheduling(new DefaultJobs(EXECUTOR), EXECUTOR, Clock.systemUTC())
        .optimizer()
        .proving();
  }

  @Test
  void provesTheOptimumOfASmallJobShop() throws InterruptedException {
    Shop shop = Shops.jobShop(6, 6, 2);
    Solution<Schedule> byTime =
        optimizer().optimize(shop, Budget.of(Duration.ofMinutes(10))).await();
    Solution<Schedule> byIterations = optimizer().optimize(shop, Budget.iterations(20_000)).await();
    assertThat(byTime.end()).isEqualTo(Solution.End.OPTIMAL);
    assertThat(byIterations.end()).isEqualTo(Solution.End.OPTIMAL);
    assertThat(byTime.objective().value()).isEqualTo(byIterations.objective().value());
    assertThat(byTime.objective().provedBy()).isEqualTo("CP-SAT");
  }

  @Test
  void nothingIsProvenAboutEnergy() {
    Shop shop = Shops.jobShop(3, 2, 1).paying(Tariff.flat(Unit.of("EUR"), 60, 0.3));
    assertThatThrownBy(
            () ->
                optimizer()
                    .minimize(Objectives.energyCost())
                    .optimize(shop, Budget.iterations(100)))
        .isInstanceOf(MillwrightException.class)
        .hasMessageContaining("BAD_OPTION")
        .hasMessageContaining("leave proving() out");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6})
  void boundsHoldForShopsOfAnyKind(int seed) throws InterruptedException {
    Shop shop = RandomShops.mixed(seed, 4, 3);
    Solution<Schedule> proved =
        optimizer()
            .minimize(Objectives.weightedTardiness())
            .optimize(shop, Budget.iterations(4_000))
            .await();
    ObjectiveValue value = proved.objective();
    assertThat(ScheduleChecker.check(shop, proved.orElseThrow())).isEmpty();
    assertThat(value.bound().getAsDouble()).isLessThanOrEqualTo(value.value());
    // What another key finds must not undercut the bound either.
    for (int key = 2; key < 5; key++) {
      Solution<Schedule> other =
          Unlearned.scheduling(new DefaultJobs(EXECUTOR), EXECUTOR, Clock.systemUTC())
              .optimizer()
              .minimize(Objectives.weightedTardiness())
              .key(key)
              .optimize(shop, Budget.iterations(20_000))
              .await();
      assertThat(other.objective().value())
          .isGreaterThanOrEqualTo(value.bound().getAsDouble() - 1e-6);
    }
  }
}
