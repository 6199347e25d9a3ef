package io.millwright.production;

import io.millwright.api.Trainer;
import io.millwright.api.learn.Learning;
import io.millwright.api.learn.Network;

/**
 * Learns to predict the load of the next periods: from what the load was, its seasons, and what is
 * known ahead. For each distance that is named a linear model, networks of quantiles and networks
 * of the mean are fitted beside the mean of the last weeks; a blend of them is chosen on the last
 * fifth of the training data (which may be the mean of the last weeks alone), and all is fitted
 * again on the whole. Quantiles are calibrated anew at every prediction by how far those of the
 * last four weeks were off (split conformal prediction on a moving window). Each option gives a new
 * trainer. Immutable and thread-safe.
 */
public interface LoadTrainer extends Trainer<LoadSeries, LoadModel> {

  /**
   * The distances that are learnt; a period between two of them is predicted as from the larger
   * one. Without it: one period, and one season.
   *
   * @param ahead numbers of periods, rising, each 1 to 10,000; the last is how far predictions go
   * @return the new trainer
   */
  LoadTrainer steps(int... ahead);

  /**
   * How many networks of each kind are fitted for a distance; 2 by default, 0 for none, which needs
   * no engine.
   *
   * @param count 0 to 20
   * @return the new trainer
   */
  LoadTrainer networks(int count);

  /**
   * Another network in place of two dense layers.
   *
   * @param network the network, without its output layer
   * @return the new trainer
   */
  LoadTrainer network(Network network);

  /**
   * How networks learn, with the key of their randomness.
   *
   * @param learning the options; early stopping, members and checkpoints are not used
   * @return the new trainer
   */
  LoadTrainer learning(Learning learning);
}
