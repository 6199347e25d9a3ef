package io.millwright.runtime.explain;

import io.millwright.runtime.support.KeyedRandom;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/**
 * Fits local linear models: weighted ridge regression on which features are kept. Each mixture is
 * asked with two background inputs: their difference tells how much of the scatter comes from the
 * background, which no model of the mixtures could explain (pure error), and is no lack of fit.
 */
final class LocalFit<I, V> {

  private static final double RIDGE = 1e-6;

  private final AskedModel<I, V> model;
  private final FeatureView<I> view;
  private final List<I> background;
  private final long key;

  LocalFit(AskedModel<I, V> model, FeatureView<I> view, List<I> background, long key) {
    this.model = model;
    this.view = view;
    this.background = background;
    this.key = key;
  }

  LocalModel of(I input, int samples) {
    List<String> names = view.names(input);
    int n = names.size();
    KeyedRandom random = KeyedRandom.of(key, KeyedRandom.Purpose.OTHER, 72);
    int mixtures = Math.max(2, samples / 2);
    List<I> asked = new ArrayList<>();
    List<BitSet> masks = new ArrayList<>();
    for (int s = 0; s < mixtures; s++) {
      BitSet kept = new BitSet(n);
      double share = random.nextDouble();
      for (int j = 0; j < n; j++) {
        kept.set(j, s == 0 || random.nextDouble() < share);
      }
      masks.add(kept);
      for (int k = 0; k < 2; k++) {
        asked.add(view.mixed(input, background.get(random.nextInt(background.size())), kept));
      }
    }
    double[] each = model.of(asked);
    double[] y = new double[mixtures];
    double[] pure = new double[mixtures];
    for (int s = 0; s < mixtures; s++) {
      y[s] = (each[2 * s] + each[2 * s + 1]) / 2;
      pure[s] = (each[2 * s] - each[2 * s + 1]) * (each[2 * s] - each[2 * s + 1]) / 4;
    }
    double width = 0.75 * Math.sqrt(n);
    double[][] a = new double[n + 1][n + 1];
    double[] b = new double[n + 1];
    double[] w = new double[mixtures];
    for (int s = 0; s < mixtures; s++) {
      double far = n - masks.get(s).cardinality();
      w[s] = Double.isNaN(y[s]) ? 0 : Math.exp(-far * far / (width * width) / n);
      if (w[s] == 0) {
        continue;
      }
      for (int i = 0; i <= n; i++) {
        double xi = x(masks.get(s), i);
        if (xi != 0) {
          b[i] += w[s] * y[s];
          for (int j = 0; j <= n; j++) {
            a[i][j] += w[s] * x(masks.get(s), j);
          }
        }
      }
    }
    for (int i = 1; i <= n; i++) {
      a[i][i] += RIDGE;
    }
    double[][] inverse = Linear.inverse(a);
    double[] slope = Linear.times(inverse, b);
    double weights = 0;
    double mean = 0;
    for (int s = 0; s < mixtures; s++) {
      weights += w[s];
      mean += w[s] == 0 ? 0 : w[s] * y[s];
    }
    mean /= weights;
    double rest = 0;
    double whole = 0;
    double[] meat = new double[n + 1];
    for (int s = 0; s < mixtures; s++) {
      if (w[s] == 0) {
        continue;
      }
      double e = y[s];
      for (int i = 0; i <= n; i++) {
        e -= slope[i] * x(masks.get(s), i);
      }
      rest += w[s] * (e * e - pure[s]);
      whole += w[s] * ((y[s] - mean) * (y[s] - mean) - pure[s]);
      for (int i = 0; i <= n; i++) { // Huber and White: the scatter is not the same everywhere
        double h = 0;
        for (int j = 0; j <= n; j++) {
          h += inverse[i][j] * x(masks.get(s), j);
        }
        meat[i] += h * h * w[s] * w[s] * e * e;
      }
    }
    List<LocalModel.Slope> slopes = new ArrayList<>();
    for (int j = 0; j < n; j++) {
      slopes.add(
          new LocalModel.Slope(
              names.get(j), view.text(input, j), slope[j + 1], Math.sqrt(meat[j + 1])));
    }
    slopes.sort(Comparator.comparingDouble((LocalModel.Slope p) -> -Math.abs(p.effect())));
    double lack = Math.max(0, rest);
    double fidelity = whole > 0 ? Math.max(0, 1 - lack / whole) : lack == 0 ? 1 : 0;
    return new LocalModel(model.of(input), slope[0], fidelity, slopes, 2 * mixtures);
  }

  private static double x(BitSet mask, int i) {
    return i == 0 || mask.get(i - 1) ? 1 : 0;
  }
}
