package io.millwright.quality;

import io.millwright.api.Predictor;
import io.millwright.api.Task;
import io.millwright.api.data.Image;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

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
   * Reads images that lie in one folder for each class.
   *
   * @param folder holds the folders, whose names are the classes
   * @return the images in the order of their names
   * @throws io.millwright.api.MillwrightException naming every file that cannot be read and every
   *     folder without images
   */
  List<LabelledImage> images(Path folder);

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
}
