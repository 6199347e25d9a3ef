package io.millwright.runtime.text;

/** Sums over all allowed paths of a chain, as logarithms (forward-backward). */
public final class Lattice {

  private Lattice() {}

  /** For each word and tag the sum over all paths up to it, its own score included. */
  public static double[][] ahead(double[][] score, double[] moves) {
    int n = score.length;
    int tags = n == 0 ? 0 : score[0].length;
    double[][] ahead = new double[n][tags];
    double[] room = new double[tags];
    for (int t = 0; t < n; t++) {
      for (int k = 0; k < tags; k++) {
        if (t == 0) {
          ahead[t][k] =
              Chain.may(-1, k) ? moves[tags * tags + k] + score[t][k] : Double.NEGATIVE_INFINITY;
          continue;
        }
        for (int j = 0; j < tags; j++) {
          room[j] =
              Chain.may(j, k) ? ahead[t - 1][j] + moves[j * tags + k] : Double.NEGATIVE_INFINITY;
        }
        ahead[t][k] = sum(room) + score[t][k];
      }
    }
    return ahead;
  }

  /** For each word and tag the sum over all paths behind it, its own score left out. */
  public static double[][] behind(double[][] score, double[] moves) {
    int n = score.length;
    int tags = n == 0 ? 0 : score[0].length;
    double[][] behind = new double[n][tags];
    double[] room = new double[tags];
    for (int t = n - 2; t >= 0; t--) {
      for (int j = 0; j < tags; j++) {
        for (int k = 0; k < tags; k++) {
          room[k] =
              Chain.may(j, k)
                  ? moves[j * tags + k] + score[t + 1][k] + behind[t + 1][k]
                  : Double.NEGATIVE_INFINITY;
        }
        behind[t][j] = sum(room);
      }
    }
    return behind;
  }

  /** The logarithm of a sum of exponentials. */
  public static double sum(double[] logs) {
    double most = Double.NEGATIVE_INFINITY;
    for (double l : logs) {
      most = Math.max(most, l);
    }
    if (most == Double.NEGATIVE_INFINITY) {
      return most;
    }
    double sum = 0;
    for (double l : logs) {
      sum += Math.exp(l - most);
    }
    return most + Math.log(sum);
  }
}
