package io.millwright.maintenance.internal;

import io.millwright.api.data.Row;
import io.millwright.api.learn.ClassScores;
import io.millwright.api.learn.Target;
import io.millwright.api.learn.TaskBinding;
import io.millwright.maintenance.FailureData;
import io.millwright.maintenance.FailureRisk;
import io.millwright.maintenance.Maintenance;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How rows and risks become tables and classes: the classes are the modes of failure and none. */
final class RiskBinding {

  static final TaskBinding<Row, FailureRisk> BINDING =
      new TaskBinding<>(
          Maintenance.FAILURE,
          Row::toTable,
          new Target.Category<>(RiskBinding::label, RiskBinding::risk));

  private RiskBinding() {}

  /** What is known of a training row, in the form of an answer. */
  static FailureRisk certain(String outcome) {
    return outcome.equals(FailureData.NONE)
        ? new FailureRisk(0, 1, Map.of())
        : new FailureRisk(1, 1, Map.of(outcome, 1.0));
  }

  private static String label(FailureRisk known) {
    return known.modes().isEmpty() ? FailureData.NONE : known.modes().keySet().iterator().next();
  }

  private static FailureRisk risk(ClassScores scores) {
    List<String> modes =
        scores.labels().stream()
            .filter(l -> !l.equals(FailureData.NONE))
            .sorted(
                Comparator.comparingDouble((String l) -> -scores.of(l))
                    .thenComparing(Comparator.naturalOrder()))
            .toList();
    Map<String, Double> ordered = new LinkedHashMap<>();
    modes.forEach(m -> ordered.put(m, scores.of(m)));
    double threshold = scores.threshold().map(ClassScores.Threshold::value).orElse(0.5);
    return new FailureRisk(1 - scores.of(FailureData.NONE), threshold, ordered);
  }
}
