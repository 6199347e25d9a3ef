package io.millwright.api;

import io.millwright.api.data.Column;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.learn.Learning;
import io.millwright.api.learn.ModelKind;
import io.millwright.api.learn.Network;
import io.millwright.api.learn.Preparation;
import io.millwright.api.learn.Split;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Learns from a table with a target column. Columns of texts, times and images are left out of the
 * inputs, and the report says so. Without {@link #network} it takes what answers best on held-out
 * data: the constant, a linear model, trees, a network, or a blend of them. Implemented by hosts.
 *
 * <p>How data are held out, unless {@link #split} says otherwise: five folds of rows; of groups
 * where {@link #group} is given (two folds below ten groups); the last fifth where there is a
 * {@link #time} or a {@link #window}, and fewer than four groups.
 *
 * @param <V> one answer
 */
public interface TableTrainer<V> extends Trainer<Table, Trained<Table, V>> {

  /**
   * Rows that belong together, such as those of one machine or lot: never divided between learning
   * and judging, and each one sequence where there is a {@link #window}.
   *
   * @param column the column of their names; no input
   * @return the new trainer
   */
  TableTrainer<V> group(String column);

  /**
   * The order of rows: later ones judge earlier ones (hold-out by time), and windows follow it.
   * What was chosen is then learnt anew from all rows, the newest included, unless a {@link
   * #network} was asked for by name; figures and intervals stay those of the judgement. The data
   * report says where the newest rows differ.
   *
   * @param column a column of times or numbers; no input
   * @return the new trainer
   */
  TableTrainer<V> time(String column);

  /**
   * Answers from the last rows of a sequence instead of one row. The rows of a group are one
   * sequence, in the order of time, or as they stand; without groups the whole table is.
   *
   * @param rows how many, at least 2
   * @return the new trainer
   */
  TableTrainer<V> window(int rows);

  /**
   * Trains this network and no other.
   *
   * @param network the network, without its output layer
   * @return the new trainer
   */
  TableTrainer<V> network(Network network);

  /**
   * How the network learns.
   *
   * @param options the options
   * @return the new trainer
   */
  TableTrainer<V> learning(Learning options);

  /**
   * What is done to columns.
   *
   * @param preparation the steps; a window of {@link #window} is added at their end
   * @return the new trainer
   */
  TableTrainer<V> preparation(Preparation preparation);

  /**
   * How data are held out.
   *
   * @param split the division
   * @return the new trainer
   */
  TableTrainer<V> split(Split split);

  /**
   * The key of all randomness (seed).
   *
   * @param value the key; 0 by default
   * @return the new trainer
   */
  TableTrainer<V> key(long value);

  /**
   * Tries more networks, within a time.
   *
   * @param budget how long at the most, said before each network begins
   * @return the new trainer
   */
  TableTrainer<V> auto(Duration budget);

  /**
   * Chooses among these kinds of models alone. Where it is one kind, that is what answers, whether
   * or not it beats the constant: a decision tree, an additive model or a linear one can be read.
   * The simple kinds that were left out still stand among the baselines of the evaluation, which so
   * says what reading costs. Additive models and trees are of rows, not of windows.
   *
   * @param first a kind
   * @param others more of them
   * @return the new trainer
   */
  TableTrainer<V> among(ModelKind first, ModelKind... others);

  /**
   * Takes columns as inputs although they give the answer away (target leakage), and the target
   * with all its outliers: without it, a few targets far from all others that nothing foretells are
   * left out, and the data report says so.
   *
   * @param columns their names
   * @return the new trainer
   */
  TableTrainer<V> trusting(String... columns);

  /**
   * What training would say of the data, without training.
   *
   * @param data what would be learnt from
   * @return the report
   * @throws MillwrightException when there is no such target, group or time
   */
  DataReport examine(Table data);

  /**
   * Learns one number from arrays. The columns are called {@code x1}, {@code x2} and so on, and the
   * target as the trainer says.
   *
   * @param inputs rows of numbers, all of one length; NaN for missing
   * @param truth one for each row; NaN for unknown
   * @return the job
   * @throws MillwrightException as {@link #train}; with {@link ErrorCode#WRONG_SHAPE} when the
   *     lengths differ
   */
  default Job<Trained<Table, V>> train(double[][] inputs, double[] truth) {
    return train(ofArrays(inputs, truth));
  }

  /**
   * A table of arrays, as {@link #train(double[][], double[])} makes it.
   *
   * @param inputs rows of numbers, all of one length; NaN for missing
   * @param truth one for each row; NaN for unknown
   * @return the table, its last column the target
   * @throws MillwrightException with {@link ErrorCode#WRONG_SHAPE} when the lengths differ
   */
  default Table ofArrays(double[][] inputs, double[] truth) {
    if (inputs.length != truth.length || inputs.length == 0) {
      throw new MillwrightException(
          ErrorCode.WRONG_SHAPE,
          inputs.length
              + " rows of inputs, but "
              + truth.length
              + " truths\nMaybe give as many of each, at least one");
    }
    List<Column> columns = new ArrayList<>();
    for (int c = 0; c < inputs[0].length; c++) {
      columns.add(Column.number("x" + (c + 1)));
    }
    return Table.ofNumbers(new Schema(columns), inputs).with(Column.number(target()), truth);
  }

  /**
   * The name of the target column.
   *
   * @return the name
   */
  String target();
}
