package io.millwright.cli.kit;

import io.millwright.api.Evaluation;
import io.millwright.reports.Figures;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says how good a model is on data that it did not learn from. */
public final class HeldOut {

  /** How the names of models begin that people can read. */
  private static final List<String> READABLE =
      List.of("logistic regression", "linear regression", "additive model", "decision tree");

  private HeldOut() {}

  /** The figures of a model beside its baselines; says so when it learnt nothing. */
  public static void lines(Reply reply, Evaluation evaluation) {
    reply.line("Held out", figures(evaluation.figures()));
    evaluation
        .baselines()
        .forEach(
            (name, figures) -> {
              reply.line("", figures(figures) + "  baseline: " + name);
              // The first percent of a log loss is luck of the draw.
              if (noBetter(evaluation.figures(), figures, "log loss", 0.99)
                  || noBetter(evaluation.figures(), figures, "rmse", 1)) {
                reply.line("Beware", "no better than the baseline: " + name);
              }
            });
  }

  private static boolean noBetter(
      Map<String, Double> own, Map<String, Double> baseline, String figure, double share) {
    return own.containsKey(figure)
        && !(own.get(figure) < share * baseline.getOrDefault(figure, Double.POSITIVE_INFINITY));
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

  /**
   * What it would cost to take a model that people can read: the best of the linear model, the sum
   * of curves and the single tree that were heard beside it. Nothing where it is such a one itself.
   */
  public static void readable(Reply reply, Evaluation evaluation) {
    String figure = evaluation.figures().containsKey("accuracy") ? "accuracy" : "rmse";
    double sign = figure.equals("accuracy") ? -1 : 1;
    double own = evaluation.figures().getOrDefault(figure, Double.NaN);
    String best = "";
    double at = Double.NaN;
    for (Map.Entry<String, Map<String, Double>> baseline : evaluation.baselines().entrySet()) {
      double value = baseline.getValue().getOrDefault(figure, Double.NaN);
      boolean readable = READABLE.stream().anyMatch(baseline.getKey()::startsWith);
      if (readable && !(sign * value >= sign * at)) {
        best = baseline.getKey();
        at = value;
      }
    }
    if (sign * at > sign * own) {
      reply.line(
          "Readable",
          best
              + ": "
              + Figures.title(figure)
              + " "
              + Figures.text(figure, at)
              + " instead of "
              + Figures.text(figure, own));
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
