package io.millwright.production.internal.bottleneck;

import io.millwright.api.ErrorCode;
import io.millwright.api.Job;
import io.millwright.api.MillwrightException;
import io.millwright.api.Progress;
import io.millwright.api.spi.Jobs;
import io.millwright.production.BottleneckReport;
import io.millwright.production.Bottlenecks;
import io.millwright.production.EventLog;
import io.millwright.production.LineStudy;
import io.millwright.production.LineStudy.Change;
import io.millwright.production.WorkEvent;
import io.millwright.production.internal.flow.Flow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** The analysis with its options. */
public final class DefaultBottlenecks implements Bottlenecks {

  private final Jobs jobs;
  private final Duration shift;
  private final long key;
  private final Map<Change, Double> costs;

  private DefaultBottlenecks(Jobs jobs, Duration shift, long key, Map<Change, Double> costs) {
    this.jobs = jobs;
    this.shift = shift;
    this.key = key;
    this.costs = costs;
  }

  /** With all defaults. */
  public static Bottlenecks of(Jobs jobs) {
    return new DefaultBottlenecks(jobs, Duration.ofHours(8), 0, Map.of());
  }

  @Override
  public Bottlenecks shift(Duration length) {
    if (length.isNegative() || length.isZero()) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION, "a shift of " + length + "\nMaybe write PT8H, for 8 hours");
    }
    return new DefaultBottlenecks(jobs, length, key, costs);
  }

  @Override
  public Bottlenecks key(long next) {
    return new DefaultBottlenecks(jobs, shift, next, costs);
  }

  @Override
  public Bottlenecks costs(Map<Change, Double> each) {
    each.forEach(
        (change, cost) -> {
          if (!(cost > 0) || cost.isInfinite()) {
            throw new MillwrightException(
                ErrorCode.BAD_OPTION,
                "the cost of " + change + " is " + cost + "\nMaybe leave it out");
          }
        });
    return new DefaultBottlenecks(jobs, shift, key, Map.copyOf(each));
  }

  @Override
  public BottleneckReport analyse(EventLog log) {
    List<WorkEvent> events = Flow.usable(log);
    if (events.isEmpty()) {
      throw new MillwrightException(
          ErrorCode.TOO_FEW_DATA, "no row of the log can be used\nMaybe analyse its faults first");
    }
    Activity activity = new Activity(events);
    Shifting shifting = new Shifting(activity);
    double length = Math.max(1, activity.to - activity.from);
    int n = activity.names.size();
    List<BottleneckReport.Load> loads = new ArrayList<>();
    for (int r = 0; r < n; r++) {
      List<Activity.Period> periods = activity.periods.get(r);
      double active = periods.stream().mapToLong(Activity.Period::length).sum();
      loads.add(
          new BottleneckReport.Load(
              activity.names.get(r),
              active / length,
              periods.isEmpty() ? 0 : active / periods.size() / 3_600_000.0,
              shifting.sole[r] / length,
              shifting.momentary[r] / length,
              activity.blocked[r] / length,
              activity.starved[r] / length));
    }
    loads.sort(Comparator.comparingDouble(l -> -l.active()));
    NextShift next =
        new NextShift(shifting.labels(activity.from, activity.to, shift.toMillis(), n), n);
    List<BottleneckReport.Chance> chances = new ArrayList<>();
    for (int r = 0; r < n; r++) {
      chances.add(new BottleneckReport.Chance(activity.names.get(r), next.chances[r]));
    }
    chances.sort(Comparator.comparingDouble(c -> -c.probability()));
    double most = loads.stream().mapToDouble(BottleneckReport.Load::momentary).max().orElse(0);
    String named =
        loads.stream()
            .filter(l -> l.momentary() >= most / 2)
            .findFirst()
            .map(BottleneckReport.Load::resource)
            .orElse("");
    return new BottleneckReport(
        named,
        loads,
        shifting.phases.stream()
            .filter(p -> p.length() > 0)
            .map(
                p ->
                    new BottleneckReport.Phase(
                        activity.names.get(p.resource()),
                        Instant.ofEpochMilli(p.from()),
                        Instant.ofEpochMilli(p.to())))
            .toList(),
        chances,
        next.shifts,
        next.brier,
        next.persistence);
  }

  @Override
  public Job<LineStudy> study(EventLog log) {
    return jobs.start(
        "line study",
        Optional.empty(),
        control ->
            new Studies(
                    new LineFit(Flow.usable(log)),
                    key,
                    costs,
                    control::stopped,
                    done ->
                        control.report(
                            new Progress(
                                "simulating",
                                OptionalDouble.of(done),
                                control.elapsed(),
                                Optional.empty(),
                                Map.of())))
                .run());
  }
}
