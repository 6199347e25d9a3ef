package io.millwright.core.learn;

import io.millwright.api.head.FittedHead;
import io.millwright.api.head.HeldOut;
import io.millwright.api.learn.Loss;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The items that a choice is made by, each held out from those that speak of it. What is said of an
 * item are the probabilities of classes, or a scaled quantity; NaN where nobody spoke.
 */
final class Jury {

  private static final double TINY = 1e-9;
  private static final int HALVINGS = 40;

  private final FittedHead<?, ?> head;
  private final int[] items;
  private final HeldOut truth;
  private final int[] group;
  private final int outputs;
  private final boolean classes;
  private final Map<Integer, Integer> place = new HashMap<>();

  private Jury(Prepared<?, ?> prepared, int[] items, HeldOut truth) {
    this.head = prepared.head();
    this.items = items;
    this.truth = truth;
    this.outputs = head.outputs();
    this.classes = head.loss() instanceof Loss.CrossEntropy;
    Map<String, Integer> names = new HashMap<>();
    group =
        truth.groups().stream()
            .mapToInt(g -> names.computeIfAbsent(g, k -> names.size()))
            .toArray();
    for (int item : items) {
      place.put(item, place.size());
    }
  }

  static <L, V> Jury of(Training<?, L, V> training, Prepared<L, V> prepared) {
    int[] items =
        training.folds().stream()
            .flatMapToInt(f -> Arrays.stream(prepared.data().itemsOf(f.judged())))
            .filter(i -> i < prepared.originals())
            .distinct()
            .toArray();
    double[][] nothing = new double[items.length][prepared.plan().outputs()];
    return new Jury(prepared, items, training.heldOut(prepared, items, nothing));
  }

  int[] items() {
    return items;
  }

  int size() {
    return items.length;
  }

  /** How many numbers are said of an item. */
  int outputs() {
    return outputs;
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
  double[][] said(List<Member> members) {
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
        head.say(out, i * outputs, said[at], 0, 1.0 / voices[at]);
      }
    }
    return said;
  }

  private double loss(double[] said, int i) {
    float target = truth.targets()[i][0];
    if (classes) {
      return -Math.log(Math.max(TINY, said[(int) target]));
    }
    double d = said[outputs / 2] - target;
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

  /** What was said beside the truth, for figures and calibration. */
  HeldOut heldOut(double[][] said) {
    return new HeldOut(said, truth.targets(), truth.groups());
  }

  /** Whether answers are classes, whose probabilities are averaged. */
  boolean classes() {
    return classes;
  }

  /** Whether answers are one number or classes, which constants and linear models give too. */
  boolean isSimple() {
    return head.targets() == 1
        && (classes
            || (outputs == 1
                && (head.loss() instanceof Loss.SquaredError
                    || head.loss() instanceof Loss.Huber)));
  }
}
