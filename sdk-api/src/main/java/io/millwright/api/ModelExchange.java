package io.millwright.api;

import io.millwright.api.data.Table;
import io.millwright.api.foreign.ForeignFile;
import io.millwright.api.foreign.ForeignNetwork;
import io.millwright.api.foreign.ForeignOptions;
import io.millwright.api.learn.Binding;
import io.millwright.api.learn.OpaqueModel;
import java.nio.file.Path;

/**
 * Models from and for other software. A facade of the host itself: {@code
 * millwright.plugin(ModelExchange.class)}. Thread-safe.
 */
public interface ModelExchange {

  /**
   * Says what a model file of another software holds: an ONNX file, a TorchScript file or a
   * SavedModel, told apart by content. Nothing of it is run, and no engine is needed.
   *
   * @param file the file or folder
   * @return the description
   * @throws MillwrightException with {@link ErrorCode#IO_FAILED} when it cannot be read, {@link
   *     ErrorCode#BAD_FILE} when it is none of the three, or damaged
   */
  ForeignFile describe(Path file);

  /**
   * Opens an ONNX file with all its inputs and outputs, and inner tensors as further outputs. Files
   * beside it are read only within its own folder.
   *
   * @param file the file
   * @param options digest, taps and threads
   * @return the network; the caller closes it
   * @throws MillwrightException as {@link #describe}; with {@link ErrorCode#NO_ENGINE} without ONNX
   *     Runtime, {@link ErrorCode#BAD_FILE} when the digest is another or the engine cannot read
   *     the file, {@link ErrorCode#BAD_OPTION} for a tap that is no tensor of the graph, {@link
   *     ErrorCode#UNSUPPORTED} for a TorchScript file or a SavedModel, which are opened with a
   *     declared schema by {@link #open(OpaqueModel)}
   */
  ForeignNetwork open(Path file, ForeignOptions options);

  /**
   * Opens a network that somebody trained elsewhere as a predictor of a task. Its answers come
   * without measured uncertainty, and say so; a missing number is an abstention.
   *
   * @param binding the task and its types
   * @param model the network and what its file does not say
   * @param <I> one input
   * @param <V> one answer
   * @return a predictor; the caller closes it
   * @throws MillwrightException with {@link ErrorCode#NO_ENGINE} when the file's engine is absent
   *     or the policy demands another, {@link ErrorCode#BAD_FILE} when the engine cannot read the
   *     file, {@link ErrorCode#WRONG_SHAPE} when it does not take or give what was declared
   */
  <I, V> Predictor<I, V> open(Binding<I, ?, V> binding, OpaqueModel model);

  /**
   * Opens a network that somebody trained elsewhere without a task: in goes a table, out comes a
   * {@link Double} or {@link io.millwright.api.learn.ClassScores}.
   *
   * @param model the network and what its file does not say
   * @return a predictor; the caller closes it
   * @throws MillwrightException as {@link #open(Binding, OpaqueModel)}
   */
  Predictor<Table, Object> open(OpaqueModel model);

  /**
   * Writes the networks of a bundle as one TensorFlow SavedModel, for software that serves such:
   * input {@code input}, the prepared features {@code [count, features]}, {@code [count, steps,
   * features]} or {@code [count, height, width, channels]}; output {@code answer}, {@code [count,
   * outputs]}: a quantity in its unit (its quantiles, when the network was trained to give them),
   * or the probability of each class, the mean over the members. Preparation, calibration and
   * thresholds are no part of a graph, so the bundle itself travels along as {@code
   * assets.extra/model.mwb}. The written model must give the answers of the bundle's golden
   * samples.
   *
   * @param bundle the file
   * @param folder made; must not exist, or be empty
   * @throws MillwrightException with {@link ErrorCode#NO_ENGINE} without TensorFlow, {@link
   *     ErrorCode#BAD_BUNDLE}, {@link ErrorCode#WRONG_ANSWERS}, {@link ErrorCode#IO_FAILED}
   */
  void exportSavedModel(Path bundle, Path folder);

  /**
   * Takes the bundle out of a SavedModel that {@link #exportSavedModel} wrote. The graph beside it
   * is a program and is not run: whether it still is the model is for {@link #proveSavedModel} to
   * say.
   *
   * @param folder the SavedModel
   * @param bundle the file; replaced when it exists
   * @throws MillwrightException with {@link ErrorCode#BAD_FILE} when no bundle travels with it, and
   *     as {@link Millwright#open(Path)} when that is none
   */
  void importSavedModel(Path folder, Path bundle);

  /**
   * Runs the graph of a SavedModel that {@link #exportSavedModel} wrote, to see whether it gives
   * the golden answers of the bundle that travels with it. Such a graph is a program, with the
   * rights of this process: call this for folders only that nobody else could write to.
   *
   * @param folder the SavedModel
   * @throws MillwrightException with {@link ErrorCode#BAD_FILE} when no bundle travels with it,
   *     {@link ErrorCode#WRONG_ANSWERS} when the graph answers otherwise, {@link
   *     ErrorCode#NO_ENGINE} without TensorFlow
   */
  void proveSavedModel(Path folder);
}
