package io.millwright.api;

import io.millwright.api.learn.LearningCurve;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How good a model is on data that it did not learn from (held-out evaluation). */
public final class Evaluation {

  private final String protocol;
  private final long samples;
  private final Map<String, Double> figures;
  private final Map<String, Map<String, Double>> baselines;
  private final List<LearningCurve> curves;

  private Evaluation(Builder from) {
    samples = from.samples;
    protocol = Objects.requireNonNull(from.protocol, "protocol");
    figures = Collections.unmodifiableMap(new LinkedHashMap<>(from.figures));
    curves = List.copyOf(from.curves);

    if (samples < 0) {
      throw new IllegalArgumentException("samples is " + samples);
    }
    Map<String, Map<String, Double>> copy = new LinkedHashMap<>();
    from.baselines.forEach(
        (name, values) -> copy.put(name, Collections.unmodifiableMap(new LinkedHashMap<>(values))));
    baselines = Collections.unmodifiableMap(copy);
  }

  /**
   * Starts a builder with the defaults.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Starts a builder with the values of this one.
   *
   * @return a builder
   */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.protocol = protocol;
    builder.samples = samples;
    builder.figures = figures;
    builder.baselines = baselines;
    builder.curves = curves;
    return builder;
  }

  /**
   * {@return how the data were held out, in a sentence, such as {@code "5 folds by unit, each
   * judged by the member that did not see it"}}
   */
  public String protocol() {
    return protocol;
  }

  /** {@return how many answers were judged} */
  public long samples() {
    return samples;
  }

  /**
   * {@return the figures by name, such as {@code rmse}, {@code mae}, {@code nasa score}, {@code
   * f1}, {@code coverage 90}, {@code width 90}}
   */
  public Map<String, Double> figures() {
    return figures;
  }

  /**
   * {@return the same figures for simple models judged on the same data, by the baseline's name}
   */
  public Map<String, Map<String, Double>> baselines() {
    return baselines;
  }

  /** {@return loss by epoch, one curve for each network that was trained} */
  public List<LearningCurve> curves() {
    return curves;
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

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Evaluation that && parts().equals(that.parts());
  }

  @Override
  public int hashCode() {
    return parts().hashCode();
  }

  private List<Object> parts() {
    return List.of(protocol, samples, figures, baselines, curves);
  }

  /** A builder, for one thread at a time. */
  public static final class Builder {
    private @Nullable String protocol;
    private long samples;
    private Map<String, Double> figures = Map.of();
    private Map<String, Map<String, Double>> baselines = Map.of();
    private List<LearningCurve> curves = List.of();

    private Builder() {}

    /**
     * Sets {@link Evaluation#protocol}.
     *
     * @param value how the data were held out, in a sentence, such as {@code "5 folds by unit, each
     *     judged by the member that did not see it"}
     * @return this
     */
    public Builder protocol(String value) {
      protocol = Objects.requireNonNull(value, "protocol");
      return this;
    }

    /**
     * Sets {@link Evaluation#samples}.
     *
     * @param value how many answers were judged
     * @return this
     */
    public Builder samples(long value) {
      samples = value;
      return this;
    }

    /**
     * Sets {@link Evaluation#figures}.
     *
     * @param value the figures by name, such as {@code rmse}, {@code mae}, {@code nasa score},
     *     {@code f1}, {@code coverage 90}, {@code width 90}
     * @return this
     */
    public Builder figures(Map<String, Double> value) {
      figures = Objects.requireNonNull(value, "figures");
      return this;
    }

    /**
     * Sets {@link Evaluation#baselines}.
     *
     * @param value the same figures for simple models judged on the same data, by the baseline's
     *     name
     * @return this
     */
    public Builder baselines(Map<String, Map<String, Double>> value) {
      baselines = Objects.requireNonNull(value, "baselines");
      return this;
    }

    /**
     * Sets {@link Evaluation#curves}.
     *
     * @param value loss by epoch, one curve for each network that was trained
     * @return this
     */
    public Builder curves(List<LearningCurve> value) {
      curves = Objects.requireNonNull(value, "curves");
      return this;
    }

    /**
     * Checks the values and makes the object.
     *
     * @return the new object
     */
    public Evaluation build() {
      return new Evaluation(this);
    }
  }
}
