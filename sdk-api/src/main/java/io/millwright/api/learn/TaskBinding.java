package io.millwright.api.learn;

import io.millwright.api.Task;
import java.util.Objects;

/**
 * What a plug-in adds to a bundle's data so that it answers in the plug-in's types.
 *
 * @param task the task
 * @param encoder how inputs become rows
 * @param target how numbers become answers
 * @param <I> one input
 * @param <V> one answer
 */
public record TaskBinding<I, V>(Task<I, V> task, Encoder<I> encoder, Target<V> target) {

  /** Checks. */
  public TaskBinding {
    Objects.requireNonNull(task, "task");
    Objects.requireNonNull(encoder, "encoder");
    Objects.requireNonNull(target, "target");
  }
}
