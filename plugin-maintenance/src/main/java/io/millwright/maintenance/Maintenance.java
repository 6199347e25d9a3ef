package io.millwright.maintenance;

import io.millwright.api.Evaluation;
import io.millwright.api.Monitor;
import io.millwright.api.Predictor;
import io.millwright.api.Task;
import io.millwright.api.data.Row;
import io.millwright.api.data.Table;
import io.millwright.api.data.UnitHistory;
import java.nio.file.Path;
import java.util.List;

/**
 * Predictive maintenance as a facade: remaining life, failures, health, diagnosis and policies.
 * Obtained from {@link io.millwright.api.Millwright#plugin}; thread-safe.
 *
 * <pre>{@code
 * RemainingLifeModel model = millwright.plugin(Maintenance.class).remainingLife().train(fleet).await();
 * model.saveTo(Path.of("turbofan.mwb"));
 * }</pre>
 */
public interface Maintenance {

  /** How many cycles a unit will still live, from its history so far. */
  Task<UnitHistory, Cycles> REMAINING_LIFE =
      new Task<>("maintenance.remaining-life", 1, UnitHistory.class, Cycles.class);

  /**
   * How probable it is that a machine fails within the horizon of its training data, from one row
   * of readings.
   */
  Task<Row, FailureRisk> FAILURE =
      new Task<>("maintenance.failure", 1, Row.class, FailureRisk.class);

  /** How healthy a machine is, from readings that follow each other. */
  Task<Table, HealthCourse> HEALTH =
      new Task<>("maintenance.health", 1, Table.class, HealthCourse.class);

  /** What is wrong with a machine, from all recordings of its vibration. */
  Task<VibrationSet, Diagnoses> DIAGNOSIS =
      new Task<>("maintenance.diagnosis", 1, VibrationSet.class, Diagnoses.class);

  /** Which sensors of a unit lie, from its history so far. */
  Task<UnitHistory, SensorCheck> SENSORS =
      new Task<>("maintenance.sensors", 1, UnitHistory.class, SensorCheck.class);

  /** In which states the components of a machine are, from one sequence of readings. */
  Task<Table, ComponentStates> STATE =
      new Task<>("maintenance.state", 1, Table.class, ComponentStates.class);

  /**
   * Learns the states of components from labelled multivariate sequences.
   *
   * @return a trainer with all defaults
   */
  StateTrainer states();

  /**
   * Learns what faults sound like, from labelled recordings.
   *
   * @return a trainer
   */
  DiagnosisTrainer diagnosis();

  /**
   * Names the fault of a bearing from its geometry alone, without any training: by the envelope
   * spectrum of the most impulsive band.
   *
   * @param vibration a recording at one speed
   * @param geometry the bearing
   * @return the diagnosis; its fault is empty when no line stands out, or two alike
   */
  Diagnosis diagnose(Vibration vibration, BearingGeometry geometry);

  /**
   * Names the fault of a gear from the numbers of teeth alone, without any training: a tooth that
   * stands out of the synchronous average of its gear, two teeth that speak when they meet, or a
   * gear out of centre by the sidebands of its mesh. A stated speed may be wrong by 1 % and may
   * drift slowly; where it changes much, give its course or the pulses of a tachometer.
   *
   * @param vibration a recording with at least eight turns of a gear
   * @param gears the gearbox
   * @return the diagnosis; its fault is empty when nothing stands out; its spectrum is that of
   *     orders of the measured shaft
   */
  Diagnosis diagnose(Vibration vibration, GearTrain gears);

  /**
   * Learns what normal operation looks like, from normal readings alone.
   *
   * @return a trainer with all defaults
   */
  HealthTrainer health();

  /**
   * Opens a model of health for readings that arrive one by one, of many machines. Each reading
   * takes constant time and memory.
   *
   * @param bundle the model's file
   * @return a monitor; the caller closes it
   * @throws io.millwright.api.MillwrightException as {@link io.millwright.api.Millwright#open(Task,
   *     Path)}
   */
  Monitor<Row, Health> healthMonitor(Path bundle);

  /**
   * Learns remaining life from histories.
   *
   * @return a trainer with all defaults
   */
  RemainingLifeTrainer remainingLife();

  /**
   * Learns what the sensors of a fleet say of each other, to find those that lie.
   *
   * @return a trainer
   */
  SensorTrainer sensors();

  /**
   * Remaining life that lying sensors do not mislead: they are replaced by estimates from the
   * others, the interval is widened by the errors of these, and the answer has the flag {@link
   * io.millwright.api.Flag#IMPUTED}. Answers for sound histories are those of the given predictor.
   *
   * @param life a model of remaining life; closed with the answer
   * @param sensors a check of the same columns; closed with the answer
   * @return the guarded predictor
   */
  Predictor<UnitHistory, Cycles> guarded(
      Predictor<UnitHistory, Cycles> life, Predictor<UnitHistory, SensorCheck> sensors);

  /**
   * Learns to foresee failures from rows.
   *
   * @return a trainer with all defaults
   */
  FailureTrainer failure();

  /**
   * Opens a model of remaining life for readings that arrive one by one. A unit counts as new at
   * its first reading.
   *
   * @param bundle the model's file
   * @return a monitor; the caller closes it
   * @throws io.millwright.api.MillwrightException as {@link io.millwright.api.Millwright#open(Task,
   *     Path)}
   */
  Monitor<Row, Cycles> monitor(Path bundle);

  /**
   * Judges a model of remaining life. Figures: {@code rmse}, {@code mae}, {@code nasa score}
   * against the truth cut at the model's early life; {@code rmse raw} and {@code nasa score raw}
   * against the truth as it is; {@code coverage 90}, {@code width 90} and {@code interval score 90}
   * of the 90 % intervals; and the coverage for lives from 40 % of the early life up to it, {@code
   * coverage 90 mid-life}.
   *
   * @param predictor the model
   * @param truths what came to pass; not empty
   * @return the evaluation
   */
  Evaluation evaluate(Predictor<UnitHistory, Cycles> predictor, List<KnownLife> truths);

  /**
   * Reliability from life data, and what replacement costs.
   *
   * @return the way to it
   */
  Reliability reliability();

  /**
   * The cheapest maintenance policy of a plant, and the windows of machines that it asks for.
   *
   * @return the planner
   */
  PolicyPlanner policy();
}
