package io.millwright.api.head;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.PlainData;
import io.millwright.api.data.Unit;
import io.millwright.api.learn.Calibration;
import io.millwright.api.learn.Decision;
import io.millwright.api.learn.Loss;
import java.util.List;
import java.util.Map;

/**
 * A head that has seen labels, and after {@link #calibrated} held-out outputs as well. Numbers are
 * laid out flat: each sample has {@link #outputs} outputs of the network and {@link #targets}
 * numbers that are known of its truth, NaN where they are not. Plug-ins implement it beside their
 * {@link Head}; hosts do not call it. Must be immutable, pure and thread-safe.
 *
 * @param <L> one label
 * @param <V> one answer
 */
public interface FittedHead<L, V> {

  /**
   * What it learnt, for a bundle.
   *
   * @return plain data from which {@link Head#read} makes an equal head
   */
  PlainData data();

  /**
   * How many outputs the network has.
   *
   * @return at least 1
   */
  int outputs();

  /**
   * How many numbers a label becomes.
   *
   * @return at least 1
   */
  int targets();

  /**
   * What compares outputs with targets.
   *
   * @return the loss
   */
  Loss loss();

  /**
   * Lays a label out. Of a head that {@linkplain Head#reconstructs reconstructs}, the first {@link
   * #outputs} numbers are those of the input and are laid by the caller.
   *
   * @param label the label
   * @param into where to; filled with NaN
   * @param at the first of {@link #targets} places
   */
  void target(L label, float[] into, int at);

  /**
   * Whether weights may be fitted to samples of this label; others only judge and calibrate.
   *
   * @param label the label
   * @return true by default
   */
  default boolean learns(L label) {
    return true;
  }

  /**
   * Adds a network's share to what is said of a sample: its outputs, by default; where outputs must
   * not be averaged as they are, what they mean, such as probabilities.
   *
   * @param outputs the outputs of many samples
   * @param from the first output of this sample
   * @param said the sum, of {@link #outputs} numbers for each sample
   * @param to the first number of this sample
   * @param share the network's share of 1
   */
  default void say(float[] outputs, int from, double[] said, int to, double share) {
    for (int k = 0; k < outputs(); k++) {
      said[to + k] += share * outputs[from + k];
    }
  }

  /**
   * What is said of a sample that is not known but for what it may be: the mean of what is said of
   * those, by default; where an answer bends it, such that the answer is the mean.
   *
   * @param said what was said of samples that are equally likely, at least one, {@link #outputs}
   *     numbers each
   * @return as many numbers
   */
  default double[] mean(List<double[]> said) {
    double[] mean = new double[outputs()];
    for (double[] one : said) {
      for (int k = 0; k < mean.length; k++) {
        mean[k] += one[k] / said.size();
      }
    }
    return mean;
  }

  /**
   * The answer.
   *
   * @param said what was said of the sample, {@link #outputs} numbers, all finite
   * @param input the prepared input
   * @return value, uncertainty and flags
   */
  Answer<V> answer(double[] said, float[] input);

  /**
   * The head with its uncertainty measured.
   *
   * @param heldOut what networks said of samples held out from them
   * @param how how to measure
   * @return the calibrated head
   */
  FittedHead<L, V> calibrated(HeldOut heldOut, Calibration how);

  /**
   * Whether {@link #calibrated} was measured.
   *
   * @return true when answers have an uncertainty
   */
  boolean isCalibrated();

  /**
   * Whether answers carry a measured uncertainty of their own, which is what the capability
   * CALIBRATED promises.
   *
   * @return {@link #isCalibrated} by default; false where calibration changes answers alone
   */
  default boolean tellsUncertainty() {
    return isCalibrated();
  }

  /**
   * The figures by which a model is judged.
   *
   * @param heldOut outputs and truths
   * @return figures by name, in the order for people
   */
  Map<String, Double> figures(HeldOut heldOut);

  /**
   * What the uncertainty is worth on samples that took no part in measuring it. Every figure must
   * be a mean over samples, so that parts can be joined.
   *
   * @param heldOut outputs and truths
   * @return figures by name; none by default and without calibration
   */
  default Map<String, Double> uncertaintyFigures(HeldOut heldOut) {
    return Map.of();
  }

  /**
   * Simple models to compare with.
   *
   * @return by the name of a constant model what it says of every sample; none by default and once
   *     read from a bundle
   */
  default Map<String, double[]> baselines() {
    return Map.of();
  }

  /**
   * Checks a decision rule before training.
   *
   * @param decision the rule
   * @throws MillwrightException with {@link ErrorCode#BAD_LABEL} when it does not fit the labels
   */
  default void check(Decision decision) {}

  /**
   * The head with a decision threshold.
   *
   * @param heldOut outputs and truths
   * @param decision how it is chosen
   * @return head and figures of the decision
   */
  default Decided<L, V> decided(HeldOut heldOut, Decision decision) {
    throw new MillwrightException(
        ErrorCode.BAD_OPTION, decision + " needs classes\nMaybe leave the decision out");
  }

  /**
   * A head with a threshold.
   *
   * @param head the head
   * @param figures what the decision is worth
   * @param <L> one label
   * @param <V> one answer
   */
  record Decided<L, V>(FittedHead<L, V> head, Map<String, Double> figures) {}

  /**
   * Kinds of samples that must be weighed and divided evenly, such as classes.
   *
   * @return their number; 0 by default
   */
  default int strata() {
    return 0;
  }

  /**
   * The kind of a sample.
   *
   * @param targets holds its targets
   * @param at the first of them
   * @return its kind, or -1
   */
  default int stratum(float[] targets, int at) {
    return -1;
  }

  /**
   * What an output has to be for an answer: so a known formula, given as a column, is added at the
   * outputs, and the network corrects it.
   *
   * @param answer a number in the unit of the answer
   * @return the same on the scale of outputs; a line, the same for all outputs
   * @throws MillwrightException with {@link ErrorCode#BAD_OPTION} where outputs are no quantity
   */
  default double scaled(double answer) {
    throw new MillwrightException(
        ErrorCode.BAD_OPTION, "only a quantity can have a base\nMaybe leave the base out");
  }

  /**
   * The unit of answers.
   *
   * @return the unit; none by default
   */
  default Unit unit() {
    return Unit.NONE;
  }

  /**
   * The least answer that can be told apart.
   *
   * @return negative infinity by default
   */
  default double low() {
    return Double.NEGATIVE_INFINITY;
  }

  /**
   * The largest answer that can be told apart.
   *
   * @return positive infinity by default
   */
  default double high() {
    return Double.POSITIVE_INFINITY;
  }

  /**
   * The labels that are distinguished.
   *
   * @return in the order of outputs; none by default
   */
  default List<String> classes() {
    return List.of();
  }

  /**
   * What it answers with, for a model card.
   *
   * @return one sentence
   */
  String description();

  /**
   * How uncertainty was measured, for a model card.
   *
   * @return one sentence
   */
  String uncertainty();

  /**
   * The number that is explained.
   *
   * @param said what is said of a sample
   * @param part which of {@link #classes}; 0 where there are none
   * @return the number, in the unit of answers
   */
  default double number(double[] said, int part) {
    return said[part];
  }

  /**
   * What is explained when nothing is named.
   *
   * @param said what is said of a sample
   * @return one of {@link #classes}; 0 by default
   */
  default int main(double[] said) {
    return 0;
  }
}
