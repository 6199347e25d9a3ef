package io.millwright.quality.internal.advice;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.quality.AdviceProblem;
import io.millwright.quality.ResponseSurface;
import io.millwright.quality.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The surface of one characteristic. */
final class Surface implements ResponseSurface {

  /** More rows cost time with their cube. */
  private static final int MOST = 500;

  /** Parameters are learnt from so many. */
  private static final int LEARNT = 200;

  static final int LEAST = 8;

  private final Inputs inputs;
  private final Mixture model;
  private final double centre;
  private final double scale;
  private final double confidence;
  private final String words;

  private Surface(
      Inputs inputs, Mixture model, double centre, double scale, double confidence, String words) {
    this.inputs = inputs;
    this.model = model;
    this.centre = centre;
    this.scale = scale;
    this.confidence = confidence;
    this.words = words;
  }

  static Surface of(AdviceProblem problem, Inputs inputs, String column) {
    double[] all = outcome(problem, column);
    List<Integer> whole = new ArrayList<>();
    for (int r = 0; r < all.length; r++) {
      if (Double.isFinite(all[r]) && Arrays.stream(inputs.rows[r]).allMatch(Double::isFinite)) {
        whole.add(r);
      }
    }
    int least = Math.max(LEAST, inputs.size() + 2);
    if (whole.size() < least) {
      throw new MillwrightException(
          ErrorCode.TOO_FEW_DATA,
          whole.size()
              + " whole runs with '"
              + column
              + "': a surface of "
              + inputs.size()
              + " inputs needs "
              + least
              + "\nMaybe make the experiments that the advisor proposes");
    }
    java.util.Collections.shuffle(whole, new java.util.Random(problem.key()));
    int n = Math.min(MOST, whole.size());
    double[][] x = new double[n][];
    double[] y = new double[n];
    for (int i = 0; i < n; i++) {
      x[i] = inputs.rows[whole.get(i)];
      y[i] = all[whole.get(i)];
    }
    varied(problem, x);
    double centre = Arrays.stream(y).average().orElse(0);
    double square = Arrays.stream(y).map(v -> (v - centre) * (v - centre)).sum();
    double scale = square > 0 ? Math.sqrt(square / n) : 1;
    double[] z = Arrays.stream(y).map(v -> (v - centre) / scale).toArray();
    Mixture model = Mixture.of(x, z, LEARNT);
    String words =
        String.format(
            Locale.ROOT,
            "%s: %s, from %d runs%s; runs left out are predicted with R2 %.2f",
            column,
            model.words(),
            n,
            n < whole.size() ? " of " + whole.size() : "",
            model.explained);
    return new Surface(inputs, model, centre, scale, problem.confidence(), words);
  }

  private static double[] outcome(AdviceProblem problem, String column) {
    if (problem.runs().schema().columns().stream().noneMatch(c -> c.name().equals(column))) {
      throw new MillwrightException(
          ErrorCode.MISSING_COLUMN,
          "the runs have no column '"
              + column
              + "'\nMaybe one of "
              + problem.runs().schema().columns().stream().map(c -> c.name()).toList());
    }
    return problem.runs().numbers(column);
  }

  private static void varied(AdviceProblem problem, double[][] x) {
    for (int c = 0; c < problem.knobs().size(); c++) {
      int at = c;
      if (Arrays.stream(x).allMatch(row -> row[at] == x[0][at])) {
        throw new MillwrightException(
            ErrorCode.BAD_VALUE,
            "knob '"
                + problem.knobs().get(c).column()
                + "' stood still in all runs: nothing is known of it\nMaybe leave it out, or make"
                + " experiments with it");
      }
    }
  }

  /** The same, as if the mean at a place had been measured as predicted. */
  Surface believing(double[] settings) {
    Mixture more = model.believing(inputs.encode(settings));
    return new Surface(inputs, more, centre, scale, confidence, words);
  }

  /** The mean and its variance. */
  double[] at(double[] settings) {
    double[] m = model.moments(inputs.encode(settings));
    return new double[] {centre + scale * m[0], scale * scale * m[1]};
  }

  double mean(double[] settings) {
    return centre + scale * model.mean(inputs.encode(settings));
  }

  double covariance(double[] one, double[] other) {
    return scale * scale * model.covariance(inputs.encode(one), inputs.encode(other));
  }

  /** The variance of parts made alike. */
  double partVariance() {
    return scale * scale * model.noise;
  }

  /** The degrees of freedom of that variance. */
  double freedom() {
    return Math.max(2, model.freedom);
  }

  @Override
  public Span mean(Map<String, Double> settings) {
    return span(settings, 0);
  }

  @Override
  public Span part(Map<String, Double> settings) {
    return span(settings, partVariance());
  }

  private Span span(Map<String, Double> named, double more) {
    double[] settings = inputs.settings(named);
    double[] m = at(settings);
    double sure = Outlook.NORMAL.inverseCumulativeProbability((1 + confidence) / 2);
    double half = sure * Math.sqrt(m[1] + more);
    return new Span(m[0], m[0] - half, m[0] + half);
  }

  @Override
  public double explained() {
    return model.explained;
  }

  @Override
  public double noise() {
    return Math.sqrt(partVariance());
  }

  @Override
  public String words() {
    return words;
  }
}
