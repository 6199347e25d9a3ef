package io.millwright.api.head;

import io.millwright.api.Uncertainties;
import io.millwright.api.data.PlainData;
import io.millwright.api.data.Unit;
import java.util.List;

/** What calibration learnt, as plain data. Immutable and thread-safe. */
sealed interface Calibrated {

  /**
   * Nothing was calibrated.
   *
   * @param why the reason, as users will read it
   */
  record None(String why) implements Calibrated {
    /** Checks. */
    public None {
      if (why.isBlank()) {
        throw new IllegalArgumentException("say why nothing was calibrated");
      }
    }
  }

  /**
   * Errors of a quantity.
   *
   * @param scores signed errors, truth minus prediction, over their local size
   * @param scale the local size of errors
   * @param local errors along the prediction, which go before the others; none for few of them
   */
  record Quantity(Scores scores, LocalScale scale, LocalErrors local) implements Calibrated {

    Quantity(Scores scores, LocalScale scale) {
      this(scores, scale, LocalErrors.none());
    }

    /**
     * How sure a prediction is.
     *
     * <p>A quantile at or above {@code high} is infinite: {@code high} is where truths can no
     * longer be told apart, so all that is known is "at least". A quantile at or below {@code low}
     * is {@code low}, which is a floor of the quantity itself.
     *
     * @param predicted the prediction, between the limits
     * @param unit the unit of all of these
     * @param low the least value there is; negative infinity for no limit
     * @param high the largest value that can be told apart; positive infinity for no limit
     */
    public Uncertainties uncertainties(double predicted, Unit unit, double low, double high) {
      return !local.isNone()
          ? local.around(predicted, unit, low, high)
          : new QuantityUncertainties(scores, predicted, scale.of(predicted), unit, low, high);
    }
  }

  /**
   * Probabilities and label sets.
   *
   * @param temperature what logarithms of probabilities are divided by
   * @param scores how much probability stands before the true class, its own half included
   */
  record Classes(double temperature, Scores scores) implements Calibrated {
    /** Checks. */
    public Classes {
      if (!(temperature > 0) || Double.isInfinite(temperature)) {
        throw new IllegalArgumentException("temperature is " + temperature);
      }
    }

    /** The calibrated probabilities of a network's probabilities; they keep their order. */
    public double[] probabilities(double[] raw) {
      return Temperature.apply(raw, 1 / temperature);
    }

    /** The probabilities of a network that these are the calibrated ones of. */
    double[] unscaled(double[] calibrated) {
      return Temperature.apply(calibrated, temperature);
    }

    /** Label sets at every level, from calibrated probabilities. */
    public Uncertainties uncertainties(double[] calibrated, List<String> labels) {
      return ClassUncertainties.of(scores, calibrated, labels);
    }
  }

  /** For a bundle. */
  default PlainData data() {
    if (this instanceof Quantity q) {
      PlainData.Builder data =
          PlainData.builder()
              .put("scores", q.scores.data())
              .put("predictions", q.scale.predictions())
              .put("sizes", q.scale.sizes())
              .put("least", q.scale.least());
      return (q.local.isNone() ? data : data.put("local", q.local.data())).build();
    }
    if (this instanceof Classes c) {
      return PlainData.builder()
          .put("scores", c.scores.data())
          .put("temperature", c.temperature)
          .build();
    }
    return PlainData.builder().put("none", ((None) this).why).build();
  }

  /** Back from a bundle, for a quantity or nothing. */
  static Calibrated ofQuantity(PlainData data) {
    return data.has("none")
        ? new None(data.text("none"))
        : new Quantity(
            Scores.of(data.part("scores")),
            new LocalScale(
                Scores.boxed(data.numbers("predictions")),
                Scores.boxed(data.numbers("sizes")),
                data.number("least")),
            data.has("local") ? LocalErrors.of(data.part("local")) : LocalErrors.none());
  }

  /** Back from a bundle, for classes or nothing. */
  static Calibrated ofClasses(PlainData data) {
    return data.has("none")
        ? new None(data.text("none"))
        : new Classes(data.number("temperature"), Scores.of(data.part("scores")));
  }

  /**
   * Calibrates a quantity on held-out predictions.
   *
   * <p>A truth that stands at the target's upper limit is censored: it is at least that. Since an
   * interval whose upper end reaches the limit is open, its error counts as it stands: the interval
   * holds the truth exactly when its end reaches the limit.
   *
   * @param normalised whether errors are divided by their local size
   * @param predicted the predictions, cut to the target's limits
   * @param truth the truths, cut to the target's limits
   * @param groups the group of each; groups weigh the same; empty when each sample stands for
   *     itself. A single group says nothing of others, so its samples stand for themselves too
   * @throws io.millwright.api.MillwrightException when there are no samples, lengths differ or a
   *     value is not finite
   */
  static Quantity quantity(
      boolean normalised, double[] predicted, double[] truth, List<String> groups) {
    CalibrationChecks.quantity(predicted, truth, groups);
    Groups g = Groups.of(predicted.length, groups);
    double[] scores = new double[predicted.length];
    LocalScale scale;
    if (normalised) {
      scale = ScaleFitter.fit(predicted, truth, g.weights());
      // Each error is measured by a size learnt without its group, as a new unit's will be.
      double[] sizes = ScaleFitter.crossFitted(predicted, truth, g);
      for (int i = 0; i < scores.length; i++) {
        scores[i] = (truth[i] - predicted[i]) / sizes[i];
      }
    } else {
      scale = LocalScale.constant();
      for (int i = 0; i < scores.length; i++) {
        scores[i] = truth[i] - predicted[i];
      }
    }
    return new Quantity(Scores.of(scores, g), scale);
  }

  /**
   * The same for a quantity between two limits, where errors lie to one side: with enough samples
   * each run of predictions has a distribution of its own.
   *
   * @param high the upper limit
   */
  static Quantity limitedQuantity(
      double[] predicted, double[] truth, List<String> groups, double high) {
    Quantity whole = quantity(true, predicted, truth, groups);
    LocalErrors local =
        LocalErrors.fit(predicted, truth, Groups.of(predicted.length, groups), high);
    return new Quantity(whole.scores, whole.scale, local);
  }

  /**
   * Calibrates classes on held-out predictions.
   *
   * @param probabilities the network's probabilities
   * @param truth the index of the true class
   * @param groups as in {@link #quantity}
   * @throws io.millwright.api.MillwrightException when there are no samples, lengths differ, a
   *     probability is not one or a class does not exist
   */
  static Classes classes(double[][] probabilities, int[] truth, List<String> groups) {
    CalibrationChecks.classes(probabilities, truth, groups);
    Groups g = Groups.of(truth.length, groups);
    double inverse = Temperature.fit(probabilities, truth, g.weights());
    double[] scores = new double[truth.length];
    for (int i = 0; i < truth.length; i++) {
      scores[i] = ClassUncertainties.score(Temperature.apply(probabilities[i], inverse), truth[i]);
    }
    return new Classes(1 / inverse, Scores.of(scores, g));
  }
}
