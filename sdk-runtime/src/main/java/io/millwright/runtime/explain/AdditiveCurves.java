package io.millwright.runtime.explain;

import java.util.List;

/**
 * A model read as a sum of curves, one for each column (the main effects of functional ANOVA): what
 * each value of a column adds to the mean answer. Of an additive model the curves are all there is;
 * of others {@code explained} says how much they leave out.
 *
 * @param scale what the curves add up to: the answer, or the log-odds of a class
 * @param mean the mean over the background, to which the curves add
 * @param explained the share of the variance of the model's answers over the background that the
 *     sum of the curves explains: 1 for a model without interactions
 * @param curves one for each column, that with the widest spread first; the mean of each over its
 *     points, weighted by the background, is about 0
 */
public record AdditiveCurves(String scale, double mean, double explained, List<Dependence> curves) {
  /** Copies. */
  public AdditiveCurves {
    curves = List.copyOf(curves);
  }
}
