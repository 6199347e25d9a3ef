package io.millwright.maintenance;

import io.millwright.api.Trainer;
import io.millwright.api.data.Table;
import java.util.List;

/**
 * Learns what normal operation looks like, from readings of normal operation alone, in the order of
 * time. Each method gives a new trainer. Immutable and thread-safe.
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
}
