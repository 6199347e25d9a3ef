package io.millwright.api;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Millwright} consists of, and what is wrong with it (diagnostic report): the content
 * of {@code millwright doctor}.
 */
public final class HostReport {

  private final String version;
  private final String java;
  private final EngineReport engines;
  private final List<PluginStatus> plugins;
  private final List<Finding> findings;

  private HostReport(Builder from) {
    version = Objects.requireNonNull(from.version, "version");
    java = Objects.requireNonNull(from.java, "java");
    engines = Objects.requireNonNull(from.engines, "engines");
    plugins = List.copyOf(from.plugins);
    findings = List.copyOf(from.findings);
  }

  /**
   * Starts a builder with the defaults.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /** {@return the version of Millwright} */
  public String version() {
    return version;
  }

  /** {@return version and vendor of Java, operating system and processor} */
  public String java() {
    return java;
  }

  /** {@return what computes} */
  public EngineReport engines() {
    return engines;
  }

  /** {@return every plug-in that was found} */
  public List<PluginStatus> plugins() {
    return plugins;
  }

  /** {@return what is missing or failed, with the way out} */
  public List<Finding> findings() {
    return findings;
  }

  /** One plug-in. */
  public static final class PluginStatus {

    private final String name;
    private final String source;
    private final boolean running;
    private final List<String> tasks;
    private final String detail;

    private PluginStatus(Builder from) {
      running = from.running;
      name = Objects.requireNonNull(from.name, "name");
      source = Objects.requireNonNull(from.source, "source");
      detail = Objects.requireNonNull(from.detail, "detail");
      tasks = List.copyOf(from.tasks);
    }

    /**
     * Starts a builder with the defaults.
     *
     * @return a builder
     */
    public static Builder builder() {
      return new Builder();
    }

    /** {@return its name} */
    public String name() {
      return name;
    }

    /** {@return the jar or folder it came from} */
    public String source() {
      return source;
    }

    /** {@return whether it started} */
    public boolean running() {
      return running;
    }

    /** {@return the tasks it offers} */
    public List<String> tasks() {
      return tasks;
    }

    /** {@return empty when it runs; otherwise why it does not} */
    public String detail() {
      return detail;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof PluginStatus that && parts().equals(that.parts());
    }

    @Override
    public int hashCode() {
      return parts().hashCode();
    }

    @Override
    public String toString() {
      return "PluginStatus[name="
          + name
          + ", source="
          + source
          + ", running="
          + running
          + ", tasks="
          + tasks
          + ", detail="
          + detail
          + "]";
    }

    private List<Object> parts() {
      return List.of(name, source, running, tasks, detail);
    }

    /** A builder, for one thread at a time. */
    public static final class Builder {
      private @Nullable String name;
      private String source = "";
      private boolean running;
      private List<String> tasks = List.of();
      private String detail = "";

      private Builder() {}

      /**
       * Sets {@link PluginStatus#name}.
       *
       * @param value its name
       * @return this
       */
      public Builder name(String value) {
        name = Objects.requireNonNull(value, "name");
        return this;
      }

      /**
       * Sets {@link PluginStatus#source}.
       *
       * @param value the jar or folder it came from
       * @return this
       */
      public Builder source(String value) {
        source = Objects.requireNonNull(value, "source");
        return this;
      }

      /**
       * Sets {@link PluginStatus#running}.
       *
       * @param value whether it started
       * @return this
       */
      public Builder running(boolean value) {
        running = value;
        return this;
      }

      /**
       * Sets {@link PluginStatus#tasks}.
       *
       * @param value the tasks it offers
       * @return this
       */
      public Builder tasks(List<String> value) {
        tasks = Objects.requireNonNull(value, "tasks");
        return this;
      }

      /**
       * Sets {@link PluginStatus#detail}.
       *
       * @param value empty when it runs; otherwise why it does not
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
      public PluginStatus build() {
        return new PluginStatus(this);
      }
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof HostReport that && parts().equals(that.parts());
  }

  @Override
  public int hashCode() {
    return parts().hashCode();
  }

  private List<Object> parts() {
    return List.of(version, java, engines, plugins, findings);
  }

  /** A builder, for one thread at a time. */
  public static final class Builder {
    private @Nullable String version;
    private @Nullable String java;
    private @Nullable EngineReport engines;
    private List<PluginStatus> plugins = List.of();
    private List<Finding> findings = List.of();

    private Builder() {}

    /**
     * Sets {@link HostReport#version}.
     *
     * @param value the version of Millwright
     * @return this
     */
    public Builder version(String value) {
      version = Objects.requireNonNull(value, "version");
      return this;
    }

    /**
     * Sets {@link HostReport#java}.
     *
     * @param value version and vendor of Java, operating system and processor
     * @return this
     */
    public Builder java(String value) {
      java = Objects.requireNonNull(value, "java");
      return this;
    }

    /**
     * Sets {@link HostReport#engines}.
     *
     * @param value what computes
     * @return this
     */
    public Builder engines(EngineReport value) {
      engines = Objects.requireNonNull(value, "engines");
      return this;
    }

    /**
     * Sets {@link HostReport#plugins}.
     *
     * @param value every plug-in that was found
     * @return this
     */
    public Builder plugins(List<PluginStatus> value) {
      plugins = Objects.requireNonNull(value, "plugins");
      return this;
    }

    /**
     * Sets {@link HostReport#findings}.
     *
     * @param value what is missing or failed, with the way out
     * @return this
     */
    public Builder findings(List<Finding> value) {
      findings = Objects.requireNonNull(value, "findings");
      return this;
    }

    /**
     * Checks the values and makes the object.
     *
     * @return the new object
     */
    public HostReport build() {
      return new HostReport(this);
    }
  }
}
