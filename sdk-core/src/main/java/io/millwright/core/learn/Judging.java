package io.millwright.core.learn;

import io.millwright.api.learn.Loss;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Turns the outputs of members into judged items. */
final class Judging {

  private Judging() {}

  /**
   * @param outputs what each member gave, {@code [items, outputs]}
   */
  static Judged of(double[] truth, List<float[]> outputs, Prepared prepared, List<String> groups) {
    Loss loss = prepared.loss();
    int width = prepared.plan().outputs();
    double[][] mean = new double[truth.length][width];
    outputs.forEach(member -> accumulate(member, loss, mean, 1.0 / outputs.size()));
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
      if (loss instanceof Loss.CrossEntropy) {
        softmax(outputs, at, into, share);
      } else {
        for (int k = 0; k < into.length; k++) {
          into[k] += share * outputs[at + k];
        }
      }
      at += into.length;
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

  static Judged join(List<Judged> parts) {
    double[] truth = parts.stream().flatMapToDouble(p -> Arrays.stream(p.truth())).toArray();
    double[] predicted =
        parts.stream().flatMapToDouble(p -> Arrays.stream(p.predicted())).toArray();
    double[][] probabilities =
        parts.stream().flatMap(p -> Arrays.stream(p.probabilities())).toArray(double[][]::new);
    List<String> groups = new ArrayList<>();
    parts.forEach(p -> groups.addAll(p.groups()));
    return new Judged(truth, predicted, probabilities, groups);
  }
}
