package io.millwright.cli.text;

import java.util.List;

/**
 * How many questions are answered when a share of the answers shall be right; the least probability
 * is chosen on four fifths and used on the fifth that it has not seen.
 *
 * @param answered how many questions are answered
 * @param precision the share of these that is right
 */
record Selective(double answered, double precision) {

  private static final int FOLDS = 5;

  /**
   * Chooses and judges.
   *
   * @param sure for each question the probability of its first passage, and 1 where that was right
   * @param asked the share that shall be right
   */
  static Selective of(List<double[]> sure, double asked) {
    double answered = 0;
    double right = 0;
    for (int fold = 0; fold < FOLDS; fold++) {
      int out = fold;
      double floor =
          floor(
              java.util.stream.IntStream.range(0, sure.size())
                  .filter(i -> i % FOLDS != out)
                  .mapToObj(sure::get)
                  .sorted((a, b) -> Double.compare(b[0], a[0]))
                  .toList(),
              asked);
      for (int i = out; i < sure.size(); i += FOLDS) {
        if (sure.get(i)[0] >= floor) {
          answered++;
          right += sure.get(i)[1];
        }
      }
    }
    return new Selective(answered, answered == 0 ? Double.NaN : right / answered);
  }

  private static double floor(List<double[]> falling, double asked) {
    double floor = Double.POSITIVE_INFINITY;
    double right = 0;
    for (int n = 0; n < falling.size(); n++) {
      right += falling.get(n)[1];
      if (right >= asked * (n + 1)) {
        floor = falling.get(n)[0];
      }
    }
    return floor;
  }
}
