package io.millwright.core.learn.text;

import io.millwright.api.ErrorCode;
import io.millwright.api.Job;
import io.millwright.api.MillwrightException;
import io.millwright.api.Trained;
import io.millwright.api.learn.Samples;
import io.millwright.api.learn.Split;
import io.millwright.api.spi.Jobs;
import io.millwright.api.text.TextEncoder;
import io.millwright.api.text.TextTrainer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/** Collects options and starts the work. */
final class DefaultTextTrainer<I, L, V> implements TextTrainer<I, L, V> {

  /** What is done with samples. */
  interface Work<I, L, V> {
    /** Learns, on the thread of a job. */
    Trained<I, V> learn(
        Samples<I, L> samples, TextOptions options, Jobs.Control<Trained<I, V>> control);
  }

  private final String name;
  private final Jobs jobs;
  private final Work<I, L, V> work;
  private final TextOptions options;

  DefaultTextTrainer(String name, Jobs jobs, Work<I, L, V> work, TextOptions options) {
    this.name = name;
    this.jobs = jobs;
    this.work = work;
    this.options = options;
  }

  private TextTrainer<I, L, V> with(TextOptions other) {
    return new DefaultTextTrainer<>(name, jobs, work, other);
  }

  @Override
  public TextTrainer<I, L, V> key(long value) {
    return with(
        new TextOptions(
            value, options.split(), options.encoders(), options.networks(), options.precision()));
  }

  @Override
  public TextTrainer<I, L, V> split(Split split) {
    return with(
        new TextOptions(
            options.key(),
            Optional.of(split),
            options.encoders(),
            options.networks(),
            options.precision()));
  }

  @Override
  public TextTrainer<I, L, V> encoders(List<TextEncoder> encoders) {
    return with(
        new TextOptions(
            options.key(),
            options.split(),
            Optional.of(List.copyOf(encoders)),
            options.networks(),
            options.precision()));
  }

  @Override
  public TextTrainer<I, L, V> networks(Duration budget) {
    return with(
        new TextOptions(
            options.key(),
            options.split(),
            options.encoders(),
            Optional.of(budget),
            options.precision()));
  }

  @Override
  public TextTrainer<I, L, V> precision(double precision) {
    return with(
        new TextOptions(
            options.key(),
            options.split(),
            options.encoders(),
            options.networks(),
            OptionalDouble.of(precision)));
  }

  @Override
  public Job<Trained<I, V>> train(Samples<I, L> data) {
    Objects.requireNonNull(data, "data");
    return jobs.background()
        .start(name, Optional.empty(), control -> work.learn(data, options, control));
  }

  @Override
  public Job<Trained<I, V>> resume(Path checkpoint, Samples<I, L> data) {
    throw new MillwrightException(
        ErrorCode.UNSUPPORTED,
        "models of texts keep no checkpoints in "
            + checkpoint
            + ", since they train in minutes\nMaybe train it anew");
  }
}
