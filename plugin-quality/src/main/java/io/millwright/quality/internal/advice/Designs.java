package io.millwright.quality.internal.advice;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.quality.AdviceProblem;
import io.millwright.quality.Experiments;
import io.millwright.quality.Experiments.Design;
import io.millwright.quality.Knob;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;

/** Chooses the runs to make next. */
final class Designs {

  private static final int POOL = 400;
  private static final int CANDIDATES = 1500;
  private static final int NODES = 15;

  /** Fewer runs know too little of where a second optimum may lie. */
  private static final int FIRST = 20;

  /** Variances of coefficients before any run: lines are free, the second order is likely small. */
  private static final double FREE = 1e4;

  private static final double LIKELY = 4;

  private final AdviceProblem problem;
  private final SplittableRandom random;

  private Designs(AdviceProblem problem) {
    this.problem = problem;
    random = new SplittableRandom(problem.key() + 1);
  }

  static Experiments of(AdviceProblem problem, int count, Optional<Design> design) {
    if (count < 1 || count > 200) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION, count + " experiments: 1 to 200\nMaybe as many as a day allows");
    }
    int rows = problem.runs().rows();
    boolean enough = rows >= Math.max(FIRST, terms(problem.knobs().size()));
    Designs all = new Designs(problem);
    return design.orElse(enough ? Design.IMPROVEMENT : Design.D_OPTIMAL) == Design.IMPROVEMENT
        ? all.improving(count)
        : all.telling(count);
  }

  private static int terms(int d) {
    return (d + 1) * (d + 2) / 2;
  }

  private static double[] features(double[] x) {
    double[] out = new double[terms(x.length)];
    int k = 0;
    out[k++] = 1;
    for (double v : x) {
      out[k++] = v;
    }
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j <= i; j++) {
        out[k++] = x[i] * x[j];
      }
    }
    return out;
  }

  /** A third of the candidates lie at ends and middles, where quadratic designs lie. */
  private double[] drawn(int index) {
    double[] out = new double[problem.knobs().size()];
    for (int c = 0; c < out.length; c++) {
      Knob knob = problem.knobs().get(c);
      double at = index % 3 == 0 ? random.nextDouble() : random.nextInt(3) / 2.0;
      out[c] = knob.nearest(knob.low() + (knob.high() - knob.low()) * at);
    }
    return out;
  }

  private double[] scaled(double[] settings) {
    double[] out = settings.clone();
    for (int c = 0; c < out.length; c++) {
      Knob knob = problem.knobs().get(c);
      out[c] = 2 * (settings[c] - knob.low()) / (knob.high() - knob.low()) - 1;
    }
    return out;
  }

  private Experiments telling(int count) {
    double[][] pool = new double[POOL][];
    double[][] features = new double[POOL][];
    for (int i = 0; i < POOL; i++) {
      pool[i] = drawn(i);
      features[i] = features(scaled(pool[i]));
    }
    int p = features[0].length;
    double[][] inverse = new double[p][p];
    for (int i = 0; i < p; i++) {
      inverse[i][i] = i <= problem.knobs().size() ? FREE : LIKELY;
    }
    for (double[] row : known()) {
      update(inverse, features(row), 1);
    }
    int[] chosen = new int[count];
    for (int k = 0; k < count; k++) {
      chosen[k] = most(inverse, features);
      update(inverse, features[chosen[k]], 1);
    }
    // Exchange: each run is taken out and the best candidate put in, until nothing changes.
    boolean again = true;
    for (int round = 0; round < 20 && again; round++) {
      again = false;
      for (int k = 0; k < count; k++) {
        update(inverse, features[chosen[k]], -1);
        int best = most(inverse, features);
        if (spread(inverse, features[best]) > spread(inverse, features[chosen[k]]) * (1 + 1e-9)) {
          chosen[k] = best;
          again = true;
        }
        update(inverse, features[chosen[k]], 1);
      }
    }
    Inputs inputs = Inputs.of(problem);
    return new Experiments(
        Design.D_OPTIMAL,
        Arrays.stream(chosen).mapToObj(i -> inputs.named(pool[i])).toList(),
        String.format(
            Locale.ROOT,
            "%d runs so far: where they tell most about a quadratic surface of %d terms",
            problem.runs().rows(),
            p));
  }

  private List<double[]> known() {
    List<double[]> out = new ArrayList<>();
    int d = problem.knobs().size();
    for (double[] row : Inputs.of(problem).rows) {
      double[] knobs = Arrays.copyOf(row, d);
      if (Arrays.stream(knobs).allMatch(Double::isFinite)) {
        out.add(knobs);
      }
    }
    return out;
  }

  private static int most(double[][] inverse, double[][] features) {
    int best = 0;
    double most = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < features.length; i++) {
      double value = spread(inverse, features[i]);
      if (value > most * (1 + 1e-9)) {
        most = value;
        best = i;
      }
    }
    return best;
  }

  private static double spread(double[][] inverse, double[] f) {
    double sum = 0;
    for (int i = 0; i < f.length; i++) {
      for (int j = 0; j < f.length; j++) {
        sum += f[i] * inverse[i][j] * f[j];
      }
    }
    return sum;
  }

  /** Sherman and Morrison: a run more or less. */
  private static void update(double[][] inverse, double[] f, int sign) {
    int p = f.length;
    double[] v = new double[p];
    double whole = sign;
    for (int i = 0; i < p; i++) {
      for (int j = 0; j < p; j++) {
        v[i] += inverse[i][j] * f[j];
      }
      whole += f[i] * v[i];
    }
    for (int i = 0; i < p; i++) {
      for (int j = 0; j < p; j++) {
        inverse[i][j] -= v[i] * v[j] / whole;
      }
    }
  }

  /** One after the other, each believed to give what is predicted (kriging believer). */
  private Experiments improving(int count) {
    Outlook outlook = Outlook.of(problem);
    List<double[]> chosen = new ArrayList<>();
    for (int k = 0; k < count; k++) {
      boolean there = k % 2 == 1;
      double[] best = next(outlook, there);
      chosen.add(best);
      outlook = outlook.believing(best);
    }
    Inputs inputs = outlook.inputs;
    return new Experiments(
        Design.IMPROVEMENT,
        chosen.stream().map(inputs::named).toList(),
        problem.runs().rows() + " runs so far: where the best safe settings may still lie");
  }

  /**
   * The next run: where improvement is expected, or there where the best settings lie if what is
   * expected holds. Advice stands back from limits by how unsure it is, so that runs at the place
   * itself bring it nearer.
   */
  private double[] next(Outlook outlook, boolean there) {
    double[][] all = new double[CANDIDATES][];
    double best = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < CANDIDATES; i++) {
      all[i] = i == 0 ? outlook.current : drawn(3 * i);
      if (outlook.safety(all[i]) >= 1 - problem.risk()) {
        best = Math.max(best, outlook.good(all[i]));
      }
    }
    double[] chosen = all[0];
    double most = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < CANDIDATES; i++) {
      double value = value(outlook, all[i], best, there);
      if (value > most) {
        most = value;
        chosen = all[i];
      }
    }
    if (most == Double.NEGATIVE_INFINITY) {
      return next(outlook, false); // nothing is hopeful
    }
    for (double width = 0.25; width > 0.01; width *= 0.9) {
      double[] settings = chosen.clone();
      for (int c = 0; c < settings.length; c++) {
        Knob knob = problem.knobs().get(c);
        double far = width * (knob.high() - knob.low());
        settings[c] = knob.nearest(settings[c] + far * (2 * random.nextDouble() - 1));
      }
      double value = value(outlook, settings, best, there);
      if (value > most) {
        most = value;
        chosen = settings;
      }
    }
    return chosen;
  }

  private double value(Outlook outlook, double[] settings, double best, boolean there) {
    if (!there || best == Double.NEGATIVE_INFINITY) {
      return improvement(outlook, settings, best);
    }
    return outlook.hopeful(settings)
        ? outlook.good(settings) - outlook.cost(settings)
        : Double.NEGATIVE_INFINITY;
  }

  /** Expected improvement times safety; safety alone as long as nothing is known to be safe. */
  private static double improvement(Outlook outlook, double[] settings, double best) {
    double safety = outlook.safety(settings);
    if (best == Double.NEGATIVE_INFINITY) {
      return safety;
    }
    double mean = outlook.mean(settings);
    double deviation = outlook.deviation(settings);
    double about = outlook.about(settings);
    double sum = 0;
    for (int k = 0; k < NODES; k++) {
      double z = Outlook.NORMAL.inverseCumulativeProbability((k + 0.5) / NODES);
      sum += Math.max(0, outlook.good(mean + z * deviation, about) - best) / NODES;
    }
    return safety * sum;
  }
}
