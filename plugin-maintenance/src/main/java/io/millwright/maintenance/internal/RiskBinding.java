package io.millwright.maintenance.internal;

import io.millwright.api.data.Row;
import io.millwright.api.head.Heads;
import io.millwright.api.learn.Binding;
import io.millwright.api.learn.ClassScores;
import io.millwright.maintenance.FailureData;
import io.millwright.maintenance.FailureRisk;
import io.millwright.maintenance.Maintenance;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How rows and risks become tables and classes: the classes are the modes of failure and none. */
final class RiskBinding {

  static final Binding<Row, String, FailureRisk> BINDING =
      new Binding<>(
          Maintenance.FAILURE, Row::toTable, Heads.classes().answering(RiskBinding::risk));

  private RiskBinding() {}

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
