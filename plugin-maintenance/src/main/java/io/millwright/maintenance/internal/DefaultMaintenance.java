package io.millwright.maintenance.internal;

import io.millwright.api.Evaluation;
import io.millwright.api.Monitor;
import io.millwright.api.Predictor;
import io.millwright.api.data.Row;
import io.millwright.api.data.UnitHistory;
import io.millwright.api.spi.Composer;
import io.millwright.api.spi.Jobs;
import io.millwright.api.spi.LearningToolkit;
import io.millwright.maintenance.BearingGeometry;
import io.millwright.maintenance.Cycles;
import io.millwright.maintenance.Diagnosis;
import io.millwright.maintenance.DiagnosisTrainer;
import io.millwright.maintenance.FailureTrainer;
import io.millwright.maintenance.GearTrain;
import io.millwright.maintenance.Health;
import io.millwright.maintenance.HealthTrainer;
import io.millwright.maintenance.KnownLife;
import io.millwright.maintenance.Maintenance;
import io.millwright.maintenance.PolicyPlanner;
import io.millwright.maintenance.Reliability;
import io.millwright.maintenance.RemainingLifeTrainer;
import io.millwright.maintenance.SensorCheck;
import io.millwright.maintenance.SensorTrainer;
import io.millwright.maintenance.StateTrainer;
import io.millwright.maintenance.Vibration;
import io.millwright.maintenance.internal.health.HealthRooms;
import io.millwright.maintenance.internal.policy.PolicySearch;
import io.millwright.maintenance.internal.reliability.DefaultReliability;
import io.millwright.maintenance.internal.sensors.SensorRooms;
import io.millwright.maintenance.internal.state.StateRooms;
import io.millwright.maintenance.internal.vibration.VibrationRooms;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;

/** The facade. */
final class DefaultMaintenance implements Maintenance {

  private final LearningToolkit learning;
  private final Jobs jobs;
  private final Composer composer;

  @Inject
  DefaultMaintenance(LearningToolkit learning, Jobs jobs, Composer composer) {
    this.learning = learning;
    this.jobs = jobs;
    this.composer = composer;
  }

  @Override
  public StateTrainer states() {
    return StateRooms.trainer(composer, jobs);
  }

  @Override
  public DiagnosisTrainer diagnosis() {
    return VibrationRooms.trainer(composer, jobs);
  }

  @Override
  public Diagnosis diagnose(Vibration vibration, BearingGeometry geometry) {
    return VibrationRooms.byGeometry(vibration, geometry);
  }

  @Override
  public Diagnosis diagnose(Vibration vibration, GearTrain gears) {
    return VibrationRooms.byGears(vibration, gears);
  }

  @Override
  public HealthTrainer health() {
    return HealthRooms.trainer(composer, jobs);
  }

  @Override
  public Monitor<Row, Health> healthMonitor(Path bundle) {
    return HealthRooms.monitor(composer, bundle);
  }

  @Override
  public RemainingLifeTrainer remainingLife() {
    return new LifeTrainer(learning, composer, jobs, LifeRecipe.standard());
  }

  @Override
  public SensorTrainer sensors() {
    return SensorRooms.trainer(composer, jobs);
  }

  @Override
  public Predictor<UnitHistory, Cycles> guarded(
      Predictor<UnitHistory, Cycles> life, Predictor<UnitHistory, SensorCheck> sensors) {
    return SensorRooms.guarded(life, sensors);
  }

  @Override
  public FailureTrainer failure() {
    return new RiskTrainer(learning, jobs, RiskRecipe.standard());
  }

  @Override
  public Monitor<Row, Cycles> monitor(Path bundle) {
    return learning.monitor(LifeBinding.of(LifeBinding.EARLY_LIFE), bundle);
  }

  @Override
  public Evaluation evaluate(Predictor<UnitHistory, Cycles> predictor, List<KnownLife> truths) {
    return LifeJudge.judge(predictor, truths);
  }

  @Override
  public PolicyPlanner policy() {
    return new PolicySearch(composer, jobs);
  }

  @Override
  public Reliability reliability() {
    return new DefaultReliability();
  }
}
