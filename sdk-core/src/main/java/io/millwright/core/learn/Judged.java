package io.millwright.core.learn;

import java.util.List;

/**
 * What members said of items they had not seen, beside the truth.
 *
 * @param truth the scaled-back number, or the index of the class
 * @param predicted for a quantity the prediction of each item, within its limits; empty for classes
 * @param probabilities for classes the averaged probabilities of each item; empty for a quantity
 * @param groups the group of each item
 */
record Judged(double[] truth, double[] predicted, double[][] probabilities, List<String> groups) {

  int size() {
    return truth.length;
  }
}
