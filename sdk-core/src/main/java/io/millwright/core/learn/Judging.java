package io.millwright.core.learn;

import io.millwright.api.learn.Loss;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Turns the outputs of members into judged items. */
final class Judging {

  private Judging() {}

  /**
   * Averages what members say of each item over those that judge it.
   *
   * @param items the items, each once
   * @param truth the truth of each
   * @param judges the members, each with what it said of the items it judges
   * @param groups the group of each item
   */
  static Judged of(
      int[] items, double[] truth, List<Member> judges, Prepared prepared, List<String> groups) {
    Map<Integer, Integer> place = new HashMap<>();
    for (int item : items) {
      place.put(item, place.size());
    }
    int[] voices = new int[items.length];
    for (Member judge : judges) {
      for (int item : judge.judged()) {
        voices[place.getOrDefault(item, -1)]++;
      }
    }
    Loss loss = prepared.loss();
    int width = prepared.plan().outputs();
    double[][] mean = new double[items.length][width];
    for (Member judge : judges) {
      float[] said = Objects.requireNonNull(judge.judgedOutputs());
      for (int i = 0; i < judge.judged().length; i++) {
        int row = place.getOrDefault(judge.judged()[i], -1);
        accumulate(said, i * width, loss, mean[row], 1.0 / voices[row]);
      }
    }
    if (loss instanceof Loss.CrossEntropy) {
      return new Judged(truth, new double[0], mean, groups);
    }
    double[] predicted = new double[truth.length];
    for (int i = 0; i < truth.length; i++) {
      predicted[i] = prepared.scaling().unscale(mean[i][width / 2]);
    }
    return new Judged(truth, predicted, new double[0][], groups);
  }

  /** Adds a member's share to the average: of its outputs, or of classes its probabilities. */
  static void accumulate(float[] outputs, Loss loss, double[][] mean, double share) {
    int at = 0;
    for (double[] into : mean) {
      accumulate(outputs, at, loss, into, share);
      at += into.length;
    }
  }

  static void accumulate(float[] outputs, int at, Loss loss, double[] into, double share) {
    if (loss instanceof Loss.CrossEntropy) {
      softmax(outputs, at, into, share);
    } else {
      for (int k = 0; k < into.length; k++) {
        into[k] += share * outputs[at + k];
      }
    }
  }

  private static void softmax(float[] logits, int at, double[] into, double share) {
    double max = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < into.length; k++) {
      max = Math.max(max, logits[at + k]);
    }
    double sum = 0;
    for (int k = 0; k < into.length; k++) {
      sum += Math.exp(logits[at + k] - max);
    }
    for (int k = 0; k < into.length; k++) {
      into[k] += share * Math.exp(logits[at + k] - max) / sum;
    }
  }

  /** Some of the items. */
  static Judged some(Judged all, int[] items) {
    boolean quantity = all.predicted().length > 0;
    double[] truth = new double[items.length];
    double[] predicted = new double[quantity ? items.length : 0];
    double[][] probabilities = new double[quantity ? 0 : items.length][];
    List<String> groups = new ArrayList<>(items.length);
    for (int i = 0; i < items.length; i++) {
      truth[i] = all.truth()[items[i]];
      groups.add(all.groups().get(items[i]));
      if (quantity) {
        predicted[i] = all.predicted()[items[i]];
      } else {
        probabilities[i] = all.probabilities()[items[i]];
      }
    }
    return new Judged(truth, predicted, probabilities, groups);
  }
}
