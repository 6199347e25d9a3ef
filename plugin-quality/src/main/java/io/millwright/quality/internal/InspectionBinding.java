package io.millwright.quality.internal;

import io.millwright.api.data.Column;
import io.millwright.api.data.Image;
import io.millwright.api.data.Row;
import io.millwright.api.data.Schema;
import io.millwright.api.head.Heads;
import io.millwright.api.learn.Binding;
import io.millwright.api.learn.ClassScores;
import io.millwright.quality.Quality;
import io.millwright.quality.Verdict;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** How images and verdicts become tables and classes. */
final class InspectionBinding {

  private static final Schema SCHEMA = Schema.of(Column.image("image"));

  static final Binding<Image, String, Verdict> BINDING =
      new Binding<>(
          Quality.INSPECTION,
          image -> Row.of(SCHEMA, image).toTable(),
          Heads.classes().answering(InspectionBinding::verdict));

  private InspectionBinding() {}

  private static Verdict verdict(ClassScores scores) {
    List<Integer> order =
        IntStream.range(0, scores.labels().size())
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -scores.probabilities().get(i)))
            .toList();
    Map<String, Double> probabilities = new LinkedHashMap<>();
    order.forEach(i -> probabilities.put(scores.labels().get(i), scores.probabilities().get(i)));
    return new Verdict(scores.best(), probabilities, decision(scores));
  }

  private static Verdict.Decision decision(ClassScores scores) {
    if (scores.alarm().isEmpty()) {
      return Verdict.Decision.NONE;
    }
    if (scores.review()) {
      return Verdict.Decision.REVIEW;
    }
    return scores.alarm().get() ? Verdict.Decision.REJECT : Verdict.Decision.PASS;
  }
}
