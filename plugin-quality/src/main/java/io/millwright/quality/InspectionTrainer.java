package io.millwright.quality;

import io.millwright.api.Trainer;
import io.millwright.api.foreign.Backbone;
import io.millwright.api.learn.Learning;
import io.millwright.api.learn.Network;
import io.millwright.api.learn.PictureVariation;
import io.millwright.api.learn.Split;
import io.millwright.api.learn.Step;
import java.nio.file.Path;
import java.util.List;

/**
 * Learns to tell defects apart on images. Each method gives a new trainer; what is not said keeps
 * its default. The defaults and the experiments behind them are in {@code
 * docs/experiments/inspection.md}. Immutable and thread-safe.
 *
 * <p>Training fails at once, with all problems named by image, when a class has a single image,
 * when images differ in the ratio of their sides, or when one has no contrast.
 */
public interface InspectionTrainer extends Trainer<List<LabelledImage>, InspectionModel> {

  /**
   * Another network.
   *
   * @param network the network, without its output layer; takes an image
   * @return the new trainer
   */
  InspectionTrainer network(Network network);

  /**
   * Another way of learning.
   *
   * @param learning the options
   * @return the new trainer
   */
  InspectionTrainer learning(Learning learning);

  /**
   * Another size and scale.
   *
   * @param picture what is done to every image before the network sees it
   * @return the new trainer
   */
  InspectionTrainer picture(Step.Picture picture);

  /**
   * What training varies. The default suits surfaces, which look alike from every side; where up
   * and down mean something, say so here. Predictions average over the views that this mirrors and
   * turns ({@link io.millwright.api.learn.Views}), eight of a square image by default, and cost as
   * many times more; without flips and quarter turns there is one view.
   *
   * @param variety the ranges
   * @return the new trainer
   */
  InspectionTrainer vary(PictureVariation variety);

  /**
   * Another way of holding out images. The default keeps the images of a group together; where
   * there are no groups every image stands for itself, classes in equal shares.
   *
   * @param split the split
   * @return the new trainer
   */
  InspectionTrainer split(Split split);

  /**
   * What decisions cost: parts are rejected from the probability of any defect on that is cheapest
   * on held-out images, and where a person may look, given to review where that is cheaper than
   * either decision.
   *
   * @param costs the costs
   * @return the new trainer
   */
  InspectionTrainer costs(InspectionCosts costs);

  /**
   * Whether every class counts the same, however rare (class weights inverse to frequency). More of
   * the rare classes are found, and more good parts taken for defective ones; probabilities are
   * those of a line where all classes are equally frequent. False unless said.
   *
   * @param value whether they do
   * @return the new trainer
   */
  InspectionTrainer balanced(boolean value);

  /**
   * Learns on a frozen image network instead of from scratch: linear heads (ridge regression) on
   * the pooled features of its layers, each image in four mirrored views. From five images a class
   * on, and in seconds rather than minutes. A copy of the network's file goes into the folder where
   * bundles find their backbone ({@code MILLWRIGHT_BACKBONES}); the bundle names it by its SHA-256.
   * Network, learning, picture, variety and split are not used then, and refused when set.
   *
   * @param network an ONNX file; layers empty to choose them
   * @return the new trainer
   */
  InspectionTrainer backbone(Backbone network);

  /**
   * Keeps the features of a backbone on disk, so that an image is computed once.
   *
   * @param folder where
   * @param mostBytes how much it may take, at least 1 MiB
   * @return the new trainer
   */
  InspectionTrainer cache(Path folder, long mostBytes);

  /**
   * Another key of randomness, everything else as it is: for a spread over several trainings.
   *
   * @param key the key; 0 unless said otherwise here or by {@link #learning}
   * @return the new trainer
   */
  InspectionTrainer key(long key);
}
