package io.millwright.api;

import java.time.Duration;
import java.util.Objects;

/**
 * Something that happened in a {@link Millwright}, for logs, metrics and audits (event). Events are
 * values; later releases add kinds, and plug-ins may have their own, so a listener ignores those
 * that it does not know.
 */
public interface MillwrightEvent {

  /**
   * A job was accepted.
   *
   * @param job what it does
   */
  record JobStarted(String job) implements MillwrightEvent {
    /** Checks. */
    public JobStarted {
      Objects.requireNonNull(job, "job");
    }
  }

  /**
   * A job ended.
   *
   * @param job what it did
   * @param state how it ended
   * @param elapsed how long it ran, without the time that it waited
   */
  record JobEnded(String job, Job.State state, Duration elapsed) implements MillwrightEvent {
    /** Checks. */
    public JobEnded {
      Objects.requireNonNull(job, "job");
      Objects.requireNonNull(state, "state");
      Objects.requireNonNull(elapsed, "elapsed");
    }
  }

  /**
   * A model answered. One event a call, whatever the number of inputs.
   *
   * @param model the model
   * @param inputs how many inputs it was asked for
   * @param abstentions for how many of them it had no answer
   * @param elapsed how long the call took
   */
  record Predicted(ModelInfo model, int inputs, int abstentions, Duration elapsed)
      implements MillwrightEvent {
    /** Checks. */
    public Predicted {
      Objects.requireNonNull(model, "model");
      Objects.requireNonNull(elapsed, "elapsed");
    }
  }

  /**
   * A model had no answer for an input. Told always, also where predictions are sampled.
   *
   * @param model the model
   * @param outcome the abstention with its reasons
   */
  record Abstained(ModelInfo model, Outcome.Abstention<?> outcome) implements MillwrightEvent {
    /** Checks. */
    public Abstained {
      Objects.requireNonNull(model, "model");
      Objects.requireNonNull(outcome, "outcome");
    }
  }

  /**
   * A model was opened.
   *
   * @param model the model
   * @param source where its bundle was read from
   */
  record ModelOpened(ModelInfo model, ModelSource source) implements MillwrightEvent {
    /** Checks. */
    public ModelOpened {
      Objects.requireNonNull(model, "model");
      Objects.requireNonNull(source, "source");
    }
  }

  /**
   * An alias of a store points to another version.
   *
   * @param version the version that it now points to
   * @param alias the alias
   * @param note who did it, and why
   */
  record ModelSwapped(ModelStore.Version version, String alias, ModelStore.Note note)
      implements MillwrightEvent {
    /** Checks. */
    public ModelSwapped {
      Objects.requireNonNull(version, "version");
      Objects.requireNonNull(alias, "alias");
      Objects.requireNonNull(note, "note");
    }
  }

  /**
   * A model was closed.
   *
   * @param model the model
   */
  record ModelClosed(ModelInfo model) implements MillwrightEvent {
    /** Checks. */
    public ModelClosed {
      Objects.requireNonNull(model, "model");
    }
  }

  /**
   * An engine was started, or could not be.
   *
   * @param engine its name
   * @param version its version, empty when unknown
   * @param usable whether it can be used
   * @param detail devices, or why it cannot be used
   */
  record EngineStarted(String engine, String version, boolean usable, String detail)
      implements MillwrightEvent {
    /** Checks. */
    public EngineStarted {
      Objects.requireNonNull(engine, "engine");
      Objects.requireNonNull(version, "version");
      Objects.requireNonNull(detail, "detail");
    }
  }

  /**
   * What computes the networks of a model that was opened, or a training.
   *
   * @param engine its name, {@code Java} for the plain-Java runtime
   * @param device such as {@code cpu}
   * @param training whether it trains
   */
  record EngineChosen(String engine, String device, boolean training) implements MillwrightEvent {
    /** Checks. */
    public EngineChosen {
      Objects.requireNonNull(engine, "engine");
      Objects.requireNonNull(device, "device");
    }
  }

  /**
   * An engine holds weights in memory of its own, outside the heap or on a device, for an open
   * model or a training; or has given them back. Networks of others (TorchScript, SavedModel, ONNX)
   * and what an engine needs while it computes are not counted.
   *
   * @param engine its name
   * @param device such as {@code cpu}
   * @param training whether for a training
   * @param bytes how many: above 0 when they were taken, below 0 when they were given back
   */
  record EngineMemory(String engine, String device, boolean training, long bytes)
      implements MillwrightEvent {
    /** Checks. */
    public EngineMemory {
      Objects.requireNonNull(engine, "engine");
      Objects.requireNonNull(device, "device");
    }
  }

  /**
   * A plug-in does not run.
   *
   * @param plugin its name
   * @param source the jar or folder it came from
   * @param finding why, with the way out
   */
  record PluginFailed(String plugin, String source, Finding finding) implements MillwrightEvent {
    /** Checks. */
    public PluginFailed {
      Objects.requireNonNull(plugin, "plugin");
      Objects.requireNonNull(source, "source");
      Objects.requireNonNull(finding, "finding");
    }
  }

  /**
   * An assistant called a tool.
   *
   * @param tool its name
   * @param arguments with what, as text
   * @param dryRun whether it only said what it would do
   */
  record ToolCalled(String tool, String arguments, boolean dryRun) implements MillwrightEvent {
    /** Checks. */
    public ToolCalled {
      Objects.requireNonNull(tool, "tool");
      Objects.requireNonNull(arguments, "arguments");
    }
  }

  /**
   * An assistant asked for a tool that it may not call.
   *
   * @param tool its name
   * @param arguments with what, as text
   * @param why the reason
   */
  record ToolRefused(String tool, String arguments, String why) implements MillwrightEvent {
    /** Checks. */
    public ToolRefused {
      Objects.requireNonNull(tool, "tool");
      Objects.requireNonNull(arguments, "arguments");
      Objects.requireNonNull(why, "why");
    }
  }
}
