package io.millwright.scheduling.internal.dispatch;

import io.millwright.api.ErrorCode;
import io.millwright.api.Evaluation;
import io.millwright.api.MillwrightException;
import io.millwright.api.Provenance;
import io.millwright.api.data.Column;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Unit;
import io.millwright.api.spi.ComposedModel;
import io.millwright.api.spi.FittedNetwork;
import io.millwright.scheduling.DispatchGoal;
import io.millwright.scheduling.Scheduling;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A policy as a composed model, and back with everything checked. */
final class PolicyBundle {

  private static final String NETWORK = "score";
  private static final String LAYOUT = "layout";

  private PolicyBundle() {}

  /** A policy as it is read. */
  record Policy(DispatchGoal goal, FittedNetwork network) {}

  static ComposedModel of(
      DispatchGoal goal, FittedNetwork network, Evaluation evaluation, Provenance provenance) {
    return ComposedModel.builder()
        .task(Scheduling.DISPATCH)
        .inputs(
            Schema.of(
                new Column("job", ColumnType.CATEGORY, Unit.NONE),
                new Column("machine", ColumnType.CATEGORY, Unit.NONE),
                new Column("duration", ColumnType.NUMBER, Unit.NONE)))
        .texts(new TreeMap<>(Map.of(LAYOUT, layout(goal))))
        .networks(new TreeMap<>(Map.of(NETWORK, network)))
        .evaluation(evaluation)
        .capabilities(Set.of())
        .provenance(provenance)
        .build();
  }

  /** What the numbers of a candidate mean; a network of another layout is refused. */
  private static String layout(DispatchGoal goal) {
    return goal + ", " + new Practice(goal).traits().size() + " traits, 1";
  }

  static Policy read(ComposedModel model) {
    String layout = model.texts().get(LAYOUT);
    FittedNetwork network = model.networks().get(NETWORK);
    for (DispatchGoal goal : DispatchGoal.values()) {
      if (layout(goal).equals(layout)
          && network != null
          && network.inputs() == new Practice(goal).traits().size()
          && network.outputs() == 1) {
        return new Policy(goal, network);
      }
    }
    throw new MillwrightException(
        ErrorCode.BAD_BUNDLE,
        "the bundle holds a policy of the layout \""
            + layout
            + "\", which is none of this plug-in\nMaybe it was trained by another version");
  }
}
