package io.millwright.production.internal.flow;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Table;
import io.millwright.production.EventLog;
import io.millwright.production.FlowAnalysis;
import io.millwright.production.FlowReport;
import io.millwright.production.LogColumns;
import io.millwright.production.LogFault;
import io.millwright.production.ResourceTime;
import io.millwright.production.StateReading;
import io.millwright.production.StateReport;
import io.millwright.production.WorkEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The analysis with its options. */
final class DefaultFlowAnalysis implements FlowAnalysis {

  private final @Nullable Instant from;
  private final @Nullable Instant to;
  private final @Nullable Set<String> known;
  private final Duration gap;

  DefaultFlowAnalysis(
      @Nullable Instant from, @Nullable Instant to, @Nullable Set<String> known, Duration gap) {
    this.from = from;
    this.to = to;
    this.known = known;
    this.gap = gap;
  }

  @Override
  public EventLog read(Table table, LogColumns columns) {
    return TableLog.read(table, columns);
  }

  @Override
  public EventLog readXes(Path file) {
    return XesLog.read(file);
  }

  @Override
  public FlowAnalysis between(Instant begin, Instant end) {
    if (!begin.isBefore(end)) {
      throw new MillwrightException(
          ErrorCode.OUT_OF_RANGE,
          "the period goes from " + begin + " to " + end + "\nMaybe the two are interchanged");
    }
    return new DefaultFlowAnalysis(begin, end, known, gap);
  }

  @Override
  public FlowAnalysis resources(Collection<String> names) {
    return new DefaultFlowAnalysis(from, to, Set.copyOf(names), gap);
  }

  @Override
  public FlowAnalysis gaps(Duration length) {
    if (length.isNegative() || length.isZero()) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION, "a gap of " + length + "\nMaybe write PT24H, for 24 hours");
    }
    return new DefaultFlowAnalysis(from, to, known, length);
  }

  @Override
  public FlowReport analyse(EventLog log) {
    Faults faults = new Faults();
    List<WorkEvent> clean = Cleaning.clean(log, known, faults);
    if (clean.isEmpty()) {
      throw none("no row of the log can be used", faults);
    }
    Instant begin =
        from != null
            ? from
            : clean.stream().map(WorkEvent::start).min(Instant::compareTo).orElseThrow();
    Instant end =
        to != null ? to : clean.stream().map(WorkEvent::end).max(Instant::compareTo).orElseThrow();
    List<WorkEvent> inside = new ArrayList<>();
    for (WorkEvent e : clean) {
      WorkEvent part = Cleaning.cut(e, begin, end);
      if (part != null) {
        inside.add(part);
      }
    }
    if (inside.isEmpty() || !begin.isBefore(end)) {
      throw none("no row of the log lies between " + begin + " and " + end, faults);
    }
    Cases cases = new Cases(clean, begin, end);
    List<ResourceTime> resources = ResourceTimes.of(inside, begin, end, gap.toMillis(), faults);
    return new FlowReport(
        begin,
        end,
        log.events().size()
            + log.faults().stream()
                // A row with a bad count is among the events.
                .filter(f -> f.kind() != LogFault.Kind.BAD_COUNT)
                .mapToInt(LogFault::count)
                .sum(),
        inside.size(),
        faults.list(),
        resources,
        cases.flow(),
        cases.variants(),
        cases.loops(),
        cases.graph());
  }

  private static MillwrightException none(String what, Faults faults) {
    return new MillwrightException(
        ErrorCode.TOO_FEW_DATA,
        what
            + (faults.list().isEmpty() ? "" : "; " + faults.list().get(0))
            + "\nMaybe the period or the columns of start and end are wrong");
  }

  @Override
  public StateReport states(List<StateReading> readings) {
    List<StateReading> inside =
        readings.stream()
            .filter(r -> from == null || !r.at().isBefore(from))
            .filter(r -> to == null || r.at().isBefore(to))
            .toList();
    return States.of(inside, gap);
  }
}
