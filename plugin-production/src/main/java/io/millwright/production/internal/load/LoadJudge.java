package io.millwright.production.internal.load;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.production.LoadScore;
import io.millwright.production.LoadSeries;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/** Rolling origins. */
final class LoadJudge {

  private LoadJudge() {}

  static List<LoadScore> judge(LoadParts parts, LoadSeries series, int from) {
    parts.check(series);
    Grid grid = new Grid(series);
    List<LoadScore> scores = new ArrayList<>();
    for (StepModel step : parts.steps()) {
      int ahead = step.ahead();
      if (from < grid.history(ahead) || from >= grid.y.length) {
        throw new MillwrightException(
            ErrorCode.TOO_FEW_DATA,
            "judging from period "
                + (from + 1)
                + " of "
                + grid.y.length
                + " needs "
                + grid.history(ahead)
                + " before it\nMaybe judge a later part");
      }
      int first = Math.max(grid.history(ahead), from - ahead - Recent.window(grid));
      double[][] raw = step.raw(grid, first, grid.y.length);
      double[] sums = new double[6];
      int n = 0;
      for (int t = from; t < grid.y.length; t++) {
        double truth = grid.y[t];
        if (Double.isNaN(truth)) {
          continue;
        }
        double[] row = Recent.calibrated(grid, raw, first, t, t - ahead);
        n++;
        double mean = truth - parts.cut(row[0]);
        sums[0] += Math.abs(truth - parts.cut(row[1 + StepModel.MIDDLE]));
        sums[1] += mean * mean;
        sums[2] += Math.abs(mean);
        sums[3] += truth >= parts.cut(row[2]) && truth <= row[6] ? 1 : 0;
        sums[4] += truth >= parts.cut(row[1]) && truth <= row[7] ? 1 : 0;
        sums[5] += row[7] - parts.cut(row[1]);
      }
      int count = Math.max(1, n);
      scores.add(
          new LoadScore(
              "model",
              ahead,
              n,
              sums[0] / count,
              Math.sqrt(sums[1] / count),
              sums[2] / count,
              sums[3] / count,
              sums[4] / count,
              sums[5] / count));
      scores.add(baseline("persistence", grid, ahead, from, t -> grid.last(t, ahead)));
      scores.add(
          baseline(
              "same place of the day before",
              grid,
              ahead,
              from,
              t -> grid.naive(t, ahead, grid.day)));
      scores.add(
          baseline(
              "same place of the week before",
              grid,
              ahead,
              from,
              t -> grid.naive(t, ahead, grid.week)));
      scores.add(baseline("mean of the last weeks", grid, ahead, from, t -> grid.weeks(t, ahead)));
    }
    return scores;
  }

  private static LoadScore baseline(
      String name, Grid grid, int ahead, int from, IntToDoubleFunction says) {
    double absolute = 0;
    double squares = 0;
    int n = 0;
    for (int t = from; t < grid.y.length; t++) {
      double miss = grid.y[t] - says.applyAsDouble(t);
      if (!Double.isNaN(miss)) {
        absolute += Math.abs(miss);
        squares += miss * miss;
        n++;
      }
    }
    int count = Math.max(1, n);
    return new LoadScore(
        name,
        ahead,
        n,
        absolute / count,
        Math.sqrt(squares / count),
        absolute / count,
        Double.NaN,
        Double.NaN,
        Double.NaN);
  }
}
