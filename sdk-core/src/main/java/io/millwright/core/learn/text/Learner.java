package io.millwright.core.learn.text;

import io.millwright.api.learn.Loss;
import io.millwright.runtime.text.Sparse;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * A way to fit a linear model.
 *
 * @param ridge whether by least squares, else by logistic regression
 * @param penalty the penalty of the squares of slopes
 */
record Learner(boolean ridge, double penalty) {

  /** Least squares answer between 0 and 1: as logits they are spread to a usual size. */
  private static final double SPREAD = 10;

  float[] fit(
      List<Sparse> rows,
      float[][] targets,
      int width,
      int outputs,
      Loss loss,
      BooleanSupplier stopped) {
    boolean classes = loss instanceof Loss.CrossEntropy;
    SparseFit fit = new SparseFit(rows, targets, width, outputs, stopped);
    return ridge
        ? fit.ridge(penalty, classes, SPREAD)
        : fit.logistic(penalty, classes, new float[0]);
  }

  String title() {
    return (ridge ? "ridge " : "logistic ") + penalty;
  }
}
