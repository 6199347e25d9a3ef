package io.millwright.api.spi;

import io.millwright.api.Evaluation;
import io.millwright.api.ModelSource;
import io.millwright.api.Monitor;
import io.millwright.api.Predictor;
import io.millwright.api.Trained;
import io.millwright.api.Trainer;
import io.millwright.api.data.Row;
import io.millwright.api.learn.Binding;
import io.millwright.api.learn.Candidate;
import io.millwright.api.learn.Recipe;
import io.millwright.api.learn.Retrainable;
import io.millwright.api.learn.Samples;
import io.millwright.api.learn.Transfer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Learning for plug-ins: records in, job out, engine behind it. Thread-safe. */
public interface LearningToolkit {

  /**
   * A trainer that follows a recipe.
   *
   * @param recipe what to do
   * @param <I> one input
   * @param <L> one label
   * @param <V> one answer
   * @return the trainer
   */
  <I, L, V> Trainer<Samples<I, L>, Trained<I, V>> trainer(Recipe<I, L, V> recipe);

  /**
   * A trainer that follows a recipe from where another model ended.
   *
   * @param recipe what to do; its network stands for the layers after the kept ones, its
   *     preparation is not used
   * @param transfer what is taken over
   * @param <I> one input
   * @param <L> one label
   * @param <V> one answer
   * @return the trainer
   * @throws io.millwright.api.MillwrightException with {@link
   *     io.millwright.api.ErrorCode#BAD_OPTION} when the parent has fewer layers, and as {@link
   *     #open}
   */
  <I, L, V> Trainer<Samples<I, L>, Trained<I, V>> trainer(
      Recipe<I, L, V> recipe, Transfer transfer);

  /**
   * Learns within the caller's own job, on the calling thread: for work that consists of several
   * trainings. (A job that waited for another job could wait forever on an executor with few
   * threads.)
   *
   * @param recipe what to do
   * @param samples what to learn from
   * @param resume the folder of checkpoints to go on from, or empty, see {@link Trainer#resume}
   * @param control asked for stops, told progress and the best so far
   * @param <I> one input
   * @param <L> one label
   * @param <V> one answer
   * @return the model; when the control asked to stop, the best so far
   * @throws io.millwright.api.MillwrightException as {@link Trainer#train}; with {@link
   *     io.millwright.api.ErrorCode#JOB_CANCELLED} when stopped before there was any model
   */
  <I, L, V> Trained<I, V> learn(
      Recipe<I, L, V> recipe,
      Samples<I, L> samples,
      Optional<Path> resume,
      Jobs.Control<Trained<I, V>> control);

  /**
   * Learns what answers best, within the caller's own job as {@link #learn}: the constant of the
   * training data, a linear model, of independent rows a decision tree and boosted trees, each of
   * some networks, or a blend of them (a linear opinion pool, Stone 1961), by what each says of the
   * same held-out samples. A voice is kept only if it makes the held-out loss smaller by more than
   * chance, so a network that earns nothing is not kept. The protocol of the evaluation says what
   * was chosen and why; the others stand among its baselines. Where the head is neither one number
   * nor classes, the networks are all there is to choose among.
   *
   * @param recipe what all candidates have in common; its own network and options are not used
   * @param candidates the networks to choose among, the simplest first, at least one
   * @param budget how long all of it may take, said before each network begins; networks are given
   *     fewer epochs to end within it
   * @param samples what to learn from
   * @param resume the folder of checkpoints to go on from, or empty
   * @param control asked for stops, told progress and the best so far
   * @param <I> one input
   * @param <L> one label
   * @param <V> one answer
   * @return the model; when the control asked to stop, the best so far
   * @throws io.millwright.api.MillwrightException as {@link #learn}
   */
  <I, L, V> Trained<I, V> choose(
      Recipe<I, L, V> recipe,
      List<Candidate> candidates,
      Duration budget,
      Samples<I, L> samples,
      Optional<Path> resume,
      Jobs.Control<Trained<I, V>> control);

  /**
   * Opens a bundle as the trained model that was saved into it, with its recipe: to judge it on new
   * samples, to retrain it, to learn on from it. {@link #open} is enough to predict.
   *
   * @param binding the task and its types, by which it was trained
   * @param bundle the file
   * @param <I> one input
   * @param <L> one label
   * @param <V> one answer
   * @return the model
   * @throws io.millwright.api.MillwrightException as {@link #open}
   */
  <I, L, V> Retrainable<I, L, V> reopen(Binding<I, L, V> binding, Path bundle);

  /**
   * Opens a bundle, as {@link io.millwright.api.Millwright#open} does.
   *
   * @param binding the task and its types
   * @param bundle where the bundle is read from
   * @param <I> one input
   * @param <V> one answer
   * @return a predictor; the caller closes it
   */
  <I, V> Predictor<I, V> open(Binding<I, ?, V> binding, ModelSource bundle);

  /**
   * Opens a bundle from a file.
   *
   * @param binding the task and its types
   * @param bundle the file
   * @param <I> one input
   * @param <V> one answer
   * @return a predictor; the caller closes it
   */
  default <I, V> Predictor<I, V> open(Binding<I, ?, V> binding, Path bundle) {
    return open(binding, ModelSource.file(bundle));
  }

  /**
   * Opens a bundle of a model of sequences as a monitor that takes row after row. Rows without the
   * model's column of age count as those of a unit that was new at its first row.
   *
   * @param binding the task and its types
   * @param bundle where the bundle is read from
   * @param <V> one answer
   * @return a monitor; the caller closes it
   * @throws io.millwright.api.MillwrightException with {@link
   *     io.millwright.api.ErrorCode#UNSUPPORTED} when the model takes independent records
   */
  <V> Monitor<Row, V> monitor(Binding<?, ?, V> binding, ModelSource bundle);

  /**
   * Opens a bundle from a file as a monitor.
   *
   * @param binding the task and its types
   * @param bundle the file
   * @param <V> one answer
   * @return a monitor; the caller closes it
   * @throws io.millwright.api.MillwrightException as {@link #monitor(Binding, ModelSource)}
   */
  default <V> Monitor<Row, V> monitor(Binding<?, ?, V> binding, Path bundle) {
    return monitor(binding, ModelSource.file(bundle));
  }

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
  <V> Monitor<Row, V> monitor(Binding<?, ?, V> binding, Trained<?, V> model);

  /**
   * Judges a predictor on samples it has not seen, by the figures of {@link Trained#evaluation}.
   * Each sample is judged by its last label; samples without one do not count.
   *
   * @param binding the task and its types
   * @param predictor who answers; must have been opened by this toolkit
   * @param samples the truth
   * @param <I> one input
   * @param <L> one label
   * @param <V> one answer
   * @return the evaluation
   */
  <I, L, V> Evaluation judge(
      Binding<I, L, V> binding, Predictor<I, V> predictor, Samples<I, L> samples);
}
