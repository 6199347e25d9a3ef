package io.millwright.api;

import io.millwright.api.data.Table;
import io.millwright.api.learn.ClassScores;

/**
 * Supervised learning from tables, for every user and without a plug-in: numbers (regression) and
 * classes (classification), from independent rows or from windows of sequences. Implemented by
 * hosts. Immutable and thread-safe.
 *
 * <pre>{@code
 * Trained<Table, Double> model =
 *     millwright.learning().number("strength").network(Networks.mlp(64, 32)).train(table).await();
 * model.saveTo(Path.of("strength.mwb"));
 * }</pre>
 */
public interface TableLearning {

  /** The task of models of one number, by which their bundles open typed. */
  Task<Table, Double> NUMBER = new Task<>("learning.number", 1, Table.class, Double.class);

  /** The task of models of classes, by which their bundles open typed. */
  Task<Table, ClassScores> CLASSES =
      new Task<>("learning.classes", 1, Table.class, ClassScores.class);

  /**
   * A trainer for one number.
   *
   * @param target the column that holds the truth; NaN where it is not known
   * @return the trainer, with a default for everything
   */
  TableTrainer<Double> number(String target);

  /**
   * A trainer for classes.
   *
   * @param target the column that holds the truth: labels, or whole numbers that stand for them;
   *     missing where it is not known
   * @return the trainer, with a default for everything
   */
  TableTrainer<ClassScores> classes(String target);

  /**
   * A trainer for what the column holds: classes for labels and for numbers of which there are at
   * most two different ones, one number for all other numbers.
   *
   * @param target the column that holds the truth
   * @return the trainer; its answers are a {@link Double} or a {@link ClassScores}
   */
  TableTrainer<Object> target(String target);
}
