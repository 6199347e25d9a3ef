package io.millwright.maintenance;

import io.millwright.api.Trainer;
import io.millwright.api.learn.Learning;
import io.millwright.api.learn.Network;
import io.millwright.api.learn.Preparation;
import io.millwright.api.learn.Split;
import java.time.Duration;
import java.util.List;

/**
 * Learns remaining life from the histories of a fleet. Each method gives a new trainer; what is not
 * said keeps its default. The defaults and the experiments behind them are in {@code
 * docs/experiments/remaining-life.md}. Immutable and thread-safe.
 *
 * <p>With one to four units that failed, life is told by the path of their wear: the readings that
 * follow wear best, the level that they had where units failed, and how fast a unit wears beside
 * them. Lives are not cut at an early life then, and the model has no monitor. With three or four,
 * a network answers where no reading follows wear, or where a network, a way of learning, a
 * preparation, a split, an early life, settings or a search was asked for; with one or two these do
 * not count, and a named network is refused. Without any unit that failed nothing says where life
 * ends.
 */
public interface RemainingLifeTrainer extends Trainer<Fleet, RemainingLifeModel> {

  /**
   * Another network. A network that takes a sequence (recurrent, convolution, attention) is given a
   * window of the last 30 rows.
   *
   * @param network the network, without its output layer
   * @return the new trainer
   */
  RemainingLifeTrainer network(Network network);

  /**
   * Another way of learning.
   *
   * @param learning the options
   * @return the new trainer
   */
  RemainingLifeTrainer learning(Learning learning);

  /**
   * Another preparation of the readings.
   *
   * @param preparation the steps
   * @return the new trainer
   */
  RemainingLifeTrainer preparation(Preparation preparation);

  /**
   * Another way of holding out units.
   *
   * @param split the split; by group means by unit
   * @return the new trainer
   */
  RemainingLifeTrainer split(Split split);

  /**
   * Another early life: how far ahead of failure wear can show at all. A longer remaining life
   * counts as this long and is predicted as "at least" this long (Heimes 2008). The default is 125
   * cycles.
   *
   * @param cycles the longest remaining life that is told apart, positive
   * @return the new trainer
   */
  RemainingLifeTrainer earlyLife(double cycles);

  /**
   * The columns that set the operating condition, such as altitude or load. Without them they are
   * found: columns with clear levels that do not drift with age.
   *
   * @param columns the names of columns of numbers
   * @return the new trainer
   */
  RemainingLifeTrainer settings(List<String> columns);

  /**
   * Another key of randomness, everything else as it is: for a spread over several trainings.
   *
   * @param key the key; 0 unless said otherwise here or by {@link #learning}
   * @return the new trainer
   */
  RemainingLifeTrainer key(long key);

  /**
   * Chooses preparation, network and settings by itself, by the error on units held out, and shows
   * the baselines beside the choice. The first candidate is the default, so a budget too short for
   * a comparison gives the default model.
   *
   * @param budget how long the choice may take, positive
   * @return a trainer that ignores all settings but the early life and the key
   */
  RemainingLifeTrainer auto(Duration budget);
}
