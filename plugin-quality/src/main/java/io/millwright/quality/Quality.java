package io.millwright.quality;

import io.millwright.api.Predictor;
import io.millwright.api.Task;
import io.millwright.api.data.Image;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Quality: defects seen on images, and processes watched by control charts. Obtained from {@link
 * io.millwright.api.Millwright#plugin}; thread-safe.
 *
 * <pre>{@code
 * Quality quality = millwright.plugin(Quality.class);
 * InspectionModel model =
 *     quality.inspection().costs(InspectionCosts.of("good", 50, 1)).train(quality.images(folder)).await();
 * ControlChart chart =
 *     quality.spc().chart(new ChartPlan.Individuals(RunRules.WESTERN_ELECTRIC), goodReadings);
 * }</pre>
 */
public interface Quality {

  /** What is to be seen on an image of a part, and what to do with the part. */
  Task<Image, Verdict> INSPECTION = new Task<>("quality.inspection", 1, Image.class, Verdict.class);

  /** How unlike good parts an image is. */
  Task<Image, Anomaly> ANOMALY = new Task<>("quality.anomaly", 1, Image.class, Anomaly.class);

  /** Which labelled defects are on an image, and where. */
  Task<Image, Detections> DETECTION =
      new Task<>("quality.detection", 1, Image.class, Detections.class);

  /** How a part differs from its golden template, and where. */
  Task<ImagePair, Detections> COMPARISON =
      new Task<>("quality.comparison", 1, ImagePair.class, Detections.class);

  /**
   * Compares parts with a golden template.
   *
   * @return a trainer with all defaults
   */
  ComparisonTrainer comparison();

  /**
   * Reads pairs of images with their labelled defects.
   *
   * @param folder holds at any depth images {@code NAME_test} and, beside each, {@code NAME_temp}
   *     or {@code NAME_template}; and text files {@code NAME.txt}, anywhere below the folder, with
   *     a line {@code x1 y1 x2 y2 type} in pixels for each defect, separated by spaces, commas or
   *     semicolons. A pair without a list has no marks
   * @return the pairs in the order of their names
   * @throws io.millwright.api.MillwrightException naming every file that cannot be read, and every
   *     image without template
   */
  List<MarkedPair> pairs(Path folder);

  /**
   * Learns where labelled defects are, from boxes and masks.
   *
   * @return a trainer with all defaults
   */
  DetectionTrainer detection();

  /**
   * Learns what good parts look like, from images of good parts alone.
   *
   * @return a trainer with all defaults
   */
  AnomalyTrainer anomaly();

  /**
   * Learns to tell defects apart.
   *
   * @return a trainer with all defaults
   */
  InspectionTrainer inspection();

  /**
   * Reads images that lie in one folder for each class, or in one folder without any inside, which
   * is the only class then.
   *
   * @param folder holds the folders, whose names are the classes, or the images
   * @return the images in the order of their names
   * @throws io.millwright.api.MillwrightException naming every file that cannot be read and every
   *     folder without images
   */
  List<LabelledImage> images(Path folder);

  /**
   * Reads images with their labelled defects. Images that are not named there are those of good
   * parts.
   *
   * @param folder holds the images, at any depth; an image is named as it lies below this folder
   * @param truth a CSV file with the columns {@code file}, {@code class}, {@code xmin}, {@code
   *     ymin}, {@code xmax} and {@code ymax} in pixels, a row for each box; or a folder of masks
   *     named like their images, whose regions have the name of the folder around the image as
   *     their class
   * @return the images in the order of their names
   * @throws io.millwright.api.MillwrightException naming every file and row that cannot be read,
   *     and a truth that names none of the images
   */
  List<MarkedImage> marked(Path folder, Path truth);

  /**
   * Reads images of which no defect is known.
   *
   * @param folder holds the images, at any depth
   * @return the images in the order of their names, without marks
   * @throws io.millwright.api.MillwrightException naming every file that cannot be read
   */
  List<MarkedImage> marked(Path folder);

  /**
   * Shows what part of an image an answer rests on.
   *
   * @param predictor the model
   * @param image the image
   * @param label the class to explain, or empty for the most probable one
   * @param cells how many cells a side has, 2 to 64; time grows with its square
   * @return the map
   * @throws io.millwright.api.MillwrightException with {@link
   *     io.millwright.api.ErrorCode#BAD_LABEL} for a class that the model does not know, with
   *     {@link io.millwright.api.ErrorCode#BAD_VALUE} when the model abstains
   */
  HeatMap heatMap(
      Predictor<Image, Verdict> predictor, Image image, Optional<String> label, int cells);

  /**
   * What verdicts on images of known class cost (expected and realised cost).
   *
   * @param costs what decisions cost
   * @param verdicts one for each image, each with a decision
   * @param truths the true class of each image
   * @param level the level of the interval, above 0 and below 1
   * @return the costs of a part
   * @throws io.millwright.api.MillwrightException with {@link
   *     io.millwright.api.ErrorCode#BAD_OPTION} for no verdict, another number of truths, a level
   *     out of range, or a verdict without a decision or whose review has no cost
   */
  PaidCosts paid(InspectionCosts costs, List<Verdict> verdicts, List<String> truths, double level);

  /**
   * Inspects a running line with a deadline for each frame.
   *
   * @param predictor the model, of any task that images ask; stays open, the caller closes it
   * @param deadline the time that a frame has from coming in
   * @param waiting how many frames wait for their turn at most, from 1 on
   * @param answers told what became of each frame, on the thread that inspects, or on that of
   *     {@link LineWatch#offer} for a frame that has to pass by; must be quick and thread-safe.
   *     What it throws goes to the handler of uncaught exceptions, and the line goes on
   * @param <V> the answer
   * @return the watch, running
   * @throws io.millwright.api.MillwrightException with {@link
   *     io.millwright.api.ErrorCode#BAD_OPTION}
   */
  <V> LineWatch line(
      Predictor<Image, V> predictor,
      Duration deadline,
      int waiting,
      Consumer<? super Inspected<V>> answers);

  /**
   * The images that are written into a folder, as they come.
   *
   * @param folder the folder; not looked into further
   * @param existing whether images that already lie there are frames as well
   * @return the source
   * @throws io.millwright.api.MillwrightException when the folder cannot be listed
   */
  FrameSource frames(Path folder, boolean existing);

  /**
   * Statistical process control: charts, capability, the design of a chart.
   *
   * @return the way to it
   */
  Spc spc();

  /**
   * Measurement systems analysis: gauge studies and agreement.
   *
   * @return the way to it
   */
  GaugeStudies gauge();

  /**
   * Acceptance sampling: plans and their operating characteristics.
   *
   * @return the way to it
   */
  SamplingPlans sampling();

  /**
   * Summary statistics, regression and analysis of variance.
   *
   * @return the way to them
   */
  Statistics statistics();

  /**
   * Trends, changes, stratification, causal structure and where a shift comes from.
   *
   * @return the way to them
   */
  Causes causes();

  /**
   * Advice on settings: which knob, how far, and which experiments to make next.
   *
   * @return the way to it
   */
  Advisor advice();

  /**
   * Texts of quality: duplicates, mentions by a vocabulary, and the trend of themes.
   *
   * @return the way to them
   */
  QualityTexts texts();
}
