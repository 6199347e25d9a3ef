package io.millwright.runtime.prepare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Proposes products, squares and quotients that tell of the answer what a model linear in all
 * columns does not: by the score test (Rao 1948) of each against that model, with the variance that
 * its residuals have (White 1980), at a level that allows for the number of tests (Bonferroni). So
 * of columns that say nothing hardly anything is proposed, and a proposal does not flatter those
 * who are judged by the same rows.
 */
final class InteractionFinder {

  /** How often a table without any interaction may give one. */
  private static final double LEVEL = 0.02;

  private static final double CLIP = 4;
  private static final int MOST_ROWS = 20_000;

  /** Pairs are made of so many columns at the most: those that say most by themselves. */
  private static final int MOST_COLUMNS = 100;

  private final Frame frame;
  private final List<Integer> numbers;
  private final double[][] values;
  private final double[][] standard;
  private final double[][] residuals;
  private final Runnable pulse;

  /**
   * @param answers the answer of each row; NaN for none
   * @param classes how many classes answers are indices of; 0 for a quantity
   */
  InteractionFinder(Frame frame, double[] answers, int classes, Runnable pulse) {
    this.frame = frame;
    this.pulse = pulse;
    int[] known = known(answers);
    List<Integer> all = frame.numbers();
    double[][] every = new double[all.size()][];
    double[][] scaled = new double[all.size()][];
    for (int j = 0; j < every.length; j++) {
      double[] column = frame.values(all.get(j));
      every[j] = Arrays.stream(known).mapToDouble(r -> column[r]).toArray();
      scaled[j] = standard(every[j]);
    }
    residuals =
        residuals(scaled, Arrays.stream(known).mapToDouble(r -> answers[r]).toArray(), classes);
    int[] kept = strongest(scaled);
    numbers = Arrays.stream(kept).mapToObj(all::get).toList();
    values = Arrays.stream(kept).mapToObj(j -> every[j]).toArray(double[][]::new);
    standard = Arrays.stream(kept).mapToObj(j -> scaled[j]).toArray(double[][]::new);
  }

  private record Proposal(FittedStep.Pair pair, boolean quotient, double strength) {}

  /** The strongest interactions that pass the test, in the order of their columns. */
  FittedStep.Interactions find(boolean quotients, int most) {
    List<Proposal> proposals = new ArrayList<>();
    int n = numbers.size();
    double[] least = new double[n];
    long tests = (long) n * (n + 1) / 2;
    for (int j = 0; j < n; j++) {
      double[] finite = frame.finite(numbers.get(j));
      least[j] = quotients ? StepFitter.leastDivisor(finite) : 0;
      tests += least[j] != 0 ? n - 1 : 0;
    }
    double critical = Math.sqrt(2 * Math.log(Math.max(1, tests * residuals.length) / LEVEL));
    for (int i = 0; i < n; i++) {
      pulse.run();
      for (int j = 0; j < n; j++) {
        if (i <= j) {
          double[] w = product(standard[i], standard[j]);
          propose(proposals, new FittedStep.Pair(name(i), name(j), 0), false, i, j, w, critical);
        }
        if (i != j && least[j] != 0) {
          double[] w = standard(quotient(values[i], values[j], least[j]));
          FittedStep.Pair pair = new FittedStep.Pair(name(i), name(j), least[j]);
          propose(proposals, pair, true, i, j, w, critical);
        }
      }
    }
    List<Proposal> best =
        proposals.stream()
            .sorted(Comparator.comparingDouble(Proposal::strength).reversed())
            .limit(most)
            .toList();
    // In the order of the columns, not of strength, so that like data give like models.
    List<Proposal> ordered = proposals.stream().filter(best::contains).toList();
    return new FittedStep.Interactions(
        ordered.stream().filter(p -> !p.quotient).map(Proposal::pair).toList(),
        ordered.stream().filter(p -> p.quotient).map(Proposal::pair).toList());
  }

  private void propose(
      List<Proposal> proposals,
      FittedStep.Pair pair,
      boolean quotient,
      int i,
      int j,
      double[] w,
      double critical) {
    double strength = strength(w, standard[i], standard[j]);
    if (strength > critical) {
      proposals.add(new Proposal(pair, quotient, strength));
    }
  }

  private String name(int j) {
    return frame.name(numbers.get(j));
  }

  /** The rows with an answer, evenly thinned out where there are very many. */
  private static int[] known(double[] answers) {
    int[] all = new int[answers.length];
    int n = 0;
    for (int r = 0; r < answers.length; r++) {
      if (!Double.isNaN(answers[r])) {
        all[n++] = r;
      }
    }
    int count = Math.min(n, MOST_ROWS);
    int[] some = new int[count];
    for (int i = 0; i < count; i++) {
      some[i] = all[(int) ((long) i * n / count)];
    }
    return some;
  }

  /** Mean 0 and variance 1, no value farther out than 4; what is missing stands at the mean. */
  private static double[] standard(double[] values) {
    double[] finite = Arrays.stream(values).filter(Double::isFinite).toArray();
    double[] z = new double[values.length];
    if (finite.length == 0 || !Statistics.varies(finite)) {
      return z;
    }
    double mean = Statistics.mean(finite);
    double deviation = Statistics.deviation(finite, mean);
    for (int i = 0; i < z.length; i++) {
      double v = (values[i] - mean) / deviation;
      z[i] = Double.isFinite(v) ? Math.max(-CLIP, Math.min(CLIP, v)) : 0;
    }
    return z;
  }

  /** By class what the linear model leaves unexplained of each row; of a quantity one of them. */
  private double[][] residuals(double[][] scaled, double[] answers, int classes) {
    int width = scaled.length;
    int n = answers.length;
    int outputs = Math.max(1, classes);
    float[] inputs = new float[Math.multiplyExact(n, width)];
    float[] targets = new float[n];
    double mean = Statistics.mean(answers);
    for (int r = 0; r < n; r++) {
      for (int j = 0; j < width; j++) {
        inputs[r * width + j] = (float) scaled[j][r];
      }
      targets[r] = (float) (classes > 0 ? answers[r] : answers[r] - mean);
    }
    LinearFit fit = new LinearFit(inputs, targets, width, outputs, classes > 0, this::goOn);
    double[] w = fit.fit(1, fit.constant());
    // Two classes leave the same residuals with opposite signs.
    double[][] all = new double[classes == 2 ? 1 : outputs][n];
    double[] z = new double[outputs];
    for (int r = 0; r < n; r++) {
      LinearFit.outputs(w, inputs, r * width, width, z);
      double[] said = classes > 0 ? LinearFit.softmax(z) : z;
      for (int k = 0; k < all.length; k++) {
        double truth = classes > 0 ? (targets[r] == k ? 1 : 0) : targets[r];
        all[k][r] = truth - said[k];
      }
    }
    return all;
  }

  /** Never stops by itself: the pulse throws. */
  private boolean goOn() {
    pulse.run();
    return false;
  }

  private int[] strongest(double[][] scaled) {
    Integer[] order = new Integer[scaled.length];
    double[] spread = new double[scaled.length];
    for (int j = 0; j < order.length; j++) {
      order[j] = j;
      spread[j] = Arrays.stream(scaled[j]).anyMatch(v -> v != 0) ? covariation(scaled[j]) : -1;
    }
    Arrays.sort(order, Comparator.comparingDouble((Integer j) -> -spread[j]));
    return Arrays.stream(order)
        .filter(j -> spread[j] >= 0)
        .limit(MOST_COLUMNS)
        .sorted()
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** How much of what is unexplained lies at the outer values of a column. */
  private double covariation(double[] z) {
    double most = 0;
    for (double[] residual : residuals) {
      double sum = 0;
      for (int r = 0; r < z.length; r++) {
        sum += residual[r] * (z[r] * z[r] - 1);
      }
      most = Math.max(most, Math.abs(sum));
    }
    return most;
  }

  private static double[] product(double[] a, double[] b) {
    double[] w = new double[a.length];
    for (int r = 0; r < w.length; r++) {
      w[r] = a[r] * b[r];
    }
    return w;
  }

  private static double[] quotient(double[] a, double[] b, double least) {
    double[] w = new double[a.length];
    for (int r = 0; r < w.length; r++) {
      w[r] = a[r] / (least > 0 ? Math.max(b[r], least) : Math.min(b[r], least));
    }
    return w;
  }

  /** The score of a column, what two others say of it taken off, in its standard deviations. */
  private double strength(double[] w, double[] a, double[] b) {
    double[] rest = without(w, a, b);
    double most = 0;
    for (double[] residual : residuals) {
      double score = 0;
      double variance = 0;
      for (int r = 0; r < rest.length; r++) {
        double s = residual[r] * rest[r];
        score += s;
        variance += s * s;
      }
      most = Math.max(most, variance > 0 ? Math.abs(score) / Math.sqrt(variance) : 0);
    }
    return most;
  }

  /** What is left of a column after a regression on two others, whose means are 0. */
  private static double[] without(double[] w, double[] a, double[] b) {
    double mean = Statistics.mean(w);
    double aa = 1e-9;
    double ab = 0;
    double bb = 1e-9;
    double aw = 0;
    double bw = 0;
    for (int r = 0; r < w.length; r++) {
      double v = w[r] - mean;
      aa += a[r] * a[r];
      ab += a[r] * b[r];
      bb += b[r] * b[r];
      aw += a[r] * v;
      bw += b[r] * v;
    }
    double det = aa * bb - ab * ab;
    boolean one = det < 1e-6 * aa * bb; // a square, or columns that say the same
    double p = one ? aw / aa : (aw * bb - bw * ab) / det;
    double q = one ? 0 : (bw * aa - aw * ab) / det;
    double[] rest = new double[w.length];
    double left = 0;
    double total = 0;
    for (int r = 0; r < w.length; r++) {
      rest[r] = w[r] - mean - p * a[r] - q * b[r];
      left += rest[r] * rest[r];
      total += (w[r] - mean) * (w[r] - mean);
    }
    // Nothing but rounding is left of a column that the two others make up.
    return left > 1e-6 * total ? rest : new double[w.length];
  }
}
