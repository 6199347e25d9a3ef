package io.millwright.quality.internal.fit;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.quality.Statistics;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleBiFunction;

/** Summary statistics, regression and analysis of variance. */
public final class DefaultStatistics implements Statistics {

  /** Has no settings. */
  public DefaultStatistics() {}

  @Override
  public Statistics.Summary summary(List<Double> values) {
    if (values.size() < 2) {
      throw few(values.size() + " values have no standard deviation; at least 2 are needed");
    }
    io.millwright.quality.internal.fit.Summary s =
        io.millwright.quality.internal.fit.Summary.of(numbers(values, "value"));
    return new Statistics.Summary(s.count(), s.mean(), s.deviation(), s.autocorrelation());
  }

  @Override
  public Fit regression(List<List<Double>> rows, List<Double> answers) {
    return fit(LinearFit.design(inputs(rows, answers)).solve(numbers(answers, "answer")));
  }

  @Override
  public Fit curve(
      ToDoubleBiFunction<List<Double>, List<Double>> curve,
      List<List<Double>> rows,
      List<Double> answers,
      List<Double> start) {
    double[][] x = inputs(rows, answers);
    if (start.isEmpty() || answers.size() < start.size()) {
      throw few(answers.size() + " answers cannot determine " + start.size() + " coefficients");
    }
    return fit(
        CurveFit.fit(
            (b, row) -> curve.applyAsDouble(boxed(b), boxed(row)),
            x,
            numbers(answers, "answer"),
            numbers(start, "coefficient")));
  }

  @Override
  public Anova anova(List<List<Double>> groups) {
    int n = 0;
    for (int g = 0; g < groups.size(); g++) {
      if (groups.get(g).isEmpty()) {
        throw few("group " + (g + 1) + " is empty\nMaybe leave it out");
      }
      n += groups.get(g).size();
    }
    if (groups.size() < 2 || n <= groups.size()) {
      throw few(
          groups.size()
              + " groups with "
              + n
              + " values: at least 2 groups are needed, one of them with 2 values");
    }
    return OneWay.of(groups.stream().map(g -> numbers(g, "value")).toList());
  }

  private static Fit fit(LinearFit.Result r) {
    return new Fit(
        boxed(r.coefficients()), boxed(r.errors()), r.residualDeviation(), r.residualSquares());
  }

  private static double[][] inputs(List<List<Double>> rows, List<Double> answers) {
    if (rows.isEmpty() || rows.size() != answers.size()) {
      throw new MillwrightException(
          ErrorCode.WRONG_SHAPE,
          "there are " + rows.size() + " rows, but " + answers.size() + " answers");
    }
    double[][] x = new double[rows.size()][];
    for (int i = 0; i < x.length; i++) {
      x[i] = numbers(rows.get(i), "input of row " + (i + 1) + ",");
      if (x[i].length != x[0].length) {
        throw new MillwrightException(
            ErrorCode.WRONG_SHAPE,
            "row " + (i + 1) + " has " + x[i].length + " inputs, the first " + x[0].length);
      }
    }
    return x;
  }

  private static double[] numbers(List<Double> values, String what) {
    double[] all = new double[values.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = values.get(i);
      if (!Double.isFinite(all[i])) {
        throw new MillwrightException(
            ErrorCode.MISSING_VALUE,
            what + " " + (i + 1) + " is " + all[i] + "\nMaybe leave missing ones out");
      }
    }
    return all;
  }

  private static List<Double> boxed(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }

  private static MillwrightException few(String words) {
    return new MillwrightException(ErrorCode.TOO_FEW_DATA, words);
  }
}
