package io.millwright.maintenance.internal.vibration;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.spi.ComposedModel;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.IntStream;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.DecompositionSolver;

/**
 * A linear discriminant with a covariance shrunk towards the identity (Friedman 1989), on features
 * in standard units.
 *
 * @param classes fault, a tab and severity of each class
 * @param mean the mean of each feature
 * @param scale its deviation
 * @param weights for each class a weight of each feature, and a constant at the end
 * @param types the same for each fault, whose middle is that of its severities; none when faults
 *     are told better by their severities
 * @param reach the distance of a recording's mean to the nearest class, in standard units, that
 *     training recordings keep when they are held out
 */
record Discriminant(
    List<String> classes,
    double[] mean,
    double[] scale,
    double[][] weights,
    double[][] types,
    double[] reach) {

  private static final double SHRINKAGE = 0.3;

  static Discriminant fit(List<String> classes, List<double[][]> windows) {
    int d = windows.get(0)[0].length;
    int n = windows.stream().mapToInt(w -> w.length).sum();
    double[] mean = new double[d];
    double[] scale = new double[d];
    for (double[][] w : windows) {
      for (double[] row : w) {
        for (int i = 0; i < d; i++) {
          mean[i] += row[i] / n;
        }
      }
    }
    for (double[][] w : windows) {
      for (double[] row : w) {
        for (int i = 0; i < d; i++) {
          scale[i] += (row[i] - mean[i]) * (row[i] - mean[i]) / n;
        }
      }
    }
    for (int i = 0; i < d; i++) {
      scale[i] = Math.sqrt(scale[i]) + 1e-6;
    }
    double[][] centres = new double[classes.size()][];
    double[][] within = new double[d][d];
    for (int c = 0; c < centres.length; c++) {
      double[][] z = standard(windows.get(c), mean, scale);
      centres[c] = middle(z);
      for (double[] row : z) {
        for (int i = 0; i < d; i++) {
          double a = (1 - SHRINKAGE) * (row[i] - centres[c][i]) / n;
          for (int j = 0; j < d; j++) {
            within[i][j] += a * (row[j] - centres[c][j]);
          }
        }
      }
    }
    for (int i = 0; i < d; i++) {
      within[i][i] += SHRINKAGE;
    }
    DecompositionSolver solver =
        new CholeskyDecomposition(new Array2DRowRealMatrix(within, false), 1e-9, 1e-12).getSolver();
    double[][] weights =
        Arrays.stream(centres).map(c -> weights(solver, c)).toArray(double[][]::new);
    double[][] types =
        faults(classes).stream()
            .map(
                fault ->
                    middle(
                        IntStream.range(0, centres.length)
                            .filter(c -> fault(classes.get(c)).equals(fault))
                            .mapToObj(c -> centres[c])
                            .toArray(double[][]::new)))
            .map(c -> weights(solver, c))
            .toArray(double[][]::new);
    // How far from the middle of all the centres lie: what is much farther is unknown.
    double far = 0;
    for (double[] centre : centres) {
      far = Math.max(far, size(centre));
    }
    return new Discriminant(classes, mean, scale, weights, types, new double[] {far});
  }

  private static double[] weights(DecompositionSolver solver, double[] centre) {
    double[] w = solver.solve(new ArrayRealVector(centre, false)).toArray();
    double[] weights = Arrays.copyOf(w, w.length + 1);
    for (int i = 0; i < w.length; i++) {
      weights[w.length] -= 0.5 * w[i] * centre[i];
    }
    return weights;
  }

  static String fault(String one) {
    return one.substring(0, one.indexOf('\t'));
  }

  private static List<String> faults(List<String> classes) {
    return classes.stream().map(Discriminant::fault).distinct().toList();
  }

  /** The same, with faults told by their severities. */
  Discriminant bySeverity() {
    return new Discriminant(classes, mean, scale, weights, new double[0][], reach);
  }

  /** The probability of each fault. */
  Map<String, Double> faults(double[][] standard) {
    Map<String, Double> all = new LinkedHashMap<>();
    List<String> names = types.length > 0 ? faults(classes) : classes;
    double[] p = probabilities(types.length > 0 ? types : weights, standard);
    for (int c = 0; c < p.length; c++) {
      all.merge(types.length > 0 ? names.get(c) : fault(names.get(c)), p[c], Double::sum);
    }
    return all;
  }

  private static double size(double[] z) {
    return Math.sqrt(Arrays.stream(z).map(v -> v * v).sum() / z.length);
  }

  static double[] middle(double[][] rows) {
    double[] sum = new double[rows[0].length];
    for (double[] row : rows) {
      for (int i = 0; i < sum.length; i++) {
        sum[i] += row[i] / rows.length;
      }
    }
    return sum;
  }

  private static double[][] standard(double[][] rows, double[] mean, double[] scale) {
    return Arrays.stream(rows)
        .map(
            row ->
                IntStream.range(0, row.length)
                    .mapToDouble(i -> (row[i] - mean[i]) / scale[i])
                    .toArray())
        .toArray(double[][]::new);
  }

  /** Standard units by this machine's own windows, so that only differences within it count. */
  double[][] adapted(double[][] rows, double[][] machine) {
    double[] centre = middle(machine);
    double[] spread = new double[centre.length];
    for (double[] row : machine) {
      for (int i = 0; i < spread.length; i++) {
        spread[i] += (row[i] - centre[i]) * (row[i] - centre[i]) / machine.length;
      }
    }
    for (int i = 0; i < spread.length; i++) {
      spread[i] = Math.sqrt(spread[i]) + 1e-6;
    }
    return standard(rows, centre, spread);
  }

  double[][] plain(double[][] rows) {
    return standard(rows, mean, scale);
  }

  /** Whether a recording lies far beyond everything that was learnt. */
  boolean unknown(double[][] standard) {
    return size(middle(standard)) > 2 * reach[0];
  }

  /** The probability of each class, from the mean over windows. */
  double[] probabilities(double[][] standard) {
    return probabilities(weights, standard);
  }

  private static double[] probabilities(double[][] weights, double[][] standard) {
    double[] scores = new double[weights.length];
    for (double[] row : standard) {
      double[] now = new double[weights.length];
      for (int c = 0; c < now.length; c++) {
        now[c] = weights[c][row.length];
        for (int i = 0; i < row.length; i++) {
          now[c] += weights[c][i] * row[i];
        }
      }
      double most = Arrays.stream(now).max().orElse(0);
      double sum = Arrays.stream(now).map(v -> Math.exp(v - most)).sum();
      for (int c = 0; c < now.length; c++) {
        scores[c] += Math.exp(now[c] - most) / sum / standard.length;
      }
    }
    return scores;
  }

  void write(SortedMap<String, String> texts, SortedMap<String, List<Double>> numbers) {
    texts.put("classes", String.join("\n", classes));
    numbers.put("mean", list(mean));
    numbers.put("scale", list(scale));
    numbers.put("reach", list(reach));
    numbers.put("weights", flat(weights));
    numbers.put("types", flat(types));
  }

  private static List<Double> flat(double[][] rows) {
    return Arrays.stream(rows).flatMapToDouble(Arrays::stream).boxed().toList();
  }

  private static List<Double> list(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }

  static Discriminant read(ComposedModel model) {
    int d = Windows.size();
    String names = model.texts().getOrDefault("classes", "");
    List<String> classes = List.of(names.split("\n", -1));
    if (classes.size() < 2 || classes.stream().anyMatch(c -> c.split("\t", -1).length != 2)) {
      throw bad("its classes are \"" + names + "\"");
    }
    double[] scale = numbers(model, "scale", d);
    if (Arrays.stream(scale).anyMatch(s -> !(s > 0))) {
      throw bad("a scale is not above 0");
    }
    int faults = faults(classes).size();
    boolean typed = !model.numbers().getOrDefault("types", List.of()).isEmpty();
    return new Discriminant(
        classes,
        numbers(model, "mean", d),
        scale,
        rows(numbers(model, "weights", classes.size() * (d + 1)), classes.size()),
        typed ? rows(numbers(model, "types", faults * (d + 1)), faults) : new double[0][],
        numbers(model, "reach", 1));
  }

  private static double[][] rows(double[] flat, int count) {
    int width = flat.length / count;
    double[][] rows = new double[count][];
    for (int c = 0; c < count; c++) {
      rows[c] = Arrays.copyOfRange(flat, c * width, (c + 1) * width);
    }
    return rows;
  }

  private static double[] numbers(ComposedModel model, String name, int length) {
    List<Double> values = model.numbers().getOrDefault(name, List.of());
    if (values.size() != length || !values.stream().allMatch(Double::isFinite)) {
      throw bad("\"" + name + "\" has " + values.size() + " numbers instead of " + length);
    }
    return values.stream().mapToDouble(v -> v).toArray();
  }

  private static MillwrightException bad(String why) {
    return new MillwrightException(
        ErrorCode.BAD_BUNDLE, "this is no model of vibration: " + why + "\nMaybe train it again");
  }
}
