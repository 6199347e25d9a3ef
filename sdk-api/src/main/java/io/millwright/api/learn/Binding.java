package io.millwright.api.learn;

import io.millwright.api.Task;
import io.millwright.api.head.Head;
import java.util.Objects;

/**
 * What a plug-in adds to a bundle's data so that it learns from and answers in the plug-in's types
 * (input and output adapter of a model).
 *
 * @param task the task
 * @param encoder how inputs become rows
 * @param head what the outputs of the network mean, and what is learnt from labels
 * @param <I> one input
 * @param <L> one label: what is known of the truth of a sample, which need not be an answer
 * @param <V> one answer
 */
public record Binding<I, L, V>(Task<I, V> task, Encoder<I> encoder, Head<L, V> head) {

  /** Checks. */
  public Binding {
    Objects.requireNonNull(task, "task");
    Objects.requireNonNull(encoder, "encoder");
    Objects.requireNonNull(head, "head");
  }
}
