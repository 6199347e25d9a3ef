package io.millwright.core.learn;

import io.millwright.api.learn.Loss;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The items that a choice is made by, each held out from those that speak of it. What is said of an
 * item are the probabilities of classes, or a scaled quantity; NaN where nobody spoke.
 */
final class HeldOut {

  private static final double TINY = 1e-9;
  private static final int HALVINGS = 40;

  private final Prepared prepared;
  private final int[] items;
  private final double[] truth;
  private final int[] group;
  private final List<String> groups;
  private final int outputs;
  private final boolean classes;
  private final Map<Integer, Integer> place = new HashMap<>();

  private HeldOut(
      Prepared prepared, int[] items, double[] truth, List<String> groups, int classes) {
    this.prepared = prepared;
    this.items = items;
    this.truth = truth;
    this.groups = groups;
    this.outputs = prepared.plan().outputs();
    this.classes = classes > 0;
    Map<String, Integer> names = new HashMap<>();
    group = groups.stream().mapToInt(g -> names.computeIfAbsent(g, k -> names.size())).toArray();
    for (int item : items) {
      place.put(item, place.size());
    }
  }

  static HeldOut of(Training training, Prepared prepared, int classes) {
    int[] items =
        training.folds().stream()
            .flatMapToInt(f -> Arrays.stream(prepared.data().itemsOf(f.judged())))
            .filter(i -> i < prepared.originals())
            .distinct()
            .toArray();
    return new HeldOut(
        prepared,
        items,
        training.truth(prepared, items),
        training.groupsOf(prepared, items),
        classes);
  }

  int size() {
    return items.length;
  }

  /** Where an item stands among these. */
  int place(int item) {
    return place.getOrDefault(item, -1);
  }

  double[][] nothing() {
    double[][] said = new double[items.length][outputs];
    for (double[] one : said) {
      Arrays.fill(one, Double.NaN);
    }
    return said;
  }

  /** What members say of the items that they judge, averaged. */
  double[][] said(List<Member> members, Prepared own) {
    double[][] said = nothing();
    int[] voices = new int[items.length];
    for (Member member : members) {
      for (int item : member.judged()) {
        voices[place(item)]++;
      }
    }
    for (Member member : members) {
      float[] out = member.judgedOutputs();
      for (int i = 0; out != null && i < member.judged().length; i++) {
        int at = place(member.judged()[i]);
        if (Double.isNaN(said[at][0])) {
          Arrays.fill(said[at], 0);
        }
        Judging.accumulate(out, i * outputs, own.loss(), said[at], 1.0 / voices[at]);
      }
    }
    return said;
  }

  private double loss(double[] said, int i) {
    if (classes) {
      return -Math.log(Math.max(TINY, said[(int) truth[i]]));
    }
    double d = prepared.scaling().unscale(said[outputs / 2]) - truth[i];
    return d * d;
  }

  /** The mean loss of all items that were spoken of. */
  double loss(double[][] said) {
    double sum = 0;
    int n = 0;
    for (int i = 0; i < said.length; i++) {
      if (!Double.isNaN(said[i][0])) {
        sum += loss(said[i], i);
        n++;
      }
    }
    double mean = n == 0 ? Double.NaN : sum / n;
    return classes ? mean : Math.sqrt(mean);
  }

  /** A weighted mean; of items of which the second says nothing, what the first says. */
  double[][] blend(double[][] one, double[][] other, double share) {
    double[][] both = new double[one.length][];
    for (int i = 0; i < both.length; i++) {
      both[i] = one[i].clone();
      for (int k = 0; k < outputs && !Double.isNaN(other[i][0]); k++) {
        both[i][k] = (1 - share) * one[i][k] + share * other[i][k];
      }
    }
    return both;
  }

  /** The share of the second, 0 to 1, with which both together have the smallest loss. */
  double share(double[][] one, double[][] other) {
    double low = 0;
    double high = 1;
    for (int h = 0; h < HALVINGS && high - low > 1e-3; h++) {
      double a = low + (high - low) / 3;
      double b = high - (high - low) / 3;
      if (loss(blend(one, other, a)) <= loss(blend(one, other, b))) {
        high = b;
      } else {
        low = a;
      }
    }
    return (low + high) / 2;
  }

  /** By how much the second has the smaller mean loss, and the standard error of that by group. */
  double[] gain(double[][] one, double[][] other) {
    int n = 0;
    double[] sums = new double[Math.max(1, Arrays.stream(group).max().orElse(0) + 1)];
    int[] counts = new int[sums.length];
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      if (!Double.isNaN(other[i][0]) && !Double.isNaN(one[i][0])) {
        double d = loss(one[i], i) - loss(other[i], i);
        sums[group[i]] += d;
        counts[group[i]]++;
        sum += d;
        n++;
      }
    }
    double mean = n == 0 ? 0 : sum / n;
    double squares = 0;
    for (int g = 0; g < sums.length; g++) {
      double d = sums[g] - counts[g] * mean;
      squares += d * d;
    }
    return new double[] {mean, n == 0 ? 0 : Math.sqrt(squares) / n};
  }

  /** As judged items, for figures and calibration. */
  Judged judged(double[][] said) {
    if (classes) {
      return new Judged(truth, new double[0], said, groups);
    }
    double[] predicted = new double[said.length];
    for (int i = 0; i < predicted.length; i++) {
      predicted[i] = prepared.scaling().unscale(said[i][outputs / 2]);
    }
    return new Judged(truth, predicted, new double[0][], groups);
  }

  /** Whether outputs are logits, whose probabilities are averaged. */
  boolean logits() {
    return prepared.loss() instanceof Loss.CrossEntropy;
  }
}
