package io.millwright.production.internal.flow;

import io.millwright.production.EventLog;
import io.millwright.production.FlowAnalysis;
import io.millwright.production.WorkEvent;
import java.time.Duration;
import java.util.List;

/** The way into the room. */
public final class Flow {

  private Flow() {}

  /** An analysis with all defaults. */
  public static FlowAnalysis analysis() {
    return new DefaultFlowAnalysis(null, null, null, Duration.ofHours(24));
  }

  /** The rows of a log that can be used. */
  public static List<WorkEvent> usable(EventLog log) {
    return Cleaning.clean(log, null, new Faults());
  }
}
