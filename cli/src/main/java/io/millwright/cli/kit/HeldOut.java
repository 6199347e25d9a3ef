package io.millwright.cli.kit;

import io.millwright.api.Evaluation;
import io.millwright.reports.Figures;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says how good a model is on data that it did not learn from. */
public final class HeldOut {

  private HeldOut() {}

  /** The figures of a classifier beside its baselines; says so when it learnt nothing. */
  public static void lines(Reply reply, Evaluation evaluation) {
    reply.line("Held out", figures(evaluation.figures()));
    double own = evaluation.figures().getOrDefault("log loss", Double.NaN);
    evaluation
        .baselines()
        .forEach(
            (name, figures) -> {
              reply.line("", figures(figures) + "  baseline: " + name);
              // The first percent is luck of the draw.
              if (evaluation.figures().containsKey("log loss")
                  && !(own < 0.99 * figures.getOrDefault("log loss", Double.POSITIVE_INFINITY))) {
                reply.line("Beware", "no better than the baseline: " + name);
              }
            });
  }

  private static String figures(Map<String, Double> figures) {
    return figures.entrySet().stream()
        .map(f -> Figures.title(f.getKey()) + " " + Figures.text(f.getKey(), f.getValue()))
        .collect(Collectors.joining("  "));
  }

  /** What was chosen among constant, simple model and network, and by which figures. */
  public static void chosen(Reply reply, Evaluation evaluation) {
    int at = evaluation.protocol().indexOf("chosen: ");
    if (at >= 0) {
      reply.line("Chosen", evaluation.protocol().substring(at + "chosen: ".length()));
    }
  }

  /** As a document. */
  public static Map<String, @Nullable Object> document(Evaluation evaluation) {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("protocol", evaluation.protocol());
    document.put("samples", evaluation.samples());
    document.put("figures", evaluation.figures());
    if (!evaluation.baselines().isEmpty()) {
      document.put("baselines", evaluation.baselines());
    }
    return document;
  }
}
