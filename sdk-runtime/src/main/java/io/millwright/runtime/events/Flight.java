package io.millwright.runtime.events;

import io.millwright.api.Job;
import io.millwright.api.ModelInfo;
import io.millwright.api.Outcome;
import java.util.List;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/**
 * Events for the JDK Flight Recorder (JEP 328). While none is recorded, each costs one read of a
 * field, and in a Java runtime without the module {@code jdk.jfr} nothing of it is loaded.
 */
public final class Flight {

  private static final boolean HERE = ModuleLayer.boot().findModule("jdk.jfr").isPresent();

  private Flight() {}

  /** One call of a model. */
  @Name("millwright.Prediction")
  @Label("Prediction")
  @Category("Millwright")
  @Description("A call of a model")
  @StackTrace(false)
  public static final class Prediction extends Event {
    @Label("Task")
    @Nullable String task;

    @Label("Model")
    @Description("The first digits of the digest of its file")
    @Nullable String model;

    @Label("Inputs")
    int inputs;

    @Label("Abstentions")
    int abstentions;

    Prediction() {}

    void end(ModelInfo info, List<? extends Outcome<?>> outcomes) {
      end();
      if (shouldCommit()) {
        task = info.task();
        model = info.digest().substring(0, Math.min(12, info.digest().length()));
        inputs = outcomes.size();
        for (Outcome<?> outcome : outcomes) {
          abstentions += outcome instanceof Outcome.Abstention<?> ? 1 : 0;
        }
        commit();
      }
    }
  }

  /** The work of one job: a training, a search, a forecast. */
  @Name("millwright.Job")
  @Label("Job")
  @Category("Millwright")
  @Description("The work of a training, a search or a forecast, without its time in the queue")
  @StackTrace(false)
  public static final class Work extends Event {
    @Label("Job")
    @Nullable String job;

    @Label("State")
    @Nullable String state;

    Work() {}

    /**
     * Ends it.
     *
     * @param name the job's
     * @param ended how it ended
     */
    public void end(String name, Job.State ended) {
      end();
      if (shouldCommit()) {
        job = name;
        state = ended.name();
        commit();
      }
    }
  }

  /** One step of a training. */
  @Name("millwright.TrainingStep")
  @Label("Training Step")
  @Category("Millwright")
  @Description("Gradients of one batch and the step of the learning rule")
  @StackTrace(false)
  public static final class Step extends Event {
    @Label("Epoch")
    int epoch;

    @Label("Step")
    long step;

    @Label("Samples")
    int samples;

    @Label("Loss")
    double loss;

    Step() {}

    /**
     * Ends it.
     *
     * @param in which epoch, from 0
     * @param number of all steps, from 0
     * @param batch how many samples it learnt from
     * @param mean their mean loss
     */
    public void end(int in, long number, int batch, double mean) {
      end();
      if (shouldCommit()) {
        epoch = in;
        step = number;
        samples = batch;
        loss = mean;
        commit();
      }
    }
  }

  /** {@return a prediction that begins now, or null when none is recorded} */
  static @Nullable Prediction prediction() {
    if (HERE) {
      Prediction event = new Prediction();
      if (event.isEnabled()) {
        event.begin();
        return event;
      }
    }
    return null;
  }

  /** {@return the work of a job that begins now, or null when none is recorded} */
  public static @Nullable Work work() {
    if (HERE) {
      Work event = new Work();
      if (event.isEnabled()) {
        event.begin();
        return event;
      }
    }
    return null;
  }

  /** {@return a step that begins now, or null when none is recorded} */
  public static @Nullable Step step() {
    if (HERE) {
      Step event = new Step();
      if (event.isEnabled()) {
        event.begin();
        return event;
      }
    }
    return null;
  }
}
