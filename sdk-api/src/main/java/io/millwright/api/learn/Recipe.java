package io.millwright.api.learn;

import io.millwright.api.ErrorCode;
import io.millwright.api.spi.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A training configuration: everything that makes a model out of samples. Immutable and
 * thread-safe; the same recipe, samples, versions and thread count give the same model on a CPU.
 * Hosts and plug-ins build it; a bundle keeps it, but for the binding, as data.
 *
 * @param <I> one input
 * @param <L> one label
 * @param <V> one answer
 */
public final class Recipe<I, L, V> {

  private final Binding<I, L, V> binding;
  private final Preparation preparation;
  private final Variation variation;
  private final Views views;
  private final Network network;
  private final Learning learning;
  private final Split split;
  private final Calibration calibration;
  private final Optional<Decision> decision;

  private Recipe(Builder<I, L, V> from) {
    binding = from.binding;
    preparation = from.preparation;
    variation = from.variation;
    views = from.views;
    network = from.network;
    learning = from.learning;
    split = from.split;
    calibration = from.calibration;
    decision = from.decision;
  }

  /**
   * Begins a recipe with a default for everything else: {@link Preparation#standard}, {@code
   * Networks.mlp(64, 32)}, Adam with early stopping, five folds by group, conformal calibration.
   *
   * @param binding what is asked and answered
   * @param <I> one input
   * @param <L> one label
   * @param <V> one answer
   * @return a builder
   */
  public static <I, L, V> Builder<I, L, V> of(Binding<I, L, V> binding) {
    return new Builder<>(binding);
  }

  /**
   * Begins another recipe with what this one has.
   *
   * @return a builder
   */
  public Builder<I, L, V> toBuilder() {
    return new Builder<>(binding)
        .preparation(preparation)
        .variation(variation)
        .views(views)
        .network(network)
        .learning(learning)
        .split(split)
        .calibration(calibration)
        .decision(decision);
  }

  /**
   * What is asked and answered.
   *
   * @return the binding
   */
  public Binding<I, L, V> binding() {
    return binding;
  }

  /**
   * What is done to rows, fitted to the data.
   *
   * @return the preparation
   */
  public Preparation preparation() {
    return preparation;
  }

  /**
   * How training varies samples (data augmentation).
   *
   * @return the variation
   */
  public Variation variation() {
    return variation;
  }

  /**
   * Which views of an image a prediction is the mean of (test-time augmentation).
   *
   * @return the views
   */
  public Views views() {
    return views;
  }

  /**
   * The network, without its output layer.
   *
   * @return the network
   */
  public Network network() {
    return network;
  }

  /**
   * How it learns.
   *
   * @return the options
   */
  public Learning learning() {
    return learning;
  }

  /**
   * How data are held out.
   *
   * @return the split
   */
  public Split split() {
    return split;
  }

  /**
   * How uncertainty is measured.
   *
   * @return the calibration
   */
  public Calibration calibration() {
    return calibration;
  }

  /**
   * How a threshold is chosen, for classes that call for a yes or no.
   *
   * @return the rule, or empty
   */
  public Optional<Decision> decision() {
    return decision;
  }

  /**
   * Builds a recipe. Used by one thread at a time.
   *
   * @param <I> one input
   * @param <L> one label
   * @param <V> one answer
   */
  public static final class Builder<I, L, V> {
    private final Binding<I, L, V> binding;
    private Preparation preparation = Preparation.standard();
    private Variation variation = Variation.none();
    private Views views = Views.one();
    private Network network = Networks.mlp(64, 32);
    private Learning learning = Learning.adam(1e-3).earlyStopping(10);
    private Split split = Split.folds(5);
    private Calibration calibration = Calibration.conformal();
    private Optional<Decision> decision = Optional.empty();

    private Builder(Binding<I, L, V> binding) {
      this.binding = Objects.requireNonNull(binding, "binding");
    }

    /**
     * What is done to rows.
     *
     * @param value the preparation
     * @return this
     */
    public Builder<I, L, V> preparation(Preparation value) {
      preparation = Objects.requireNonNull(value, "preparation");
      return this;
    }

    /**
     * How training varies samples (data augmentation).
     *
     * @param value the variation
     * @return this
     */
    public Builder<I, L, V> variation(Variation value) {
      variation = Objects.requireNonNull(value, "variation");
      return this;
    }

    /**
     * Which views of an image a prediction is the mean of (test-time augmentation).
     *
     * @param value the views
     * @return this
     */
    public Builder<I, L, V> views(Views value) {
      views = Objects.requireNonNull(value, "views");
      return this;
    }

    /**
     * A known formula, given as a column, which the network corrects: puts the step {@link
     * Step.Base} before the preparation set so far.
     *
     * @param column the column of the formula's value, in the unit of the answer
     * @return this
     */
    public Builder<I, L, V> base(String column) {
      List<Step> steps = new ArrayList<>(List.of(new Step.Base(column)));
      steps.addAll(preparation.steps());
      return preparation(new Preparation(steps));
    }

    /**
     * The network, without its output layer.
     *
     * @param value the network
     * @return this
     */
    public Builder<I, L, V> network(Network value) {
      network = Objects.requireNonNull(value, "network");
      return this;
    }

    /**
     * How it learns.
     *
     * @param value the options
     * @return this
     */
    public Builder<I, L, V> learning(Learning value) {
      learning = Objects.requireNonNull(value, "learning");
      return this;
    }

    /**
     * How data are held out.
     *
     * @param value the split
     * @return this
     */
    public Builder<I, L, V> split(Split value) {
      split = Objects.requireNonNull(value, "split");
      return this;
    }

    /**
     * How uncertainty is measured.
     *
     * @param value the calibration
     * @return this
     */
    public Builder<I, L, V> calibration(Calibration value) {
      calibration = Objects.requireNonNull(value, "calibration");
      return this;
    }

    /**
     * How a threshold is chosen.
     *
     * @param value the rule, or empty for none
     * @return this
     */
    public Builder<I, L, V> decision(Optional<Decision> value) {
      decision = Objects.requireNonNull(value, "decision");
      return this;
    }

    /**
     * How a threshold is chosen.
     *
     * @param value the rule
     * @return this
     */
    public Builder<I, L, V> decision(Decision value) {
      return decision(Optional.of(value));
    }

    /**
     * The recipe.
     *
     * @return the recipe
     * @throws io.millwright.api.MillwrightException with {@link ErrorCode#BAD_OPTION} when parts do
     *     not belong together: all faults at once
     */
    public Recipe<I, L, V> build() {
      Problems problems = new Problems("the recipe of " + binding.task().id());
      learning
          .loss()
          .filter(loss -> !binding.head().accepts(loss))
          .ifPresent(
              loss ->
                  problems.add(
                      ErrorCode.BAD_OPTION,
                      "learning.loss",
                      loss + " does not belong to " + binding.head(),
                      "leave the loss out: the head brings its own."));
      learning
          .loss()
          .filter(
              loss ->
                  loss.getClass().getDeclaringClass() != Loss.class && !(loss instanceof NamedLoss))
          .ifPresent(
              loss ->
                  problems.add(
                      ErrorCode.BAD_OPTION,
                      "learning.loss",
                      loss + " is a plug-in's own, which no recipe can keep as data",
                      "let the plug-in's head bring it, or make it a NamedLoss."));
      if (decision.isPresent() && !binding.head().decides()) {
        problems.add(
            ErrorCode.BAD_OPTION,
            "decision",
            decision.get()
                + " decides between classes, but the model answers with "
                + binding.head(),
            "leave it empty.");
      }
      if (!binding.head().averages() && (split.folds() > 1 || learning.members() > 1)) {
        problems.add(
            ErrorCode.BAD_OPTION,
            "split",
            split.folds()
                + " folds and "
                + learning.members()
                + " members, but several networks cannot be averaged into "
                + binding.head(),
            "use Split.holdOut(0.2) and one member.");
      }
      boolean pictures = preparation.steps().stream().anyMatch(s -> s instanceof Step.Picture);
      if (variation instanceof PictureVariation && !pictures
          || variation instanceof Variation.Rows && pictures) {
        problems.add(
            ErrorCode.BAD_OPTION,
            "variation",
            variation
                + (pictures
                    ? " varies rows, but there are images"
                    : " varies images, but the preparation has no step Picture"),
            "use "
                + (pictures
                    ? "Variation.pictures()."
                    : "Variation.Rows, or begin with the step Picture."));
      }
      if (!views.single() && !pictures) {
        problems.add(
            ErrorCode.BAD_OPTION,
            "views",
            views + " are views of an image, but the preparation has no step Picture",
            "leave them out, or begin with the step Picture.");
      }
      problems.throwIfAny();
      return new Recipe<>(this);
    }
  }
}
