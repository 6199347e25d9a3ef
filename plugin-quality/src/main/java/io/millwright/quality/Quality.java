package io.millwright.quality;

import io.millwright.api.Predictor;
import io.millwright.api.Task;
import io.millwright.api.data.Image;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Quality: defects on images. Obtained from {@link io.millwright.api.Millwright#plugin};
 * thread-safe.
 */
public interface Quality {

  /** What is to be seen on an image of a part, and what to do with the part. */
  Task<Image, Verdict> INSPECTION =
      new Task<>("quality.inspection", 1, Image.class, Verdict.class);

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
   */
  List<LabelledImage> images(Path folder);

  /**
   * Shows what part of an image an answer rests on.
   *
   * @param predictor the model
   * @param image the image
   * @param label the class to explain, or empty for the most probable one
   * @param cells how many cells a side has, 2 to 64
   * @return the map
   */
  HeatMap heatMap(
      Predictor<Image, Verdict> predictor, Image image, Optional<String> label, int cells);
}
