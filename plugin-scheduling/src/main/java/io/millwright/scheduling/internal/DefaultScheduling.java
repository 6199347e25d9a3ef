package io.millwright.scheduling.internal;

import io.millwright.api.Budget;
import io.millwright.api.ErrorCode;
import io.millwright.api.Job;
import io.millwright.api.MillwrightException;
import io.millwright.api.ModelSource;
import io.millwright.api.spi.ComposedModel;
import io.millwright.api.spi.Composer;
import io.millwright.api.spi.Jobs;
import io.millwright.scheduling.Chances;
import io.millwright.scheduling.DispatchGoal;
import io.millwright.scheduling.DispatchTrainer;
import io.millwright.scheduling.Dispatcher;
import io.millwright.scheduling.LiveStudy;
import io.millwright.scheduling.Objective;
import io.millwright.scheduling.Objectives;
import io.millwright.scheduling.ParetoFront;
import io.millwright.scheduling.Planner;
import io.millwright.scheduling.Rule;
import io.millwright.scheduling.Schedule;
import io.millwright.scheduling.ScheduleChecker;
import io.millwright.scheduling.Scheduling;
import io.millwright.scheduling.Shop;
import io.millwright.scheduling.ShopDocuments;
import io.millwright.scheduling.ShopOptimizer;
import io.millwright.scheduling.StochasticShop;
import io.millwright.scheduling.UncertainTimes;
import io.millwright.scheduling.internal.chance.DefaultChances;
import io.millwright.scheduling.internal.dispatch.DefaultDispatchTrainer;
import io.millwright.scheduling.internal.dispatch.DefaultDispatcher;
import io.millwright.scheduling.internal.dispatch.DefaultLiveStudy;
import io.millwright.scheduling.internal.documents.Documents;
import io.millwright.scheduling.internal.model.Draws;
import io.millwright.scheduling.internal.model.Floor;
import io.millwright.scheduling.internal.model.Goal;
import io.millwright.scheduling.internal.model.Plan;
import io.millwright.scheduling.internal.model.Timetable;
import io.millwright.scheduling.internal.planner.DefaultPlanner;
import io.millwright.scheduling.internal.planner.Fronts;
import io.millwright.scheduling.internal.search.Dispatch;
import io.millwright.scheduling.internal.search.Starts;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;

/** The facade, wired by Guice. */
final class DefaultScheduling implements Scheduling {

  private final Lent lent;
  private final Composer composer;

  @Inject
  DefaultScheduling(Jobs jobs, Executor executor, Clock clock, Composer composer) {
    lent = new Lent(jobs, executor, clock);
    this.composer = composer;
  }

  @Override
  public DispatchTrainer dispatchTrainer() {
    return DefaultDispatchTrainer.of(composer, lent.jobs());
  }

  @Override
  public Dispatcher dispatcher(DispatchGoal goal) {
    String name = goal.name().toLowerCase(Locale.ROOT) + ".mwb";
    return dispatcher(ModelSource.resource(DefaultDispatcher.class, name));
  }

  @Override
  public Dispatcher dispatcher(ModelSource bundle) {
    ComposedModel model = composer.read(DISPATCH, bundle);
    return new DefaultDispatcher(model, composer.info(model));
  }

  @Override
  public LiveStudy liveStudy(StochasticShop shop) {
    return DefaultLiveStudy.of(lent.jobs(), shop);
  }

  @Override
  public ShopOptimizer optimizer() {
    return new DefaultShopOptimizer(
        lent,
        List.of(Objectives.makespan()),
        1,
        Math.max(1, Runtime.getRuntime().availableProcessors()),
        false,
        List.of());
  }

  @Override
  public Planner planner(Objective objective) {
    return new DefaultPlanner(objective, lent.jobs());
  }

  @Override
  public Schedule dispatch(Shop shop, Rule rule) {
    Floor floor = new Floor(shop.checked());
    Plan plan = new Dispatch(floor, rule, 1, 0, new Draws(1)).run();
    if (shop.permutation()) {
      plan = Starts.permutation(floor, plan);
    }
    Timetable timetable = new Timetable(floor, new Goal(List.of(Objectives.makespan()), floor));
    Schedule schedule = timetable.schedule(plan);
    if (!timetable.feasible()) {
      throw new MillwrightException(
          ErrorCode.NO_SOLUTION,
          "the plan of rule "
              + rule
              + " for shop \""
              + shop.name()
              + "\" breaks rules: "
              + ScheduleChecker.check(shop, schedule).stream()
                  .limit(3)
                  .map(f -> f.place() + " " + f.message())
                  .collect(Collectors.joining("; "))
              + "\nMaybe let the optimizer search");
    }
    return schedule;
  }

  @Override
  public Chances chances(UncertainTimes times, Objective objective) {
    return new DefaultChances(times, objective, lent.jobs(), lent.executor());
  }

  @Override
  public Job<ParetoFront> front(Shop shop, Objective first, Objective second, Budget budget) {
    shop.checked();
    DefaultPlanner.requireTariff(shop, first);
    DefaultPlanner.requireTariff(shop, second);
    int workers = Math.max(1, Runtime.getRuntime().availableProcessors());
    return lent.jobs()
        .start(
            "front of " + shop.name(),
            Optional.empty(),
            control -> {
              ParetoFront front =
                  new Fronts(
                          shop, first, second, budget, lent.executor(), workers, control::stopped)
                      .run();
              if (front.points().isEmpty()) {
                throw new MillwrightException(
                    ErrorCode.NO_SOLUTION,
                    "no plan of shop \""
                        + shop.name()
                        + "\" was found that keeps its pins, deadlines and calendars"
                        + "\nMaybe give it more time");
              }
              return front;
            });
  }

  @Override
  public ShopDocuments documents() {
    return new Documents();
  }
}
