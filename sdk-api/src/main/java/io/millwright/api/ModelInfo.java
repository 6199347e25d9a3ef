package io.millwright.api;

import io.millwright.api.data.Schema;
import io.millwright.api.data.Unit;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a model is (model metadata): the question it answers, what it needs, how good it was, where
 * it comes from.
 */
public final class ModelInfo {

  private final String task;
  private final int taskVersion;
  private final String digest;
  private final Schema inputs;
  private final Unit unit;
  private final double low;
  private final double high;
  private final List<String> classes;
  private final Set<Capability> capabilities;
  private final Map<String, Double> figures;
  private final Provenance provenance;

  private ModelInfo(Builder from) {
    taskVersion = from.taskVersion;
    low = from.low;
    high = from.high;
    task = Objects.requireNonNull(from.task, "task");
    digest = Objects.requireNonNull(from.digest, "digest");
    inputs = Objects.requireNonNull(from.inputs, "inputs");
    unit = Objects.requireNonNull(from.unit, "unit");
    provenance = Objects.requireNonNull(from.provenance, "provenance");
    classes = List.copyOf(from.classes);
    figures = Collections.unmodifiableMap(new LinkedHashMap<>(from.figures));

    if (!(low < high)) {
      throw new IllegalArgumentException("limits from " + low + " to " + high);
    }
    EnumSet<Capability> can = EnumSet.noneOf(Capability.class);
    can.addAll(from.capabilities);
    capabilities = Collections.unmodifiableSet(can);
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
    builder.task = task;
    builder.taskVersion = taskVersion;
    builder.digest = digest;
    builder.inputs = inputs;
    builder.unit = unit;
    builder.low = low;
    builder.high = high;
    builder.classes = classes;
    builder.capabilities = capabilities;
    builder.figures = figures;
    builder.provenance = provenance;
    return builder;
  }

  /** {@return the id of its task} */
  public String task() {
    return task;
  }

  /** {@return the version of its task} */
  public int taskVersion() {
    return taskVersion;
  }

  /**
   * {@return the digest that identifies the model: SHA-256, in hexadecimal, of its network,
   * weights, preparation and calibration}
   */
  public String digest() {
    return digest;
  }

  /** {@return the columns it needs} */
  public Schema inputs() {
    return inputs;
  }

  /** {@return the unit of the predicted quantity; {@link Unit#NONE} for classes} */
  public Unit unit() {
    return unit;
  }

  /**
   * {@return the least quantity it can tell apart; negative infinity for no limit, and for classes}
   */
  public double low() {
    return low;
  }

  /**
   * {@return the largest quantity it can tell apart, where a prediction means "at least"; positive
   * infinity for no limit, and for classes}
   */
  public double high() {
    return high;
  }

  /**
   * {@return the labels it distinguishes, in the order of its probabilities; empty for a quantity}
   */
  public List<String> classes() {
    return classes;
  }

  /** {@return what it can do} */
  public Set<Capability> capabilities() {
    return capabilities;
  }

  /** {@return how good it was on held-out data, by the name of the figure} */
  public Map<String, Double> figures() {
    return figures;
  }

  /** {@return where it comes from} */
  public Provenance provenance() {
    return provenance;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ModelInfo that && parts().equals(that.parts());
  }

  @Override
  public int hashCode() {
    return parts().hashCode();
  }

  @Override
  public String toString() {
    return "ModelInfo[task="
        + task
        + ", taskVersion="
        + taskVersion
        + ", digest="
        + digest
        + ", inputs="
        + inputs
        + ", unit="
        + unit
        + ", low="
        + low
        + ", high="
        + high
        + ", classes="
        + classes
        + ", capabilities="
        + capabilities
        + ", figures="
        + figures
        + ", provenance="
        + provenance
        + "]";
  }

  private List<Object> parts() {
    return List.of(
        task,
        taskVersion,
        digest,
        inputs,
        unit,
        low,
        high,
        classes,
        capabilities,
        figures,
        provenance);
  }

  /** A builder, for one thread at a time. */
  public static final class Builder {
    private @Nullable String task;
    private int taskVersion;
    private @Nullable String digest;
    private @Nullable Schema inputs;
    private Unit unit = Unit.NONE;
    private double low = Double.NEGATIVE_INFINITY;
    private double high = Double.POSITIVE_INFINITY;
    private List<String> classes = List.of();
    private Set<Capability> capabilities = Set.of();
    private Map<String, Double> figures = Map.of();
    private @Nullable Provenance provenance;

    private Builder() {}

    /**
     * Sets {@link ModelInfo#task}.
     *
     * @param value the id of its task
     * @return this
     */
    public Builder task(String value) {
      task = Objects.requireNonNull(value, "task");
      return this;
    }

    /**
     * Sets {@link ModelInfo#taskVersion}.
     *
     * @param value the version of its task
     * @return this
     */
    public Builder taskVersion(int value) {
      taskVersion = value;
      return this;
    }

    /**
     * Sets {@link ModelInfo#digest}.
     *
     * @param value SHA-256, in hexadecimal, of its network, weights, preparation and calibration
     * @return this
     */
    public Builder digest(String value) {
      digest = Objects.requireNonNull(value, "digest");
      return this;
    }

    /**
     * Sets {@link ModelInfo#inputs}.
     *
     * @param value the columns it needs
     * @return this
     */
    public Builder inputs(Schema value) {
      inputs = Objects.requireNonNull(value, "inputs");
      return this;
    }

    /**
     * Sets {@link ModelInfo#unit}.
     *
     * @param value the unit of the predicted quantity; {@link Unit#NONE} for classes
     * @return this
     */
    public Builder unit(Unit value) {
      unit = Objects.requireNonNull(value, "unit");
      return this;
    }

    /**
     * Sets {@link ModelInfo#low}.
     *
     * @param value the least quantity it can tell apart; negative infinity for no limit, and for
     *     classes
     * @return this
     */
    public Builder low(double value) {
      low = value;
      return this;
    }

    /**
     * Sets {@link ModelInfo#high}.
     *
     * @param value the largest quantity it can tell apart, where a prediction means "at least";
     *     positive infinity for no limit, and for classes
     * @return this
     */
    public Builder high(double value) {
      high = value;
      return this;
    }

    /**
     * Sets {@link ModelInfo#classes}.
     *
     * @param value the labels it distinguishes, in the order of its probabilities; empty for a
     *     quantity
     * @return this
     */
    public Builder classes(List<String> value) {
      classes = Objects.requireNonNull(value, "classes");
      return this;
    }

    /**
     * Sets {@link ModelInfo#capabilities}.
     *
     * @param value what it can do
     * @return this
     */
    public Builder capabilities(Set<Capability> value) {
      capabilities = Objects.requireNonNull(value, "capabilities");
      return this;
    }

    /**
     * Sets {@link ModelInfo#figures}.
     *
     * @param value how good it was on held-out data, by the name of the figure
     * @return this
     */
    public Builder figures(Map<String, Double> value) {
      figures = Objects.requireNonNull(value, "figures");
      return this;
    }

    /**
     * Sets {@link ModelInfo#provenance}.
     *
     * @param value where it comes from
     * @return this
     */
    public Builder provenance(Provenance value) {
      provenance = Objects.requireNonNull(value, "provenance");
      return this;
    }

    /**
     * Checks the values and makes the object.
     *
     * @return the new object
     */
    public ModelInfo build() {
      return new ModelInfo(this);
    }
  }
}
