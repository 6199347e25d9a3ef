package io.millwright.api.head;

import io.millwright.api.data.PlainData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Calibration scores as a distribution. Groups weigh the same, and one more score is reckoned with,
 * which may be anything: with {@code n} scores the shares below are taken as {@code n / (n + 1)} of
 * the whole, the rest lying where it hurts (for groups of one it is split conformal prediction's
 * finite-sample correction; for larger groups see Dunn, Wasserman and Ramdas 2022).
 *
 * @param values the scores, rising; at most {@link #MOST}
 * @param below the share of calibration below each
 * @param upTo the share of calibration up to and including each
 * @param groups how many groups there were
 */
record Scores(List<Double> values, List<Double> below, List<Double> upTo, int groups) {

  /** How many scores are kept. Between those kept, quantiles move outwards. */
  static final int MOST = 1000;

  /** Shares are sums of rounded numbers. */
  private static final double TOLERANCE = 1e-9;

  /** Copies and checks. */
  public Scores {
    values = List.copyOf(values);
    below = List.copyOf(below);
    upTo = List.copyOf(upTo);
    if (values.isEmpty()
        || values.size() != below.size()
        || values.size() != upTo.size()
        || groups < 1) {
      throw new IllegalArgumentException(
          values.size()
              + " scores with "
              + below.size()
              + " and "
              + upTo.size()
              + " shares of "
              + groups
              + " groups");
    }
  }

  /** For a bundle. */
  PlainData data() {
    return PlainData.builder()
        .put("values", values)
        .put("below", below)
        .put("upTo", upTo)
        .put("groups", groups)
        .build();
  }

  /** Back from a bundle; whatever it says, the shares rise. */
  static Scores of(PlainData data) {
    Scores read =
        new Scores(
            boxed(data.numbers("values")),
            boxed(data.numbers("below")),
            boxed(data.numbers("upTo")),
            data.whole("groups"));
    for (int i = 1; i < read.values.size(); i++) {
      if (!(read.values.get(i) >= read.values.get(i - 1)
          && read.upTo.get(i) >= read.upTo.get(i - 1))) {
        throw new IllegalArgumentException("calibration scores do not rise");
      }
    }
    return read;
  }

  static List<Double> boxed(double[] numbers) {
    return Arrays.stream(numbers).boxed().toList();
  }

  static Scores of(double[] scores, Groups groups) {
    Integer[] order = new Integer[scores.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingDouble(i -> scores[i]));
    List<Double> values = new ArrayList<>();
    List<Double> below = new ArrayList<>();
    List<Double> upTo = new ArrayList<>();
    double share = 0;
    for (int i = 0; i < order.length; ) {
      double value = scores[order[i]];
      double before = share;
      for (; i < order.length && scores[order[i]] == value; i++) {
        share += groups.weights()[order[i]];
      }
      values.add(value);
      below.add(before);
      upTo.add(i == order.length ? 1 : share);
    }
    if (values.size() <= MOST) {
      return new Scores(values, below, upTo, groups.count());
    }
    List<Integer> kept = new ArrayList<>();
    // Evenly by rank, the two ends always: the tails, where intervals end, are as fine as the
    // middle.
    for (int k = 0; k < MOST; k++) {
      kept.add((int) Math.round((double) k * (values.size() - 1) / (MOST - 1)));
    }
    return new Scores(
        kept.stream().map(values::get).toList(),
        kept.stream().map(below::get).toList(),
        kept.stream().map(upTo::get).toList(),
        groups.count());
  }

  /** The same with at most so many scores, closer together towards the tails. */
  Scores thinned(int most) {
    if (values.size() <= most) {
      return this;
    }
    List<Integer> kept = new ArrayList<>();
    for (int k = 0; k < most; k++) {
      double place = (1 - Math.cos(Math.PI * k / (most - 1))) / 2;
      int at = (int) Math.round(place * (values.size() - 1));
      if (kept.isEmpty() || at > kept.get(kept.size() - 1)) {
        kept.add(at);
      }
    }
    return new Scores(
        kept.stream().map(values::get).toList(),
        kept.stream().map(below::get).toList(),
        kept.stream().map(upTo::get).toList(),
        groups);
  }

  /** The share of calibration scores below a score, one more reckoned with above all. */
  double shareBelow(double score) {
    double share = 0;
    for (int i = 0; i < values.size() && values.get(i) < score; i++) {
      share = upTo.get(i);
    }
    return share / correction();
  }

  /**
   * What a share of the whole is of the calibration, when one more score is reckoned with. Where
   * groups have many scores, one more group moves the pooled distribution no more than one more of
   * its scores does (the pooling of Dunn, Wasserman and Ramdas, valid as groups grow in number);
   * reckoning with a whole group as well made 90 % intervals cover 95 %, see
   * docs/experiments/remaining-life.md.
   */
  private double correction() {
    double n = Math.max(groups, values.size());
    return (n + 1) / n;
  }

  /** The least share of the whole that a tail can have and still end at a score. */
  double leastTail() {
    return 1.0 / (groups + 1);
  }

  /**
   * The least score that, with a new group reckoned above all, has at least this share up to it;
   * infinite when there is none.
   */
  double upper(double p) {
    double wanted = p * correction() - TOLERANCE;
    if (wanted > 1) {
      return Double.POSITIVE_INFINITY;
    }
    int from = 0;
    int to = values.size() - 1;
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (upTo.get(middle) >= wanted) {
        to = middle;
      } else {
        from = middle + 1;
      }
    }
    return values.get(from);
  }

  /**
   * The largest score that, with a new group reckoned below all, has at most this share below it;
   * infinite when there is none.
   */
  double lower(double p) {
    double wanted = (1 - p) * correction() - TOLERANCE;
    if (wanted > 1) {
      return Double.NEGATIVE_INFINITY;
    }
    int from = 0;
    int to = values.size() - 1;
    while (from < to) {
      int middle = (from + to + 1) >>> 1;
      if (1 - below.get(middle) >= wanted) {
        from = middle;
      } else {
        to = middle - 1;
      }
    }
    return values.get(from);
  }

  @Override
  public String toString() {
    return values.size() + " scores of " + groups + " groups";
  }

  /** The largest size of a score. */
  double largest() {
    return Math.max(Math.abs(values.get(0)), Math.abs(values.get(values.size() - 1)));
  }
}
