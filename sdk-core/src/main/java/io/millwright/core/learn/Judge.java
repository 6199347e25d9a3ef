package io.millwright.core.learn;

import io.millwright.api.ErrorCode;
import io.millwright.api.Evaluation;
import io.millwright.api.MillwrightException;
import io.millwright.api.Predictor;
import io.millwright.api.head.FittedHead;
import io.millwright.api.head.HeldOut;
import io.millwright.api.learn.Binding;
import io.millwright.api.learn.Sample;
import io.millwright.api.learn.Samples;
import io.millwright.runtime.predict.ModelPredictor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Judges a predictor on new samples by the figures of its head. */
final class Judge {

  private Judge() {}

  static <I, L, V> Evaluation judge(
      Binding<I, L, V> binding, Predictor<I, V> predictor, Samples<I, L> samples) {
    if (!(predictor instanceof ModelPredictor<I, V> model)) {
      throw new MillwrightException(
          ErrorCode.UNSUPPORTED,
          "the predictor of "
              + predictor.info().task()
              + " was not opened by this toolkit\n"
              + "Maybe judge the predictor that the toolkit opened");
    }
    FittedHead<L, V> head = model.fitted(binding.head());
    boolean reconstructs = binding.head().reconstructs();
    List<I> inputs = new ArrayList<>();
    List<@Nullable L> truths = new ArrayList<>();
    List<String> groups = new ArrayList<>();
    for (Sample<I, L> sample : samples.all()) {
      L last = sample.labels().isEmpty() ? null : sample.labels().get(sample.labels().size() - 1);
      if (last != null || reconstructs) {
        inputs.add(sample.input());
        truths.add(last);
        groups.add(sample.group());
      }
    }
    List<Optional<ModelPredictor.Said>> all = model.sayAll(inputs);
    List<double[]> said = new ArrayList<>();
    List<float[]> targets = new ArrayList<>();
    List<String> judged = new ArrayList<>();
    int abstentions = 0;
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).isEmpty()) {
        abstentions++;
        continue;
      }
      float[] target = new float[head.targets()];
      Arrays.fill(target, Float.NaN);
      L truth = truths.get(i);
      if (truth != null) {
        head.target(truth, target, 0);
      }
      if (reconstructs) {
        float[] input = all.get(i).get().input();
        System.arraycopy(input, 0, target, 0, input.length);
      }
      if (!known(target)) {
        continue; // a truth that the model cannot tell, such as a class that it never saw
      }
      said.add(all.get(i).get().said());
      targets.add(target);
      judged.add(groups.get(i));
    }
    if (said.isEmpty()) {
      throw new MillwrightException(
          ErrorCode.TOO_FEW_DATA,
          "there are "
              + inputs.size()
              + " labelled samples, and the model answers for none of them"
              + "\nMaybe give samples like those it was trained on");
    }
    HeldOut heldOut =
        new HeldOut(said.toArray(new double[0][]), targets.toArray(new float[0][]), judged);
    Map<String, Double> figures = new LinkedHashMap<>(head.figures(heldOut));
    figures.putAll(head.uncertaintyFigures(heldOut));
    figures.put("abstentions", (double) abstentions);
    figures.put("unknown labels", (double) (inputs.size() - abstentions - said.size()));
    return Evaluation.builder()
        .protocol("answers to samples given for judging")
        .samples(said.size())
        .figures(figures)
        .build();
  }

  private static boolean known(float[] targets) {
    for (float t : targets) {
      if (!Float.isNaN(t)) {
        return true;
      }
    }
    return false;
  }
}
