package io.millwright.core.learn.text;

import io.millwright.runtime.text.Features;
import io.millwright.runtime.text.Sparse;
import java.util.List;

/**
 * Features with the rows of the labelled inputs, which all learners share.
 *
 * @param name what it is, for people
 * @param features the features
 * @param rows the rows of the labelled inputs
 * @param <I> one input
 */
record Seen<I>(String name, Features<I> features, List<Sparse> rows) {

  static <I> Seen<I> of(Features<I> features, List<I> inputs) {
    return new Seen<>(features.title(), features, features.of(inputs));
  }
}
