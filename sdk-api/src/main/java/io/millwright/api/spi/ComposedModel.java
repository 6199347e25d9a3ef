package io.millwright.api.spi;

import io.millwright.api.Capability;
import io.millwright.api.Evaluation;
import io.millwright.api.Provenance;
import io.millwright.api.Task;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Unit;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A model that a plug-in puts together by itself: its own parameters, and any number of networks. A
 * bundle holds it as data; what the data mean is the plug-in's to know, see {@link ComposedTask}.
 */
public final class ComposedModel {

  private static final Pattern ARRAY = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 .-]{0,99}");

  private final Task<?, ?> task;
  private final Schema inputs;
  private final Unit unit;
  private final SortedMap<String, String> texts;
  private final SortedMap<String, List<Double>> numbers;
  private final SortedMap<String, float[]> arrays;
  private final SortedMap<String, FittedNetwork> networks;
  private final Evaluation evaluation;
  private final Set<Capability> capabilities;
  private final Provenance provenance;

  private ComposedModel(Builder from) {
    task = Objects.requireNonNull(from.task, "task");
    inputs = Objects.requireNonNull(from.inputs, "inputs");
    unit = Objects.requireNonNull(from.unit, "unit");
    evaluation = Objects.requireNonNull(from.evaluation, "evaluation");
    provenance = Objects.requireNonNull(from.provenance, "provenance");
    texts = Collections.unmodifiableSortedMap(new TreeMap<>(from.texts));
    networks = Collections.unmodifiableSortedMap(new TreeMap<>(from.networks));
    arrays = new TreeMap<>(from.arrays);

    SortedMap<String, List<Double>> copy = new TreeMap<>();
    for (Map.Entry<String, List<Double>> entry : from.numbers.entrySet()) {
      copy.put(entry.getKey(), List.copyOf(entry.getValue()));
    }
    numbers = Collections.unmodifiableSortedMap(copy);
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

  /** {@return what it answers} */
  public Task<?, ?> task() {
    return task;
  }

  /** {@return the columns that tools show for an input} */
  public Schema inputs() {
    return inputs;
  }

  /** {@return the unit of its answers} */
  public Unit unit() {
    return unit;
  }

  /** {@return parameters that are texts, by name} */
  public SortedMap<String, String> texts() {
    return texts;
  }

  /** {@return parameters that are numbers, by name; finite or not} */
  public SortedMap<String, List<Double>> numbers() {
    return numbers;
  }

  /** {@return the names of its arrays, sorted; empty for none} */
  public List<String> arrays() {
    return List.copyOf(arrays.keySet());
  }

  /**
   * Parameters in bulk (a tensor of float32), such as factors or neighbours: a bundle keeps them as
   * binary data beside the weights, where {@link #numbers} are text.
   *
   * @param name one of {@link #arrays()}
   * @return a copy
   * @throws IllegalArgumentException when there is no array of that name
   */
  public float[] array(String name) {
    float[] values = arrays.get(name);
    if (values == null) {
      throw new IllegalArgumentException(
          "the model has no array \"" + name + "\", only " + arrays.keySet());
    }
    return values.clone();
  }

  /** {@return networks by name, made or read by a {@link Composer}} */
  public SortedMap<String, FittedNetwork> networks() {
    return networks;
  }

  /** {@return how good it is on held-out data} */
  public Evaluation evaluation() {
    return evaluation;
  }

  /** {@return what it can do} */
  public Set<Capability> capabilities() {
    return capabilities;
  }

  /** {@return where it comes from, see {@link Composer#provenance}} */
  public Provenance provenance() {
    return provenance;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ComposedModel that
        && parts().equals(that.parts())
        && arrays.keySet().equals(that.arrays.keySet())
        && arrays.entrySet().stream()
            .allMatch(e -> Arrays.equals(e.getValue(), that.arrays.get(e.getKey())));
  }

  @Override
  public int hashCode() {
    return parts().hashCode();
  }

  @Override
  public String toString() {
    return "ComposedModel[task="
        + task
        + ", inputs="
        + inputs
        + ", unit="
        + unit
        + ", texts="
        + texts
        + ", numbers="
        + numbers
        + ", arrays="
        + arrays.keySet()
        + ", networks="
        + networks
        + ", evaluation="
        + evaluation
        + ", capabilities="
        + capabilities
        + ", provenance="
        + provenance
        + "]";
  }

  private List<Object> parts() {
    return List.of(
        task, inputs, unit, texts, numbers, networks, evaluation, capabilities, provenance);
  }

  /** A builder, for one thread at a time. */
  public static final class Builder {
    private @Nullable Task<?, ?> task;
    private @Nullable Schema inputs;
    private Unit unit = Unit.NONE;
    private SortedMap<String, String> texts = new TreeMap<>();
    private SortedMap<String, List<Double>> numbers = new TreeMap<>();
    private final SortedMap<String, float[]> arrays = new TreeMap<>();
    private SortedMap<String, FittedNetwork> networks = new TreeMap<>();
    private @Nullable Evaluation evaluation;
    private Set<Capability> capabilities = Set.of();
    private @Nullable Provenance provenance;

    private Builder() {}

    /**
     * Sets {@link ComposedModel#task}.
     *
     * @param value what it answers
     * @return this
     */
    public Builder task(Task<?, ?> value) {
      task = Objects.requireNonNull(value, "task");
      return this;
    }

    /**
     * Sets {@link ComposedModel#inputs}.
     *
     * @param value the columns that tools show for an input
     * @return this
     */
    public Builder inputs(Schema value) {
      inputs = Objects.requireNonNull(value, "inputs");
      return this;
    }

    /**
     * Sets {@link ComposedModel#unit}.
     *
     * @param value the unit of its answers
     * @return this
     */
    public Builder unit(Unit value) {
      unit = Objects.requireNonNull(value, "unit");
      return this;
    }

    /**
     * Sets {@link ComposedModel#texts}.
     *
     * @param value parameters that are texts, by name
     * @return this
     */
    public Builder texts(SortedMap<String, String> value) {
      texts = Objects.requireNonNull(value, "texts");
      return this;
    }

    /**
     * Sets {@link ComposedModel#numbers}.
     *
     * @param value parameters that are numbers, by name; finite or not
     * @return this
     */
    public Builder numbers(SortedMap<String, List<Double>> value) {
      numbers = Objects.requireNonNull(value, "numbers");
      return this;
    }

    /**
     * Adds an {@link ComposedModel#array array}.
     *
     * @param name its name: letters, digits, blanks, dots and dashes, at most 100
     * @param values finite, at least one; copied
     * @return this
     * @throws IllegalArgumentException for another name, no values, or one that is not finite
     */
    public Builder array(String name, float[] values) {
      if (!ARRAY.matcher(name).matches()) {
        throw new IllegalArgumentException(
            "the name \"" + name + "\" of an array does not match " + ARRAY.pattern());
      }
      if (values.length == 0) {
        throw new IllegalArgumentException("the array \"" + name + "\" is empty");
      }
      for (int i = 0; i < values.length; i++) {
        if (!Float.isFinite(values[i])) {
          throw new IllegalArgumentException(
              "value " + i + " of the array \"" + name + "\" is " + values[i]);
        }
      }
      arrays.put(name, values.clone());
      return this;
    }

    /**
     * Sets {@link ComposedModel#networks}.
     *
     * @param value networks by name, made or read by a {@link Composer}
     * @return this
     */
    public Builder networks(SortedMap<String, FittedNetwork> value) {
      networks = Objects.requireNonNull(value, "networks");
      return this;
    }

    /**
     * Sets {@link ComposedModel#evaluation}.
     *
     * @param value how good it is on held-out data
     * @return this
     */
    public Builder evaluation(Evaluation value) {
      evaluation = Objects.requireNonNull(value, "evaluation");
      return this;
    }

    /**
     * Sets {@link ComposedModel#capabilities}.
     *
     * @param value what it can do
     * @return this
     */
    public Builder capabilities(Set<Capability> value) {
      capabilities = Objects.requireNonNull(value, "capabilities");
      return this;
    }

    /**
     * Sets {@link ComposedModel#provenance}.
     *
     * @param value where it comes from, see {@link Composer#provenance}
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
    public ComposedModel build() {
      return new ComposedModel(this);
    }
  }
}
