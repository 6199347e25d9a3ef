package io.millwright.core.learn;

import io.millwright.api.ErrorCode;
import io.millwright.api.Evaluation;
import io.millwright.api.MillwrightException;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.Uncertainty;
import io.millwright.api.learn.Sample;
import io.millwright.api.learn.Samples;
import io.millwright.api.learn.Target;
import io.millwright.api.learn.TaskBinding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Judges a predictor by the answers it gives, as anyone outside could. */
final class Judge {

  private Judge() {}

  static <I, V> Evaluation judge(
      TaskBinding<I, V> binding, Predictor<I, V> predictor, Samples<I, V> samples) {
    List<I> inputs = new ArrayList<>();
    List<V> truths = new ArrayList<>();
    for (Sample<I, V> sample : samples.all()) {
      @Nullable V last = sample.labels().get(sample.labels().size() - 1);
      if (last != null) {
        inputs.add(sample.input());
        truths.add(last);
      }
    }
    List<Outcome.Prediction<V>> answers = new ArrayList<>();
    List<V> answered = new ArrayList<>();
    List<Outcome<V>> outcomes = predictor.predictAll(inputs);
    for (int i = 0; i < outcomes.size(); i++) {
      if (outcomes.get(i) instanceof Outcome.Prediction<V> p) {
        answers.add(p);
        answered.add(truths.get(i));
      }
    }
    if (answers.isEmpty()) {
      throw new MillwrightException(
          ErrorCode.TOO_FEW_DATA,
          "there are "
              + inputs.size()
              + " labelled samples, and the model answers for none of them");
    }
    Map<String, Double> figures =
        binding.target() instanceof Target.Quantity<V> q
            ? quantity(q, predictor, answers, answered)
            : category((Target.Category<V>) binding.target(), answers, answered);
    figures.put("abstentions", (double) (outcomes.size() - answers.size()));
    return new Evaluation(
        "answers to samples given for judging", answers.size(), figures, Map.of(), List.of());
  }

  private static <V> Map<String, Double> quantity(
      Target.Quantity<V> target,
      Predictor<?, V> predictor,
      List<Outcome.Prediction<V>> answers,
      List<V> truths) {
    double low = predictor.info().low();
    double high = predictor.info().high();
    double[] truth =
        truths.stream()
            .mapToDouble(target.number())
            .map(t -> Math.max(low, Math.min(high, t)))
            .toArray();
    double[] predicted =
        answers.stream().mapToDouble(a -> target.number().applyAsDouble(a.value())).toArray();
    Map<String, Double> figures = Figures.quantity(truth, predicted);
    List<Uncertainty> given = answers.stream().map(a -> a.uncertainty().at(0.9)).toList();
    Figures.intervals(figures, truth, given, low, high);
    return figures;
  }

  /**
   * Of a plug-in's answer only its label is known here; figures that need probabilities are the
   * plug-in's to compute.
   */
  private static <V> Map<String, Double> category(
      Target.Category<V> target, List<Outcome.Prediction<V>> answers, List<V> truths) {
    List<String> was = truths.stream().map(target.label()).toList();
    List<String> said = answers.stream().map(a -> target.label().apply(a.value())).toList();
    Map<String, Double> figures = new LinkedHashMap<>();
    Figures.labels(figures, was, said);
    int sets = 0;
    int covered = 0;
    int size = 0;
    for (int i = 0; i < answers.size(); i++) {
      if (answers.get(i).uncertainty().at(0.9) instanceof Uncertainty.LabelSet set) {
        sets++;
        covered += set.labels().contains(was.get(i)) ? 1 : 0;
        size += set.labels().size();
      }
    }
    if (sets > 0) {
      figures.put("coverage 90", (double) covered / sets);
      figures.put("set size 90", (double) size / sets);
    }
    return figures;
  }
}
