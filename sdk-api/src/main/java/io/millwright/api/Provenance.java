package io.millwright.api;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where a model or a decision comes from (lineage); with the same data, key, versions and thread
 * count, a CPU gives the same again.
 */
public final class Provenance {

  private final String producer;
  private final Instant created;
  private final String dataDigest;
  private final long key;
  private final SortedMap<String, String> settings;
  private final SortedMap<String, String> environment;
  private final List<String> parents;

  private Provenance(Builder from) {
    key = from.key;
    producer = Objects.requireNonNull(from.producer, "producer");
    created = Objects.requireNonNull(from.created, "created");
    dataDigest = Objects.requireNonNull(from.dataDigest, "dataDigest");
    settings = Collections.unmodifiableSortedMap(new TreeMap<>(from.settings));
    environment = Collections.unmodifiableSortedMap(new TreeMap<>(from.environment));
    parents = List.copyOf(from.parents);
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
    builder.producer = producer;
    builder.created = created;
    builder.dataDigest = dataDigest;
    builder.key = key;
    builder.settings = settings;
    builder.environment = environment;
    builder.parents = parents;
    return builder;
  }

  /** {@return what made it: library, plug-in and version} */
  public String producer() {
    return producer;
  }

  /** {@return when it was made, by the host's clock} */
  public Instant created() {
    return created;
  }

  /**
   * {@return SHA-256 of the data in canonical form, in hexadecimal, or empty text where it does not
   * apply}
   */
  public String dataDigest() {
    return dataDigest;
  }

  /** {@return the key from which all randomness was drawn} */
  public long key() {
    return key;
  }

  /** {@return the settings that were used, by name} */
  public SortedMap<String, String> settings() {
    return settings;
  }

  /** {@return engine, device, versions of Java and operating system, number of threads, by name} */
  public SortedMap<String, String> environment() {
    return environment;
  }

  /** {@return digests of the models it was made from} */
  public List<String> parents() {
    return parents;
  }

  /**
   * The same without what tells about the machine and the user's settings, for handing a model to
   * others.
   *
   * @return provenance with producer, time, data digest and key only
   */
  public Provenance redacted() {
    return Provenance.builder()
        .producer(producer)
        .created(created)
        .dataDigest(dataDigest)
        .key(key)
        .build();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Provenance that && parts().equals(that.parts());
  }

  @Override
  public int hashCode() {
    return parts().hashCode();
  }

  @Override
  public String toString() {
    return "Provenance[producer="
        + producer
        + ", created="
        + created
        + ", dataDigest="
        + dataDigest
        + ", key="
        + key
        + ", settings="
        + settings
        + ", environment="
        + environment
        + ", parents="
        + parents
        + "]";
  }

  private List<Object> parts() {
    return List.of(producer, created, dataDigest, key, settings, environment, parents);
  }

  /** A builder, for one thread at a time. */
  public static final class Builder {
    private @Nullable String producer;
    private @Nullable Instant created;
    private String dataDigest = "";
    private long key;
    private SortedMap<String, String> settings = new TreeMap<>();
    private SortedMap<String, String> environment = new TreeMap<>();
    private List<String> parents = List.of();

    private Builder() {}

    /**
     * Sets {@link Provenance#producer}.
     *
     * @param value what made it: library, plug-in and version
     * @return this
     */
    public Builder producer(String value) {
      producer = Objects.requireNonNull(value, "producer");
      return this;
    }

    /**
     * Sets {@link Provenance#created}.
     *
     * @param value when it was made, by the host's clock
     * @return this
     */
    public Builder created(Instant value) {
      created = Objects.requireNonNull(value, "created");
      return this;
    }

    /**
     * Sets {@link Provenance#dataDigest}.
     *
     * @param value SHA-256 of the data in canonical form, in hexadecimal, or empty text where it
     *     does not apply
     * @return this
     */
    public Builder dataDigest(String value) {
      dataDigest = Objects.requireNonNull(value, "dataDigest");
      return this;
    }

    /**
     * Sets {@link Provenance#key}.
     *
     * @param value the key from which all randomness was drawn
     * @return this
     */
    public Builder key(long value) {
      key = value;
      return this;
    }

    /**
     * Sets {@link Provenance#settings}.
     *
     * @param value the settings that were used, by name
     * @return this
     */
    public Builder settings(SortedMap<String, String> value) {
      settings = Objects.requireNonNull(value, "settings");
      return this;
    }

    /**
     * Sets {@link Provenance#environment}.
     *
     * @param value engine, device, versions of Java and operating system, number of threads, by
     *     name
     * @return this
     */
    public Builder environment(SortedMap<String, String> value) {
      environment = Objects.requireNonNull(value, "environment");
      return this;
    }

    /**
     * Sets {@link Provenance#parents}.
     *
     * @param value digests of the models it was made from
     * @return this
     */
    public Builder parents(List<String> value) {
      parents = Objects.requireNonNull(value, "parents");
      return this;
    }

    /**
     * Checks the values and makes the object.
     *
     * @return the new object
     */
    public Provenance build() {
      return new Provenance(this);
    }
  }
}
