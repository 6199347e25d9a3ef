package io.millwright.runtime.text;

import io.millwright.api.data.PlainData;
import io.millwright.api.head.FittedHead;
import io.millwright.runtime.predict.PlainNetwork;
import java.util.List;

/**
 * One of the models whose answers are averaged. Thread-safe.
 *
 * @param <I> one input
 */
public interface TextVoice<I> {

  /**
   * Adds its share to what is said of inputs.
   *
   * @param inputs the inputs
   * @param head what its outputs mean
   * @param said for each input a number for each output of the head
   * @param share its share of 1
   */
  void say(List<? extends I> inputs, FittedHead<?, ?> head, double[][] said, double share);

  /** The share of an input that training had, between 0 and 1. */
  double known(I input);

  /** What a bundle keeps beside the weights. */
  PlainData data();

  /** Its weights, as a bundle keeps them. */
  PlainNetwork network();
}
