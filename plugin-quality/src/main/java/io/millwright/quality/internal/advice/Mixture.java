package io.millwright.quality.internal.advice;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Surfaces of all kinds, each weighed by how well it predicts rows left out (pseudo-Bayesian model
 * averaging, Geisser and Eddy 1979). Where kinds disagree, the mean is the less sure.
 */
final class Mixture {

  /** Lighter ones are left out. */
  private static final double LEAST = 0.02;

  private final List<Gaussian> members;
  private final double[] weights;
  private final double wider;
  final double noise;
  final double freedom;
  final double explained;

  private Mixture(List<Gaussian> members, double[] weights, double explained) {
    this.members = members;
    this.weights = weights;
    this.explained = explained;
    double square = 0;
    double parts = 0;
    double free = 0;
    for (int k = 0; k < weights.length; k++) {
      Gaussian one = members.get(k);
      square += weights[k] * one.strange;
      parts += weights[k] * one.noise();
      free += weights[k] * one.freedom;
    }
    // Rows left out that are stranger than they should be make everything wider.
    wider = Math.max(1, square);
    noise = wider * parts;
    freedom = free;
  }

  static Mixture of(double[][] x, double[] y, int few) {
    List<Gaussian> all =
        Arrays.stream(Kernel.Kind.values()).map(kind -> Gaussian.of(kind, x, y, few)).toList();
    double best = all.stream().mapToDouble(g -> g.leftOut).max().orElse(0);
    List<Gaussian> kept =
        all.stream()
            .filter(g -> Math.exp(g.leftOut - best) > LEAST)
            .sorted(Comparator.comparingDouble((Gaussian g) -> g.leftOut).reversed())
            .toList();
    double[] weights = kept.stream().mapToDouble(g -> Math.exp(g.leftOut - best)).toArray();
    double sum = Arrays.stream(weights).sum();
    double error = 0;
    for (int k = 0; k < weights.length; k++) {
      weights[k] /= sum;
      error += weights[k] * kept.get(k).error;
    }
    double none = all.get(0).error;
    return new Mixture(kept, weights, none > 0 ? 1 - error / none : 0);
  }

  /** The same, as if the mean at a place had been measured as predicted. */
  Mixture believing(double[] at) {
    double value = mean(at);
    List<Gaussian> more = new ArrayList<>();
    members.forEach(g -> more.add(g.with(at, value)));
    return new Mixture(more, weights, explained);
  }

  double mean(double[] at) {
    double sum = 0;
    for (int k = 0; k < weights.length; k++) {
      sum += weights[k] * members.get(k).mean(at);
    }
    return sum;
  }

  /** The mean and its variance. */
  double[] moments(double[] at) {
    double mean = 0;
    double square = 0;
    double within = 0;
    for (int k = 0; k < weights.length; k++) {
      double[] m = members.get(k).moments(at);
      mean += weights[k] * m[0];
      square += weights[k] * m[0] * m[0];
      within += weights[k] * m[1];
    }
    return new double[] {mean, Math.max(0, wider * within + square - mean * mean)};
  }

  double covariance(double[] one, double[] other) {
    double a = 0;
    double b = 0;
    double both = 0;
    double within = 0;
    for (int k = 0; k < weights.length; k++) {
      double first = members.get(k).mean(one);
      double second = members.get(k).mean(other);
      a += weights[k] * first;
      b += weights[k] * second;
      both += weights[k] * first * second;
      within += weights[k] * members.get(k).covariance(one, other);
    }
    return wider * within + both - a * b;
  }

  /** The kinds with their weights. */
  String words() {
    StringBuilder out = new StringBuilder(members.get(0).kind.words);
    if (weights.length > 1) {
      out.append(String.format(Locale.ROOT, " (weight %.2f), with ", weights[0]));
      out.append(
          members.subList(1, weights.length).stream()
              .map(g -> g.kind.words)
              .collect(Collectors.joining(", ")));
    }
    return out.toString();
  }
}
