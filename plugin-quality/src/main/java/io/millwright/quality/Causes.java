package io.millwright.quality;

import io.millwright.api.data.Table;
import java.util.List;

/**
 * Causal analysis of process data: when a characteristic changed, what it goes with, what drives
 * what, and where a shift comes from. Obtained from {@link Quality#causes}; thread-safe; the same
 * data and key give the same answer.
 *
 * <p>Structure and attribution assume that no common cause is missing from the table and that
 * effects add up. They say where to look; an experiment proves.
 */
public interface Causes {

  /**
   * Tests for a monotone trend (Mann 1945, Kendall 1975), with Sen's slope (1968) and the variance
   * corrected for autocorrelation (Hamed and Rao 1998).
   *
   * @param course the values at equal distances, at least 8 finite ones; NaN is left out. More than
   *     2000 are averaged by equal blocks first
   * @param level the level of the interval of the slope, within (0, 1)
   * @return the trend
   */
  Trend trend(List<Double> course, double level);

  /**
   * Finds changes of level: the optimum of squared error with a penalty (PELT, Killick et al.
   * 2012), each with the places that hold it at the level, from the likelihood of every place
   * between its neighbours under normal noise. A trend shows as several changes: see {@link
   * #trend}.
   *
   * @param course the values in order; NaN is left out
   * @param level of the intervals, within (0, 1)
   * @return the changes in order; empty where none is found
   */
  List<LevelChange> changes(List<Double> course, double level);

  /**
   * Stratification: which columns go with the outcome. Kruskal and Wallis's test (1952) of an
   * outcome of numbers, the chi-square test of categories; columns of numbers are cut at their
   * quartiles. The probabilities are corrected for the number of columns by Holm (1979).
   *
   * @param table one row for each part
   * @param outcome a column of numbers or categories
   * @param by the columns to look at; none for all others of numbers or categories but one that
   *     numbers the rows
   * @return one stratum for each column, the smallest probability first
   */
  List<Stratum> strata(Table table, String outcome, List<String> by);

  /**
   * Causal structure: the PC algorithm (Spirtes and Glymour 1991; its order-independent form,
   * Colombo and Maathuis 2014), with the order of steps as prior knowledge and the strength of each
   * link by bootstrap. Numbers are tested by partial correlation of their normal scores, categories
   * by G-square, both together by the likelihood ratio of a linear model. What the tests leave open
   * between two columns of numbers is directed by the pairwise likelihood of linear non-Gaussian
   * models (Hyvärinen and Smith 2013) where at least 80 % of the resamples agree.
   *
   * @param table rows without order; columns of numbers and categories but one that numbers the
   *     rows, unless a step names it; rows with a missing value are left out
   * @param plan columns, steps and how often to resample
   * @return the graph
   * @throws io.millwright.api.MillwrightException with {@link
   *     io.millwright.api.ErrorCode#TOO_FEW_DATA} for fewer than 20 whole rows, {@link
   *     io.millwright.api.ErrorCode#BAD_VALUE} for a column that never varies
   */
  CauseGraph graph(Table table, CausePlan plan);

  /**
   * Attributes the shift of a mean to the variables whose own mechanism changed: each column of
   * numbers is regressed on its causes before; what its mean afterwards differs from that, times
   * its total effect on the target, is its part. The parts add up to the shift. Links that the
   * graph leaves undirected are taken from the earlier column to the later. Where the plan has
   * steps and rows suffice, ten for each, all columns of earlier steps count as causes, since a
   * link that the tests missed would put its part elsewhere. Where the graph was learnt (a link
   * weaker than 1, or without direction), each resample learns it again.
   *
   * @param before rows from before the shift, at least 20 whole ones
   * @param after rows from after it, at least 5 whole ones
   * @param target a column of numbers
   * @param graph the graph; its columns that are categories enter as causes only
   * @param plan the steps, the number of resamples and the key
   * @return the attribution, with intervals at 90 %
   * @throws io.millwright.api.MillwrightException with {@link
   *     io.millwright.api.ErrorCode#BAD_VALUE} for a graph with a circle or against the steps
   */
  Attribution attribution(
      Table before, Table after, String target, CauseGraph graph, CausePlan plan);

  /**
   * Ranks the components of a known net by what of an incident began with them. What a component
   * passes on, less what unusual components (by two standard deviations of normal windows of the
   * same length) pass on to it, is its own; the largest sure rise is the probable root. No root is
   * named where normal windows show the like.
   *
   * @param incident the readings and the net
   * @return the ranking; for circles, too
   * @throws io.millwright.api.MillwrightException with {@link
   *     io.millwright.api.ErrorCode#TOO_FEW_DATA} for too few rows
   */
  RootRanking roots(Incident incident);

  /**
   * Tells which of two variables drives the other, from their joint values alone: the mean of the
   * errors of regression, the likeness of conditional distributions, and the likelihood of
   * location-scale noise. The three rest on different assumptions; none proves. A common cause is
   * not looked for.
   *
   * @param first a variable
   * @param second another one, as long; pairs with a NaN are left out, at least 50 whole pairs;
   *     more than 2000 are thinned evenly
   * @return the direction
   * @throws io.millwright.api.MillwrightException with {@link
   *     io.millwright.api.ErrorCode#TOO_FEW_DATA} for too few pairs, {@link
   *     io.millwright.api.ErrorCode#BAD_VALUE} for a variable that never varies
   */
  Direction direction(List<Double> first, List<Double> second);
}
