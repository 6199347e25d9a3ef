package io.millwright.scheduling.internal.dispatch;

import io.millwright.api.ErrorCode;
import io.millwright.api.Job;
import io.millwright.api.MillwrightException;
import io.millwright.api.Progress;
import io.millwright.api.spi.Jobs;
import io.millwright.runtime.simulation.Replications;
import io.millwright.runtime.simulation.Sample;
import io.millwright.scheduling.Dispatcher;
import io.millwright.scheduling.LiveStudy;
import io.millwright.scheduling.LiveTrial;
import io.millwright.scheduling.StochasticShop;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** The study with its options. */
public record DefaultLiveStudy(
    Jobs jobs,
    StochasticShop shop,
    List<DefaultDispatcher> dispatchers,
    List<Long> searches,
    int times,
    long randomness)
    implements LiveStudy {

  /** With all defaults. */
  public static LiveStudy of(Jobs jobs, StochasticShop shop) {
    return new DefaultLiveStudy(jobs, shop, List.of(), List.of(), 10, 1);
  }

  @Override
  public LiveStudy with(Dispatcher dispatcher) {
    if (!(dispatcher instanceof DefaultDispatcher ours)) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "the dispatcher is a "
              + dispatcher.getClass().getName()
              + "\nMaybe take one that Scheduling opened or trained");
    }
    List<DefaultDispatcher> more = new ArrayList<>(dispatchers);
    more.add(ours);
    return new DefaultLiveStudy(jobs, shop, List.copyOf(more), searches, times, randomness);
  }

  @Override
  public LiveStudy withSearch(long moves) {
    if (moves < 1) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION, moves + " moves\nMaybe 1,000 for each surprise");
    }
    List<Long> more = new ArrayList<>(searches);
    more.add(moves);
    return new DefaultLiveStudy(jobs, shop, dispatchers, List.copyOf(more), times, randomness);
  }

  @Override
  public LiveStudy replications(int count) {
    if (count < 2) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION, count + " replications\nMaybe 10; an interval needs 2");
    }
    return new DefaultLiveStudy(jobs, shop, dispatchers, searches, count, randomness);
  }

  @Override
  public LiveStudy key(long key) {
    return new DefaultLiveStudy(jobs, shop, dispatchers, searches, times, key);
  }

  @Override
  public Job<List<LiveTrial>> run() {
    return jobs.background().start("live dispatching", Optional.empty(), this::work);
  }

  private List<LiveTrial> work(Jobs.Control<List<LiveTrial>> control) {
    List<LiveTrial> trials = new ArrayList<>();
    List<LiveRules.Named> rules = LiveRules.forTardiness();
    int all = rules.size() + dispatchers.size() + searches.size();
    for (LiveRules.Named rule : rules) {
      trials.add(trial(rule.name(), rule.chooser(), () -> {}, control));
      said(control, trials, all);
    }
    for (DefaultDispatcher dispatcher : dispatchers) {
      trials.add(
          trial(
              "policy for " + dispatcher.goal().name().toLowerCase(java.util.Locale.ROOT),
              dispatcher.chooser(),
              () -> {},
              control));
      said(control, trials, all);
    }
    for (long moves : searches) {
      Rolling rolling = new Rolling(moves);
      trials.add(
          trial("rolling search, " + moves + " moves", rolling, rolling::surprised, control));
      said(control, trials, all);
    }
    trials.sort(Comparator.comparingDouble(t -> t.tardiness().mean()));
    return trials;
  }

  private static void said(Jobs.Control<List<LiveTrial>> control, List<LiveTrial> trials, int all) {
    control.report(
        new Progress(
            trials.get(trials.size() - 1).name(),
            OptionalDouble.of((double) trials.size() / all),
            control.elapsed(),
            Optional.empty(),
            Map.of()));
  }

  private LiveTrial trial(
      String name, Chooser chooser, Runnable surprised, Jobs.Control<?> control) {
    long[] spent = {0, 0};
    Chooser timed =
        (state, machine, now, slots, count) -> {
          if (spent[1] % 64 == 0) {
            control.checkpoint();
          }
          long begin = System.nanoTime();
          int chosen = chooser.choose(state, machine, now, slots, count);
          spent[0] += System.nanoTime() - begin;
          spent[1]++;
          return chosen;
        };
    Replications.Model model =
        random -> {
          surprised.run();
          LiveRun.Outcome o = new LiveRun(shop, random, surprised).run(timed);
          return new double[] {o.tardiness(), o.flow(), o.late()};
        };
    List<Sample> samples = Replications.run(model, randomness, times, () -> false);
    return new LiveTrial(
        name,
        samples.get(0),
        samples.get(1),
        samples.get(2),
        spent[0] / 1e3 / Math.max(1, spent[1]));
  }
}
