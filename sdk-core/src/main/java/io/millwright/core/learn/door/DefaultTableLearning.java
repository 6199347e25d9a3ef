package io.millwright.core.learn.door;

import io.millwright.api.TableLearning;
import io.millwright.api.TableTrainer;
import io.millwright.api.learn.ClassScores;
import io.millwright.api.spi.Jobs;
import io.millwright.core.learn.DefaultLearningToolkit;
import java.util.Objects;

/** Hands out trainers. */
public final class DefaultTableLearning implements TableLearning {

  private final DefaultLearningToolkit toolkit;
  private final Jobs jobs;

  /**
   * @param toolkit learns
   * @param jobs runs trainings
   */
  public DefaultTableLearning(DefaultLearningToolkit toolkit, Jobs jobs) {
    this.toolkit = toolkit;
    this.jobs = jobs;
  }

  @Override
  public TableTrainer<Double> number(String target) {
    return trainer(target, Answer::ofNumber);
  }

  @Override
  public TableTrainer<ClassScores> classes(String target) {
    return trainer(target, (table, column, trusted) -> Answer.ofClasses());
  }

  @Override
  public TableTrainer<Object> target(String target) {
    return trainer(target, Answer::of);
  }

  private <V> TableTrainer<V> trainer(String target, Answer.Kind<V> kind) {
    Objects.requireNonNull(target, "target");
    return new DefaultTableTrainer<>(toolkit, jobs, target, kind, Said.nothing());
  }
}
