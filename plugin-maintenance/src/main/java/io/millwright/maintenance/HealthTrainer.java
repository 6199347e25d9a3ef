package io.millwright.maintenance;

import io.millwright.api.Trainer;
import io.millwright.api.data.Table;
import java.util.Collection;
import java.util.List;

/**
 * Learns what normal operation looks like (anomaly detection without failures), from readings of
 * normal operation alone, in the order of time. Each method gives a new trainer. Immutable and
 * thread-safe; the same data and key give the same model on a CPU.
 *
 * <p>The method is chosen by itself ({@link HealthModel#method}): faults of several kinds and sizes
 * are planted in blocks of normal readings that were held out in turn. One that misses fewer of
 * them than the principal components, by more than what differs between blocks, answers beside
 * them, each with half of the false alarms; otherwise the principal components answer alone, as
 * they do below 250 readings. Networks are left out where no engine can train.
 */
public interface HealthTrainer extends Trainer<Table, HealthModel> {

  /**
   * Another share of false alarms.
   *
   * @param share of normal readings beyond the limit, above 0 and at most 0.2; 0.01 by default
   * @return the new trainer
   */
  HealthTrainer falseAlarms(double share);

  /**
   * Another smoothing.
   *
   * @param weight of the newest reading, above 0; 1 for a static method that forgets at once; 0.1
   *     by default
   * @return the new trainer
   */
  HealthTrainer smoothing(double weight);

  /**
   * Earlier readings beside each reading, for processes whose variables answer each other late.
   *
   * @param readings 0 to 10; 0 by default
   * @return the new trainer
   */
  HealthTrainer lags(int readings);

  /**
   * Columns that say nothing about health, such as labels or an ambient temperature.
   *
   * @param columns their names
   * @return the new trainer
   */
  HealthTrainer leaveOut(List<String> columns);

  /**
   * Other methods to choose among. {@link HealthMethod#PCA} is the simple one that the others are
   * judged against, also where it is not named; a single method is taken whatever is said of it.
   *
   * @param tried at least one; all by default
   * @return the new trainer
   * @throws io.millwright.api.MillwrightException with {@link
   *     io.millwright.api.ErrorCode#BAD_OPTION} for none
   */
  HealthTrainer methods(Collection<HealthMethod> tried);

  /**
   * Another key of all randomness: the networks, and the faults that are planted.
   *
   * @param key the key; 0 by default
   * @return the new trainer
   */
  HealthTrainer key(long key);
}
