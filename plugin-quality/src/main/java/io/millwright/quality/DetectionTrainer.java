package io.millwright.quality;

import io.millwright.api.Trainer;
import io.millwright.api.learn.Learning;
import java.time.Duration;
import java.util.List;

/**
 * Object detection of labelled defects: boxes, and masks where there are some, are learnt by a
 * small network that answers at every cell of an image without anchors (after Tian et al. 2019,
 * "FCOS", with the overlap as the target of the confidence, after Zhang et al. 2021,
 * "VarifocalNet"). An eighth of the images, groups kept together, is held out to measure the
 * figures and to calibrate confidence. The defaults and the experiments behind them are in {@code
 * docs/experiments/detection.md}. Each method gives a new trainer. Immutable and thread-safe.
 */
public interface DetectionTrainer extends Trainer<List<MarkedImage>, DetectionModel> {

  /**
   * Another size. All images are stretched to it.
   *
   * @param width the pixels that the network sees in a row, a multiple of 32, 64 to 1024; unless
   *     said, as many as let most defects fill a cell of 8 pixels, 128 at least for the shorter
   *     side where images have as many
   * @param height likewise in a column
   * @return the new trainer
   */
  DetectionTrainer size(int width, int height);

  /**
   * Whether defects look alike from every side: images are mirrored and turned then in training,
   * and seen from several sides in predictions. True unless said.
   *
   * @param value false where up and down, left and right mean something
   * @return the new trainer
   */
  DetectionTrainer anySide(boolean value);

  /**
   * Another way of learning. An epoch shows eight variants of each image, of images with rare
   * classes more.
   *
   * @param learning the options; members are not used
   * @return the new trainer
   */
  DetectionTrainer learning(Learning learning);

  /**
   * Learns about so long, by the pace of a few steps that are tried first: fewer epochs than
   * otherwise, never more, and fewer variants of each image where not one epoch fits. Images are
   * judged after that. What is learnt depends on how busy the machine is, so that a training within
   * a time cannot be {@linkplain #resume resumed}; the epochs are in the model's provenance, and
   * the time foreseen is the first progress told.
   *
   * @param time how long, above 0; each image is seen once at least
   * @return the new trainer
   * @throws io.millwright.api.MillwrightException with {@link
   *     io.millwright.api.ErrorCode#BAD_OPTION} when the time is not above 0
   */
  DetectionTrainer within(Duration time);

  /**
   * Another key of randomness.
   *
   * @param key the key; 0 unless said here or by {@link #learning}
   * @return the new trainer
   */
  DetectionTrainer key(long key);
}
