package io.millwright.scheduling.internal;

import io.millwright.api.Budget;
import io.millwright.api.Finding;
import io.millwright.api.Optimizer;
import io.millwright.api.data.Unit;
import io.millwright.core.jobs.DefaultJobs;
import io.millwright.scheduling.Alternative;
import io.millwright.scheduling.Calendar;
import io.millwright.scheduling.Machine;
import io.millwright.scheduling.Measure;
import io.millwright.scheduling.Objective;
import io.millwright.scheduling.Objectives;
import io.millwright.scheduling.Operation;
import io.millwright.scheduling.RandomShops;
import io.millwright.scheduling.Schedule;
import io.millwright.scheduling.ScheduleChecker;
import io.millwright.scheduling.Shop;
import io.millwright.scheduling.ShopJob;
import io.millwright.scheduling.Tariff;
import io.millwright.scheduling.Window;
import io.millwright.testkit.OptimizerContract;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;

/** The contract of optimizers, for each kind of shop that has a search of its own. */
class ShopOptimizerTest {

  private static final ExecutorService EXECUTOR = Executors.newCachedThreadPool();

  @AfterAll
  static void end() {
    EXECUTOR.shutdownNow();
  }

  abstract static class Contract extends OptimizerContract<Shop, Schedule> {

    Objective objective() {
      return Objectives.weightedTardiness();
    }

    @Override
    protected Optimizer<Shop, Schedule> optimizer() {
      return Unlearned.scheduling(new DefaultJobs(EXECUTOR), EXECUTOR, Clock.systemUTC())
          .optimizer()
          .minimize(objective())
          .key(11);
    }

    @Override
    protected Budget iterations() {
      return Budget.iterations(4_000);
    }

    @Override
    protected List<String> violations(Shop problem, Schedule decision) {
      return ScheduleChecker.check(problem, decision).stream().map(Finding::toString).toList();
    }

    @Override
    protected double objective(Shop problem, Schedule decision) {
      return objective().of(problem, decision);
    }

    @Override
    protected Optional<Shop> infeasible() {
      Machine saw = Machine.of("saw").working(Calendar.closed(new Window(15, Calendar.FOREVER)));
      ShopJob a = ShopJob.chain("a", Operation.of("1", Alternative.of("saw", 10)));
      ShopJob b = ShopJob.chain("b", Operation.of("1", Alternative.of("saw", 10)));
      return Optional.of(Shop.of("s", List.of(saw), List.of(a, b)));
    }

    @Override
    protected List<Shop> badProblems() {
      return List.of(
          Shop.of("empty", List.of(), List.of()),
          new RandomShops(1).shop(3, 2).withMachines(List.of(Machine.of("other"))));
    }
  }

  @Nested
  class FullFeatured extends Contract {
    @Override
    protected Shop problem() {
      return new RandomShops(3).flexible().setups().calendars().dates().assembly().shop(60, 5);
    }
  }

  @Nested
  class WithResources extends Contract {
    @Override
    protected Shop problem() {
      return new RandomShops(4).flexible().setups().calendars().dates().resources().shop(40, 5);
    }
  }

  @Nested
  class WithAbsences extends Contract {
    @Override
    protected Shop problem() {
      return new RandomShops(5).flexible().setups().calendars().dates().absences().shop(40, 5);
    }
  }

  @Nested
  class WithATariff extends Contract {
    @Override
    Objective objective() {
      return Objectives.energyCost().plus(0.1, Measure.WEIGHTED_TARDINESS);
    }

    @Override
    protected Shop problem() {
      return new RandomShops(6).flexible().setups().calendars().dates().energy().shop(20, 5);
    }

    @Override
    protected Optional<Shop> infeasible() {
      return super.infeasible().map(s -> s.paying(Tariff.flat(Unit.of("EUR"), 60, 0.2)));
    }
  }

  @Nested
  class FlowShopOfFlowTime extends FlowShop {
    @Override
    Objective objective() {
      return Objectives.weightedFlowTime();
    }
  }

  @Nested
  class PureJobShop extends Contract {
    @Override
    Objective objective() {
      return Objectives.makespan();
    }

    @Override
    protected Shop problem() {
      return Shops.jobShop(15, 15, 5);
    }
  }

  @Nested
  class PureFlexible extends Contract {
    @Override
    Objective objective() {
      return Objectives.makespan();
    }

    @Override
    protected Shop problem() {
      return Shops.flexible(15, 8, 5);
    }
  }

  @Nested
  class FlowShop extends Contract {
    @Override
    Objective objective() {
      return Objectives.makespan();
    }

    @Override
    protected Shop problem() {
      return Shops.flowShop(40, 10, 5);
    }

    @Override
    protected Budget iterations() {
      return Budget.iterations(30);
    }
  }
}
