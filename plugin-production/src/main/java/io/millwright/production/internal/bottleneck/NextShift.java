package io.millwright.production.internal.bottleneck;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Who is the bottleneck of the next shift: shares of the shifts before, faded by age, mixed with
 * the last one. How fast they fade and how much the last one counts is chosen again at every shift
 * by the Brier score of the shifts before it.
 */
final class NextShift {

  private static final double[] FADE = {0.5, 0.7, 0.85, 0.95, 0.99};
  private static final double[] LAST = {0, 0.1, 0.2, 0.35, 0.5, 0.7};
  private static final double PRIOR = 0.5;

  final double[] chances;
  final int shifts;
  final double brier;
  final double persistence;

  NextShift(int[] allLabels, int resources) {
    int[] labels = Arrays.stream(allLabels).filter(l -> l >= 0).toArray();
    shifts = labels.length;
    int settings = FADE.length * LAST.length;
    double[] scores = new double[settings];
    double[][] weights = new double[FADE.length][resources];
    List<Double> own = new ArrayList<>();
    List<Double> naive = new ArrayList<>();
    double[] now = new double[resources];
    for (int s = 0; s <= shifts; s++) {
      int best = 0;
      for (int k = 1; k < settings; k++) {
        best = scores[k] < scores[best] ? k : best;
      }
      int last = s == 0 ? -1 : labels[s - 1];
      now = chances(weights[best / LAST.length], LAST[best % LAST.length], last);
      if (s == shifts) {
        break;
      }
      if (s > 0 && 2 * s >= shifts) {
        own.add(score(now, labels[s]));
        naive.add(labels[s] == last ? 0.0 : 2.0);
      }
      for (int k = 0; k < settings && s > 0; k++) {
        scores[k] +=
            score(chances(weights[k / LAST.length], LAST[k % LAST.length], last), labels[s]);
      }
      for (int f = 0; f < FADE.length; f++) {
        for (int r = 0; r < resources; r++) {
          weights[f][r] *= FADE[f];
        }
        weights[f][labels[s]]++;
      }
    }
    chances = now;
    boolean enough = shifts >= 6;
    brier = enough ? own.stream().mapToDouble(v -> v).average().orElse(Double.NaN) : Double.NaN;
    persistence =
        enough ? naive.stream().mapToDouble(v -> v).average().orElse(Double.NaN) : Double.NaN;
  }

  private static double[] chances(double[] weights, double onLast, int last) {
    double sum = PRIOR;
    for (double w : weights) {
      sum += w;
    }
    double[] p = new double[weights.length];
    for (int r = 0; r < p.length; r++) {
      p[r] = (weights[r] + PRIOR / p.length) / sum * (1 - (last < 0 ? 0 : onLast));
    }
    if (last >= 0) {
      p[last] += onLast;
    }
    return p;
  }

  private static double score(double[] p, int truth) {
    double sum = 0;
    for (int r = 0; r < p.length; r++) {
      double miss = p[r] - (r == truth ? 1 : 0);
      sum += miss * miss;
    }
    return sum;
  }
}
