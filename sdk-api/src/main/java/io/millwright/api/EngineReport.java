package io.millwright.api;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What computes, where, and why (backend selection report): the candidates, the choice, and what
 * was done to the process.
 */
public final class EngineReport {

  private final String ruleTable;
  private final String training;
  private final String prediction;
  private final String device;
  private final List<Candidate> candidates;
  private final List<Setting> settings;
  private final List<String> reasons;

  private EngineReport(Builder from) {
    ruleTable = Objects.requireNonNull(from.ruleTable, "ruleTable");
    training = Objects.requireNonNull(from.training, "training");
    prediction = Objects.requireNonNull(from.prediction, "prediction");
    device = Objects.requireNonNull(from.device, "device");
    candidates = List.copyOf(from.candidates);
    settings = List.copyOf(from.settings);
    reasons = List.copyOf(from.reasons);
  }

  /**
   * Starts a builder with the defaults.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /** {@return the version of the written rules, see {@code docs/engines.md}} */
  public String ruleTable() {
    return ruleTable;
  }

  /** {@return the candidate chosen for training, or {@code none}} */
  public String training() {
    return training;
  }

  /** {@return the candidate chosen for prediction} */
  public String prediction() {
    return prediction;
  }

  /** {@return the chosen device, such as {@code cpu} or {@code gpu 0: NAME}} */
  public String device() {
    return device;
  }

  /** {@return every runtime that was considered} */
  public List<Candidate> candidates() {
    return candidates;
  }

  /** {@return settings of the process that matter to the engines} */
  public List<Setting> settings() {
    return settings;
  }

  /** {@return the rules that decided, in order} */
  public List<String> reasons() {
    return reasons;
  }

  /** One runtime. */
  public static final class Candidate {

    private final String name;
    private final String version;
    private final boolean trains;
    private final boolean usable;
    private final String detail;

    private Candidate(Builder from) {
      trains = from.trains;
      usable = from.usable;
      name = Objects.requireNonNull(from.name, "name");
      version = Objects.requireNonNull(from.version, "version");
      detail = Objects.requireNonNull(from.detail, "detail");
    }

    /**
     * Starts a builder with the defaults.
     *
     * @return a builder
     */
    public static Builder builder() {
      return new Builder();
    }

    /** {@return such as {@code PyTorch} or {@code Java}} */
    public String name() {
      return name;
    }

    /** {@return its version, or empty text when unknown} */
    public String version() {
      return version;
    }

    /** {@return whether it can train} */
    public boolean trains() {
      return trains;
    }

    /** {@return whether it can be used here} */
    public boolean usable() {
      return usable;
    }

    /**
     * {@return the devices and native library it found, or why it cannot be used and what to add}
     */
    public String detail() {
      return detail;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Candidate that && parts().equals(that.parts());
    }

    @Override
    public int hashCode() {
      return parts().hashCode();
    }

    @Override
    public String toString() {
      return "Candidate[name="
          + name
          + ", version="
          + version
          + ", trains="
          + trains
          + ", usable="
          + usable
          + ", detail="
          + detail
          + "]";
    }

    private List<Object> parts() {
      return List.of(name, version, trains, usable, detail);
    }

    /** A builder, for one thread at a time. */
    public static final class Builder {
      private @Nullable String name;
      private String version = "";
      private boolean trains;
      private boolean usable;
      private String detail = "";

      private Builder() {}

      /**
       * Sets {@link Candidate#name}.
       *
       * @param value such as {@code PyTorch} or {@code Java}
       * @return this
       */
      public Builder name(String value) {
        name = Objects.requireNonNull(value, "name");
        return this;
      }

      /**
       * Sets {@link Candidate#version}.
       *
       * @param value its version, or empty text when unknown
       * @return this
       */
      public Builder version(String value) {
        version = Objects.requireNonNull(value, "version");
        return this;
      }

      /**
       * Sets {@link Candidate#trains}.
       *
       * @param value whether it can train
       * @return this
       */
      public Builder trains(boolean value) {
        trains = value;
        return this;
      }

      /**
       * Sets {@link Candidate#usable}.
       *
       * @param value whether it can be used here
       * @return this
       */
      public Builder usable(boolean value) {
        usable = value;
        return this;
      }

      /**
       * Sets {@link Candidate#detail}.
       *
       * @param value the devices and native library it found, or why it cannot be used and what to
       *     add
       * @return this
       */
      public Builder detail(String value) {
        detail = Objects.requireNonNull(value, "detail");
        return this;
      }

      /**
       * Checks the values and makes the object.
       *
       * @return the new object
       */
      public Candidate build() {
        return new Candidate(this);
      }
    }
  }

  /**
   * One setting of the process.
   *
   * @param name such as {@code OMP_NUM_THREADS}
   * @param value its value now
   * @param origin who set it: {@code environment}, {@code Millwright}, or {@code default}
   */
  public record Setting(String name, String value, String origin) {
    /** Checks. */
    public Setting {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(value, "value");
      Objects.requireNonNull(origin, "origin");
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof EngineReport that && parts().equals(that.parts());
  }

  @Override
  public int hashCode() {
    return parts().hashCode();
  }

  private List<Object> parts() {
    return List.of(ruleTable, training, prediction, device, candidates, settings, reasons);
  }

  /** A builder, for one thread at a time. */
  public static final class Builder {
    private @Nullable String ruleTable;
    private String training = "none";
    private @Nullable String prediction;
    private String device = "cpu";
    private List<Candidate> candidates = List.of();
    private List<Setting> settings = List.of();
    private List<String> reasons = List.of();

    private Builder() {}

    /**
     * Sets {@link EngineReport#ruleTable}.
     *
     * @param value the version of the written rules, see {@code docs/engines.md}
     * @return this
     */
    public Builder ruleTable(String value) {
      ruleTable = Objects.requireNonNull(value, "ruleTable");
      return this;
    }

    /**
     * Sets {@link EngineReport#training}.
     *
     * @param value the candidate chosen for training, or {@code none}
     * @return this
     */
    public Builder training(String value) {
      training = Objects.requireNonNull(value, "training");
      return this;
    }

    /**
     * Sets {@link EngineReport#prediction}.
     *
     * @param value the candidate chosen for prediction
     * @return this
     */
    public Builder prediction(String value) {
      prediction = Objects.requireNonNull(value, "prediction");
      return this;
    }

    /**
     * Sets {@link EngineReport#device}.
     *
     * @param value the chosen device, such as {@code cpu} or {@code gpu 0: NAME}
     * @return this
     */
    public Builder device(String value) {
      device = Objects.requireNonNull(value, "device");
      return this;
    }

    /**
     * Sets {@link EngineReport#candidates}.
     *
     * @param value every runtime that was considered
     * @return this
     */
    public Builder candidates(List<Candidate> value) {
      candidates = Objects.requireNonNull(value, "candidates");
      return this;
    }

    /**
     * Sets {@link EngineReport#settings}.
     *
     * @param value settings of the process that matter to the engines
     * @return this
     */
    public Builder settings(List<Setting> value) {
      settings = Objects.requireNonNull(value, "settings");
      return this;
    }

    /**
     * Sets {@link EngineReport#reasons}.
     *
     * @param value the rules that decided, in order
     * @return this
     */
    public Builder reasons(List<String> value) {
      reasons = Objects.requireNonNull(value, "reasons");
      return this;
    }

    /**
     * Checks the values and makes the object.
     *
     * @return the new object
     */
    public EngineReport build() {
      return new EngineReport(this);
    }
  }
}
