package io.millwright.api.spi;

import io.millwright.api.Evaluation;
import io.millwright.api.Monitor;
import io.millwright.api.Predictor;
import io.millwright.api.Trained;
import io.millwright.api.Trainer;
import io.millwright.api.data.Row;
import io.millwright.api.learn.Recipe;
import io.millwright.api.learn.Samples;
import io.millwright.api.learn.TaskBinding;
import java.nio.file.Path;

/** Learning for plug-ins: records in, job out, engine behind it. Thread-safe. */
public interface LearningToolkit {

  /**
   * A trainer that follows a recipe.
   *
   * @param recipe what to do
   * @param <I> one input
   * @param <V> one answer
   * @return the trainer
   */
  <I, V> Trainer<Samples<I, V>, Trained<I, V>> trainer(Recipe<I, V> recipe);

  /**
   * Opens a bundle, as {@link io.millwright.api.Millwright#open} does.
   *
   * @param binding the task and its types
   * @param bundle the file
   * @param <I> one input
   * @param <V> one answer
   * @return a predictor; the caller closes it
   */
  <I, V> Predictor<I, V> open(TaskBinding<I, V> binding, Path bundle);

  /**
   * Opens a bundle of a model of sequences as a monitor that takes row after row. Rows without the
   * model's column of age count as those of a unit that was new at its first row.
   *
   * @param binding the task and its types
   * @param bundle the file
   * @param <V> one answer
   * @return a monitor; the caller closes it
   * @throws io.millwright.api.MillwrightException with {@link
   *     io.millwright.api.ErrorCode#UNSUPPORTED} when the model takes independent records
   */
  <V> Monitor<Row, V> monitor(TaskBinding<?, V> binding, Path bundle);

  /**
   * A monitor of a model that was just trained by this toolkit.
   *
   * @param binding the task and its types
   * @param model the model
   * @param <V> one answer
   * @return a monitor; the caller closes it
   * @throws io.millwright.api.MillwrightException with {@link
   *     io.millwright.api.ErrorCode#UNSUPPORTED} when the model takes independent records
   */
  <V> Monitor<Row, V> monitor(TaskBinding<?, V> binding, Trained<?, V> model);

  /**
   * Judges a predictor on samples it has not seen, by the figures of {@link Trained#evaluation}.
   * Every labelled row counts; where a sample has a label for each row, the input of a row is the
   * sample's input as it was then.
   *
   * @param binding the task and its types
   * @param predictor who answers; must have been opened by this toolkit
   * @param samples the truth
   * @param <I> one input
   * @param <V> one answer
   * @return the evaluation
   */
  <I, V> Evaluation judge(
      TaskBinding<I, V> binding, Predictor<I, V> predictor, Samples<I, V> samples);
}
