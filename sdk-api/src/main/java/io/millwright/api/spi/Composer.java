package io.millwright.api.spi;

import io.millwright.api.ModelInfo;
import io.millwright.api.ModelSource;
import io.millwright.api.Provenance;
import io.millwright.api.Task;
import io.millwright.api.learn.Learning;
import io.millwright.api.learn.Loss;
import io.millwright.api.learn.Network;
import java.nio.file.Path;
import java.util.Map;

/**
 * For plug-ins whose models are not one network between prepared rows and one answer: fits networks
 * from numbers to numbers, several targets at once, and keeps what the plug-in composes of them in
 * bundles. Thread-safe.
 */
public interface Composer {

  /**
   * Fits one network on the engine chosen for training, on the calling thread, by the same loop
   * that recipes run on. A network that makes an image of its inputs ({@link
   * io.millwright.api.learn.Route.Reshape}) and ends in one whose pixels share the targets evenly
   * answers pixel by pixel, with one output layer for all of them. With early stopping the examples
   * that {@link Examples#validates validate} stop it; members of the options are not used. With a
   * folder of checkpoints the training goes on from the one it finds there of the same options and
   * examples, and leaves one after every so many epochs. The same key, examples, versions and
   * thread count give the same weights on a CPU.
   *
   * @param network the network, without its output layer
   * @param loss averaged over the known targets; any but the cross entropy
   * @param learning the options
   * @param examples what to learn from
   * @param control asked for stops, told of every epoch
   * @return the network
   * @throws io.millwright.api.MillwrightException with {@link
   *     io.millwright.api.ErrorCode#JOB_CANCELLED} when stopped, {@link
   *     io.millwright.api.ErrorCode#DIVERGED}, {@link io.millwright.api.ErrorCode#NO_ENGINE},
   *     {@link io.millwright.api.ErrorCode#TOO_FEW_DATA} without examples, {@link
   *     io.millwright.api.ErrorCode#WRONG_ANSWERS} when plain Java does not compute what the engine
   *     learnt, {@link io.millwright.api.ErrorCode#WRONG_BUNDLE} when the checkpoint there is of
   *     another training
   */
  FittedNetwork fit(
      Network network, Loss loss, Learning learning, Examples examples, Jobs.Control<?> control);

  /**
   * Fits one network whose outputs are not the targets, as {@link #fit(Network, Loss, Learning,
   * Examples, Jobs.Control)} fits numbers: one of many classes, of which a target is the index.
   *
   * @param network the network, without its output layer
   * @param loss reads the outputs and the targets of a batch, such as the cross entropy
   * @param outputs how many outputs the network has, such as the number of classes; at least 1
   * @param learning the options
   * @param examples what to learn from
   * @param control asked for stops, told of every epoch
   * @return the network; its outputs are those that the loss saw, before any softmax
   * @throws io.millwright.api.MillwrightException as {@link #fit(Network, Loss, Learning, Examples,
   *     Jobs.Control)}
   */
  FittedNetwork fit(
      Network network,
      Loss loss,
      int outputs,
      Learning learning,
      Examples examples,
      Jobs.Control<?> control);

  /**
   * Begins a training that the plug-in feeds step by step, on the engine chosen for training. An
   * epoch of the options is one step here: {@link Learning#epochs} says over how many steps the
   * schedule runs, and the training may go on behind them. Batch, patience, members and class
   * weights are not used. With a folder of checkpoints it goes on from the one that {@link
   * Stepper#save} left there of the same options.
   *
   * @param network the network, without its output layer
   * @param loss of a batch; may compare examples with each other
   * @param learning the options
   * @param inputs the size of one input, at least 1
   * @param targets how many numbers stand for the truth of one input, as many as outputs
   * @return the training; the caller closes it
   * @throws io.millwright.api.MillwrightException with {@link
   *     io.millwright.api.ErrorCode#NO_ENGINE}, with {@link io.millwright.api.ErrorCode#BAD_OPTION}
   *     for the cross entropy and for quantiles, with {@link
   *     io.millwright.api.ErrorCode#WRONG_BUNDLE} when the checkpoint there is of another training
   */
  Stepper stepper(Network network, Loss loss, Learning learning, int inputs, int targets);

  /**
   * Where a model comes from: this library, the host's time, Java and system, and the engine when
   * it learnt on one.
   *
   * @param dataDigest identifies the data, see {@link Provenance}
   * @param key the key of its randomness
   * @param settings what was set
   * @param networks whether networks were fitted
   * @return the provenance
   */
  Provenance provenance(
      String dataDigest, long key, Map<String, String> settings, boolean networks);

  /**
   * Describes a model. Reads all weights once; hold on to the result.
   *
   * @param model the model
   * @return its description
   */
  ModelInfo info(ComposedModel model);

  /**
   * Writes a model into a file, whole or not at all.
   *
   * @param model the model; its networks must have been made by a composer
   * @param bundle the file
   * @throws io.millwright.api.MillwrightException as {@link io.millwright.api.Trained#saveTo}
   */
  void write(ComposedModel model, Path bundle);

  /**
   * Reads a model.
   *
   * @param task what it should answer
   * @param bundle where the bundle is read from
   * @return the model
   * @throws io.millwright.api.MillwrightException as {@link io.millwright.api.Millwright#open(Task,
   *     ModelSource)}
   */
  ComposedModel read(Task<?, ?> task, ModelSource bundle);

  /**
   * Reads a model from a file.
   *
   * @param task what it should answer
   * @param bundle the file
   * @return the model
   * @throws io.millwright.api.MillwrightException as {@link #read(Task, ModelSource)}
   */
  default ComposedModel read(Task<?, ?> task, Path bundle) {
    return read(task, ModelSource.file(bundle));
  }
}
