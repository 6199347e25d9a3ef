package io.millwright.quality;

import io.millwright.api.Monitor;
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
 * ControlChart chart = quality.chart(new ChartPlan.Individuals(true), goodReadings);
 * }</pre>
 */
public interface Quality {

  /** What is to be seen on an image of a part, and what to do with the part. */
  Task<Image, Verdict> INSPECTION = new Task<>("quality.inspection", 1, Image.class, Verdict.class);

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
   * Draws the limits of a control chart from readings of a time when the process ran well (phase
   * I). Take readings with a known cause out before: nothing is left out in silence.
   *
   * @param plan the kind of chart
   * @param baseline the readings, at least 10
   * @return the chart
   * @throws io.millwright.api.MillwrightException with all readings that cannot be used; with
   *     {@link io.millwright.api.ErrorCode#BAD_VALUE} when nothing varies
   */
  ControlChart chart(ChartPlan plan, List<Reading> baseline);

  /**
   * A monitor that charts reading after reading, for any number of signals that share the limits. A
   * missing or impossible reading has no point but an abstention, and the chart goes on after it.
   * Its memory is saved and restored together with equal limits only.
   *
   * @param chart the chart
   * @return a monitor without any signal in it; the caller closes it
   */
  Monitor<Reading, ChartPoint> monitor(ControlChart chart);

  /**
   * How well a process keeps within its limits.
   *
   * @param values readings of a process in control, at least 10
   * @param lower the lower limit of specification; negative infinity for none
   * @param upper the upper limit of specification; positive infinity for none
   * @param level the level of the intervals, such as 0.95
   * @return Cp and Cpk with their intervals
   */
  ProcessCapability capability(List<Double> values, double lower, double upper, double level);

  /**
   * The constants of control charts.
   *
   * @param size the readings of a subgroup, 2 to {@link ChartPlan#LARGEST_SIZE}
   * @return c4, d2, d3 and what follows from them
   */
  ChartConstants constants(int size);
}
