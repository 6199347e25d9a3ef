package io.millwright.runtime.text;

import io.millwright.api.ErrorCode;
import io.millwright.api.ExplainRequest;
import io.millwright.api.Explanation;
import io.millwright.api.Finding;
import io.millwright.api.Flag;
import io.millwright.api.MillwrightException;
import io.millwright.api.ModelInfo;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.head.Answer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Answers by a model of texts. Thread-safe.
 *
 * @param <I> one input
 * @param <V> one answer
 */
public final class TextPredictor<I, V> implements Predictor<I, V> {

  /** With so small a share of known n-grams an answer carries a flag. */
  private static final double STRANGE = 0.4;

  private static final int CHUNK = 256;

  private final TextModel<I, V> model;
  private final ModelInfo info;
  private final Parts<I> parts;
  private volatile boolean closed;

  /** How inputs consist of words. */
  interface Parts<I> {
    /** Whether there is nothing to read. */
    boolean blank(I input);

    /** The words of an input, in order. */
    List<String> words(I input);

    /** The input without one of its words. */
    I without(I input, int word);
  }

  TextPredictor(TextModel<I, V> model, ModelInfo info, Parts<I> parts) {
    this.model = model;
    this.info = info;
    this.parts = parts;
  }

  /** The model behind it, for judging. */
  public TextModel<I, V> model() {
    return model;
  }

  @Override
  public Outcome<V> predict(I input) {
    return predictAll(List.of(input)).get(0);
  }

  @Override
  public List<Outcome<V>> predictAll(List<? extends I> inputs) {
    open();
    List<Outcome<V>> all = new ArrayList<>(inputs.size());
    for (int from = 0; from < inputs.size(); from += CHUNK) {
      List<? extends I> some = inputs.subList(from, Math.min(inputs.size(), from + CHUNK));
      double[][] said = model.said(some);
      for (int i = 0; i < said.length; i++) {
        all.add(outcome(some.get(i), said[i]));
      }
    }
    return List.copyOf(all);
  }

  private Outcome<V> outcome(I input, double[] said) {
    if (parts.blank(input)) {
      return abstain(
          ErrorCode.MISSING_VALUE, "holds no word", "give a text with letters or digits.");
    }
    double known = model.known(input);
    if (known == 0) {
      return abstain(
          ErrorCode.OUT_OF_RANGE,
          "has nothing in common with the training texts",
          "train the model with texts like this one.");
    }
    Answer<V> answer = model.head().answer(said, new float[0]);
    Set<Flag> flags = EnumSet.noneOf(Flag.class);
    flags.addAll(answer.flags());
    if (known < STRANGE) {
      flags.add(Flag.OUTSIDE_TRAINING_RANGE);
    }
    if (model.floor() > 0 && known < STRANGE) {
      return abstain(
          ErrorCode.OUT_OF_RANGE,
          "has little in common with the training texts, for which the asked share of right answers"
              + " was measured",
          "let a person decide.");
    }
    if (model.floor() > 0) {
      int main = model.head().main(said);
      double sure = model.head().number(said, main);
      if (sure < model.floor()) {
        return abstain(
            ErrorCode.OUT_OF_RANGE,
            String.format(
                Locale.ROOT,
                "is most probably %s, but only with %.3f, and %.3f is asked for",
                model.head().classes().isEmpty() ? "?" : model.head().classes().get(main),
                sure,
                model.floor()),
            "let a person decide.");
      }
    }
    return new Outcome.Prediction<>(answer.value(), answer.uncertainty(), flags, info);
  }

  private Outcome<V> abstain(ErrorCode code, String message, String remedy) {
    return new Outcome.Abstention<>(
        code, List.of(new Finding(code, "text", message, remedy)), info);
  }

  @Override
  public Explanation explain(I input, ExplainRequest how) {
    open();
    List<String> words = parts.words(input);
    List<I> variants = new ArrayList<>();
    variants.add(input);
    for (int w = 0; w < words.size(); w++) {
      variants.add(parts.without(input, w));
    }
    double[][] said = model.said(variants);
    int which = how.label().map(label -> place(label)).orElseGet(() -> model.head().main(said[0]));
    double answer = model.head().number(said[0], which);
    double[] effect = new double[words.size()];
    for (int w = 0; w < effect.length; w++) {
      effect[w] = answer - model.head().number(said[w + 1], which);
    }
    List<Explanation.Contribution> all = new ArrayList<>();
    for (int w = 0; w < effect.length; w++) {
      all.add(new Explanation.Contribution("word " + (w + 1), words.get(w), effect[w]));
    }
    all.sort(Comparator.comparingDouble((Explanation.Contribution c) -> -Math.abs(c.effect())));
    double nothing = model.head().number(model.said(List.of(empty(input)))[0], which);
    return new Explanation(
        "the probability as it is minus the probability without the word, each word left out by"
            + " itself",
        nothing,
        answer,
        all.subList(0, Math.min(how.most(), all.size())));
  }

  private I empty(I input) {
    I rest = input;
    for (int n = parts.words(rest).size(); n > 0; n = Math.min(n - 1, parts.words(rest).size())) {
      rest = parts.without(rest, 0);
    }
    return rest;
  }

  private int place(String label) {
    int place = model.head().classes().indexOf(label);
    if (place < 0) {
      throw new MillwrightException(
          ErrorCode.BAD_LABEL,
          "the model knows no class \""
              + label
              + "\"\nMaybe name one of "
              + model.head().classes());
    }
    return place;
  }

  private void open() {
    if (closed) {
      throw new MillwrightException(
          ErrorCode.CLOSED,
          "the predictor of "
              + info.task()
              + " was closed\nMaybe open it again, or close it later");
    }
  }

  @Override
  public ModelInfo info() {
    return info;
  }

  @Override
  public void close() {
    closed = true;
  }
}
