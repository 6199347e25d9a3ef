package io.millwright.api;

import io.millwright.api.learn.LearningCurve;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How good a model is on data that it did not learn from.
 *
 * @param protocol how the data were held out, in a sentence, such as {@code "5 folds by unit, each
 *     judged by the member that did not see it"}
 * @param samples how many answers were judged
 * @param figures the figures by name, such as {@code rmse}, {@code mae}, {@code nasa score}, {@code
 *     f1}, {@code coverage 90}, {@code width 90}
 * @param baselines the same figures for simple models judged on the same data, by the baseline's
 *     name
 * @param curves loss by epoch, one curve for each network that was trained
 */
public record Evaluation(
    String protocol,
    long samples,
    Map<String, Double> figures,
    Map<String, Map<String, Double>> baselines,
    List<LearningCurve> curves) {

  /** Checks and copies. */
  public Evaluation {
    Objects.requireNonNull(protocol, "protocol");
    if (samples < 0) {
      throw new IllegalArgumentException("samples is " + samples);
    }
    figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
    Map<String, Map<String, Double>> copy = new LinkedHashMap<>();
    baselines.forEach(
        (name, values) -> copy.put(name, Collections.unmodifiableMap(new LinkedHashMap<>(values))));
    baselines = Collections.unmodifiableMap(copy);
    curves = List.copyOf(curves);
  }

  /** For people: the figures, those of the baselines, and how they came about. No curves. */
  @Override
  public String toString() {
    return figures + ", baselines " + baselines + ", on " + samples + " samples, " + protocol;
  }

  /**
   * One figure.
   *
   * @param name its name
   * @return its value
   * @throws MillwrightException with {@link ErrorCode#UNSUPPORTED} when there is no such figure;
   *     the message lists those there are
   */
  public double figure(String name) {
    Double value = figures.get(name);
    if (value == null) {
      throw new MillwrightException(
          ErrorCode.UNSUPPORTED,
          "no figure \"" + name + "\" in this evaluation\nMaybe one of " + figures.keySet());
    }
    return value;
  }

  /**
   * The root mean square error, in the unit of the predicted quantity.
   *
   * @return the figure {@code rmse}
   */
  public double rmse() {
    return figure("rmse");
  }
}
