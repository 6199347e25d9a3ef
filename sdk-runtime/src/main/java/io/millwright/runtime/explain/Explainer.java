package io.millwright.runtime.explain;

import io.millwright.api.Budget;
import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.data.Table;
import io.millwright.runtime.support.KeyedRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Explains single answers of any predictor: Shapley values and local linear models. Asks the
 * predictor alone, on the caller's thread; as thread-safe as the predictor, which stays the
 * caller's to close. The same key, budget in evaluations and inputs give the same explanation.
 *
 * @param <I> one input
 * @param <V> one answer
 */
public final class Explainer<I, V> {

  /** More background inputs make an explanation dearer, and hardly surer. */
  private static final int MOST_BACKGROUND = 100;

  private final Predictor<I, V> predictor;
  private final FeatureView<I> view;
  private final List<I> background;
  private final Optional<String> label;
  private final Optional<ToDoubleFunction<? super V>> number;
  private final long key;

  private Explainer(
      Predictor<I, V> predictor,
      FeatureView<I> view,
      List<I> background,
      Optional<String> label,
      Optional<ToDoubleFunction<? super V>> number,
      long key) {
    this.predictor = predictor;
    this.view = view;
    this.background = background;
    this.label = label;
    this.number = number;
    this.key = key;
  }

  /**
   * An explainer.
   *
   * @param predictor what answers
   * @param view how an input falls into features
   * @param background inputs as they usually are, with which the explained one is compared; at
   *     least one. Of more than 100, 100 are taken by key; those without an answer are left out
   * @param <I> one input
   * @param <V> one answer
   * @return the explainer
   * @throws MillwrightException with {@link ErrorCode#TOO_FEW_DATA} when the model answers none
   */
  public static <I, V> Explainer<I, V> of(
      Predictor<I, V> predictor, FeatureView<I> view, List<? extends I> background) {
    Objects.requireNonNull(view, "view");
    List<I> some = new ArrayList<>();
    int[] order = KeyedRandom.of(0, KeyedRandom.Purpose.OTHER, 70).permutation(background.size());
    int[] first = Arrays.copyOf(order, Math.min(order.length, MOST_BACKGROUND));
    Arrays.sort(first);
    for (int i : first) {
      some.add(background.get(i));
    }
    List<I> answered = new ArrayList<>();
    List<Outcome<V>> outcomes = predictor.predictAll(some);
    for (int i = 0; i < some.size(); i++) {
      if (outcomes.get(i) instanceof Outcome.Prediction<V>) {
        answered.add(some.get(i));
      }
    }
    if (answered.isEmpty()) {
      throw new MillwrightException(
          ErrorCode.TOO_FEW_DATA,
          "of "
              + background.size()
              + " background inputs none has an answer"
              + "\nMaybe give inputs as the model was trained on");
    }
    return new Explainer<>(
        predictor, view, List.copyOf(answered), Optional.empty(), Optional.empty(), 0);
  }

  /**
   * An explainer of a model of tables, with one feature for each of the model's inputs.
   *
   * @param predictor what answers
   * @param background rows as they usually are; each row is one input
   * @param <V> one answer
   * @return the explainer
   * @throws MillwrightException as {@link #of}
   */
  public static <V> Explainer<Table, V> ofRows(Predictor<Table, V> predictor, Table background) {
    return of(
        predictor,
        FeatureView.columns(predictor.info().inputs().names()),
        ColumnStudy.single(background));
  }

  /**
   * Explains the probability of a class. Without it, of the class that is most probable for the
   * explained input.
   *
   * @param ofClass the class
   * @return the new explainer
   * @throws MillwrightException with {@link ErrorCode#BAD_LABEL} for an unknown class
   */
  public Explainer<I, V> label(String ofClass) {
    if (!predictor.info().classes().contains(ofClass)) {
      throw new MillwrightException(
          ErrorCode.BAD_LABEL,
          "the model knows no class \""
              + ofClass
              + "\"\nMaybe "
              + (predictor.info().classes().isEmpty()
                  ? "leave it out: the model predicts a quantity"
                  : "one of " + predictor.info().classes()));
    }
    return new Explainer<>(predictor, view, background, Optional.of(ofClass), number, key);
  }

  /**
   * Explains a number of the answer, for answers that are neither a number nor class scores.
   *
   * @param ofAnswer gives the number
   * @return the new explainer
   */
  public Explainer<I, V> explaining(ToDoubleFunction<? super V> ofAnswer) {
    return new Explainer<>(predictor, view, background, label, Optional.of(ofAnswer), key);
  }

  /**
   * The key of all draws (seed).
   *
   * @param value the key; 0 by default
   * @return the new explainer
   */
  public Explainer<I, V> key(long value) {
    return new Explainer<>(predictor, view, background, label, number, value);
  }

  FeatureView<I> view() {
    return view;
  }

  List<I> background() {
    return background;
  }

  /** The model as a function to one number: for classes, that of the class meant for an input. */
  AskedModel<I, V> model(I input) {
    if (number.isPresent()) {
      return new AskedModel<>(predictor, number.get());
    }
    Optional<String> of = label;
    if (of.isEmpty() && !predictor.info().classes().isEmpty()) {
      V value = predictor.predict(input).orElseThrow().value();
      of =
          value instanceof io.millwright.api.learn.ClassScores scores
              ? Optional.of(scores.best())
              : Optional.empty();
    }
    Optional<String> fixed = of;
    return new AskedModel<>(
        predictor, v -> AskedModel.number(Objects.requireNonNull((Object) v), fixed));
  }

  /**
   * Shapley values of one answer: exact where all coalitions fit into the budget (up to 14
   * features), otherwise sampled with a standard error for each value.
   *
   * @param input what to explain
   * @param budget how many answers of the model, or how much time, it may take; at least 16 pairs
   *     of orders are drawn whatever the budget
   * @return the values, which add up to the answer minus the mean of the background
   * @throws MillwrightException with the abstention when the input has no answer; with {@link
   *     ErrorCode#UNSUPPORTED} when nearly no mixture of input and background has one
   */
  public ShapleyValues shapley(I input, Budget budget) {
    return new Shapley<>(model(input), view, background, key).of(input, budget);
  }

  /**
   * A local linear model around one input (LIME).
   *
   * @param input what to explain
   * @param samples how many mixtures of input and background are asked, such as 1000; at least
   *     twice as many as there are features are taken
   * @return the local model with its fidelity
   * @throws MillwrightException with the abstention when the input has no answer
   */
  public LocalModel local(I input, int samples) {
    int least = 2 * (view.names(input).size() + 2);
    return new LocalFit<>(model(input), view, background, key).of(input, Math.max(least, samples));
  }
}
