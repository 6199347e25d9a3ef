package io.millwright.runtime.prepare;

import io.millwright.api.ErrorCode;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.Image;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.learn.Preparation;
import io.millwright.api.learn.Step;
import io.millwright.api.spi.Problems;
import java.util.ArrayList;
import java.util.List;

/**
 * Learns the preparation of tables of images, of which there is one form: size and scale, then
 * views.
 */
final class PictureFitter {

  private static final int MOST_PROBLEMS = 50;

  private final Problems problems = new Problems("the preparation of images");
  private double darkest = Double.POSITIVE_INFINITY;
  private double brightest = Double.NEGATIVE_INFINITY;
  private double flattest = Double.POSITIVE_INFINITY;
  private double sharpest = Double.NEGATIVE_INFINITY;

  private PictureFitter() {}

  /** Whether a table or a preparation speaks of images. */
  static boolean concerns(Preparation preparation, Schema schema) {
    return schema.columns().stream().anyMatch(c -> c.type() == ColumnType.IMAGE)
        || preparation.steps().stream().anyMatch(s -> s instanceof Step.Picture);
  }

  static FittedPreparation.Fit fit(Preparation preparation, Schema schema, List<Table> tables) {
    return new PictureFitter().fitted(preparation, schema, tables);
  }

  private FittedPreparation.Fit fitted(Preparation preparation, Schema schema, List<Table> tables) {
    List<Step> steps = preparation.steps();
    if (schema.size() != 1 || schema.columns().get(0).type() != ColumnType.IMAGE) {
      problems.add(
          ErrorCode.WRONG_TYPE,
          "the columns " + schema.columns(),
          "are not one column of images",
          "give images by themselves: other readings beside them are not supported.");
    }
    boolean sound = steps.size() == 1 && steps.get(0) instanceof Step.Picture;
    if (!sound) {
      problems.add(
          ErrorCode.BAD_OPTION, "the steps", "are " + steps, "use Step.Picture and nothing else.");
    }
    problems.throwIfAny();
    Step.Picture picture = (Step.Picture) steps.get(0);
    Image first = look(picture, schema, tables);
    problems.throwIfAny();
    List<FittedStep> fitted = new ArrayList<>();
    fitted.add(
        new FittedStep.Picture(
            schema.names().get(0),
            picture.width(),
            picture.height(),
            picture.colour(),
            picture.exposure(),
            first.width(),
            first.height(),
            darkest,
            brightest,
            flattest,
            sharpest));
    return new FittedPreparation.Fit(
        new FittedPreparation(schema, fitted), new CleaningLog().report());
  }

  /** Looks at every image; gives the first one. */
  private Image look(Step.Picture picture, Schema schema, List<Table> tables) {
    Image first = null;
    int seen = 0;
    for (Table table : tables) {
      for (int row = 0; row < table.rows() && problems.findings().size() < MOST_PROBLEMS; row++) {
        Image image = table.image(row, 0);
        String place = "column \"" + schema.names().get(0) + "\", image " + seen++;
        if (image == null) {
          problems.add(ErrorCode.MISSING_VALUE, place, "is missing", "leave the sample out.");
          continue;
        }
        first = first == null ? image : first;
        if (!PictureOp.sameRatio(image.width(), image.height(), first.width(), first.height())) {
          problems.add(
              ErrorCode.WRONG_SHAPE,
              place,
              image + " has sides of another ratio than the first, " + first,
              "crop all images alike, or leave it out.");
          continue;
        }
        double[] moments =
            PictureOp.moments(
                PictureOp.resized(image, picture.width(), picture.height(), picture.colour()));
        if (!(moments[1] >= PictureOp.LEAST_CONTRAST)) {
          problems.add(ErrorCode.BAD_VALUE, place, image + " has no contrast", "leave it out.");
          continue;
        }
        darkest = Math.min(darkest, moments[0]);
        brightest = Math.max(brightest, moments[0]);
        flattest = Math.min(flattest, moments[1]);
        sharpest = Math.max(sharpest, moments[1]);
      }
    }
    if (first == null) {
      problems.add(
          ErrorCode.TOO_FEW_DATA,
          "the training data",
          "hold no image",
          "check how they were read.");
      problems.throwIfAny();
      throw new IllegalStateException("unreachable: a problem was added");
    }
    return first;
  }
}
