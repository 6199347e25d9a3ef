package io.millwright.maintenance;

import io.millwright.api.Trainer;
import io.millwright.api.learn.Learning;
import io.millwright.api.learn.Network;
import io.millwright.api.learn.Preparation;
import io.millwright.api.learn.Split;
import java.time.Duration;

/**
 * Learns to foresee failures from rows of readings. Each method gives a new trainer; what is not
 * said keeps its default. The defaults and the experiments behind them are in {@code
 * docs/experiments/failure.md}. Immutable and thread-safe.
 */
public interface FailureTrainer extends Trainer<FailureData, FailureModel> {

  /**
   * Another network.
   *
   * @param network the network, without its output layer
   * @return the new trainer
   */
  FailureTrainer network(Network network);

  /**
   * Another way of learning.
   *
   * @param learning the options
   * @return the new trainer
   */
  FailureTrainer learning(Learning learning);

  /**
   * Another preparation of the readings.
   *
   * @param preparation the steps
   * @return the new trainer
   */
  FailureTrainer preparation(Preparation preparation);

  /**
   * Another way of holding out rows. The default keeps the rows of a machine together; where there
   * are no groups every row stands for itself.
   *
   * @param split the split
   * @return the new trainer
   */
  FailureTrainer split(Split split);

  /**
   * What mistakes cost: the alarm threshold is the cheapest on held-out data. Without it the
   * threshold is the one with the largest F1.
   *
   * @param missed the cost of a failure without an alarm, positive
   * @param falseAlarm the cost of an alarm without a failure, positive
   * @return the new trainer
   */
  FailureTrainer costs(double missed, double falseAlarm);

  /**
   * Another key of randomness, everything else as it is: for a spread over several trainings.
   *
   * @param key the key; 0 unless said otherwise here or by {@link #learning}
   * @return the new trainer
   */
  FailureTrainer key(long key);

  /**
   * Chooses preparation, network and settings by itself, by the average precision on rows held out,
   * and shows the baseline beside the choice.
   *
   * @param budget how long the choice may take, positive
   * @return a trainer that ignores all settings but the costs, the split and the key
   */
  FailureTrainer auto(Duration budget);
}
