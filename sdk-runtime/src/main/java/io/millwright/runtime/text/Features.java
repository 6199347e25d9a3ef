package io.millwright.runtime.text;

import io.millwright.api.data.PlainData;
import java.util.List;

/**
 * What a linear model sees of inputs, fitted to them. Thread-safe.
 *
 * @param <I> one input
 */
public interface Features<I> {

  /** How many numbers there are. */
  int width();

  /** The vectors of some inputs, in their order. */
  List<Sparse> of(List<? extends I> inputs);

  /** The share of an input's n-grams that training had, between 0 and 1. */
  double known(I input);

  /** What a bundle keeps. */
  PlainData data();

  /** What it is, for people. */
  String title();
}
