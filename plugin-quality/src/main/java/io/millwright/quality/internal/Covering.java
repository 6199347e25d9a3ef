package io.millwright.quality.internal;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.data.Image;
import io.millwright.api.spi.Glance;
import io.millwright.quality.HeatMap;
import io.millwright.quality.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Heat maps by covering one part of an image after the other with its mean grey (Zeiler and Fergus
 * 2014, section 4.2). It asks for answers, so that it explains what is really answered, members,
 * calibration and all; but for one view only where the model averages over several, since eight
 * times as long would be too long to wait.
 */
final class Covering {

  private Covering() {}

  static HeatMap map(
      Predictor<Image, Verdict> predictor, Image image, Optional<String> wanted, int cells) {
    if (cells < 2 || cells > 64) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION, cells + " cells a side, but 2 to 64 are possible");
    }
    int columns = Math.min(cells, image.width());
    int rows = Math.min(cells, image.height());
    Verdict whole =
        verdict(predictor.predict(image))
            .orElseThrow(
                () ->
                    new MillwrightException(
                        ErrorCode.BAD_VALUE,
                        image + " has no answer to explain\nMaybe see its findings"));
    String label = wanted.orElse(whole.label());
    if (!predictor.info().classes().contains(label)) {
      throw new MillwrightException(
          ErrorCode.BAD_LABEL,
          "the model knows no class \"" + label + "\"\nMaybe one of " + predictor.info().classes());
    }
    List<Image> covered = new ArrayList<>(rows * columns + 1);
    covered.add(image);
    int[] mean = mean(image);
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        covered.add(covered(image, r, rows, c, columns, mean));
      }
    }
    List<Outcome<Verdict>> seen =
        predictor instanceof Glance<Image, Verdict> glance
            ? glance.glanceAll(covered)
            : predictor.predictAll(covered);
    double probability = whole.probabilities().getOrDefault(label, 0.0);
    double full = probability(seen.get(0), label, probability);
    List<Double> effects = new ArrayList<>(rows * columns);
    for (Outcome<Verdict> outcome : seen.subList(1, seen.size())) {
      effects.add(full - probability(outcome, label, full));
    }
    return new HeatMap(label, probability, rows, columns, effects);
  }

  private static double probability(Outcome<Verdict> outcome, String label, double otherwise) {
    return verdict(outcome).map(v -> v.probabilities().getOrDefault(label, 0.0)).orElse(otherwise);
  }

  private static Optional<Verdict> verdict(Outcome<Verdict> outcome) {
    return outcome.fold(p -> Optional.of(p.value()), a -> Optional.empty());
  }

  private static int[] mean(Image image) {
    int channels = image.format().channels();
    long[] sums = new long[channels];
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        for (int k = 0; k < channels; k++) {
          sums[k] += image.value(x, y, k);
        }
      }
    }
    int[] mean = new int[channels];
    for (int k = 0; k < channels; k++) {
      mean[k] = (int) Math.round((double) sums[k] / image.width() / image.height());
    }
    return mean;
  }

  /** A cell is covered with half a cell around it, so that no defect hides on a border. */
  private static Image covered(
      Image image, int row, int rows, int column, int columns, int[] mean) {
    byte[] bytes = image.bytes();
    int channels = mean.length;
    boolean deep = image.format() == Image.Format.GREY16;
    int halfHeight = (image.height() + rows - 1) / rows / 2;
    int halfWidth = (image.width() + columns - 1) / columns / 2;
    int top = Math.max(0, row * image.height() / rows - halfHeight);
    int bottom = Math.min(image.height(), (row + 1) * image.height() / rows + halfHeight);
    int left = Math.max(0, column * image.width() / columns - halfWidth);
    int right = Math.min(image.width(), (column + 1) * image.width() / columns + halfWidth);
    for (int y = top; y < bottom; y++) {
      for (int x = left; x < right; x++) {
        for (int k = 0; k < channels; k++) {
          int at = (y * image.width() + x) * channels + k;
          if (deep) {
            bytes[2 * at] = (byte) (mean[k] >> 8);
            bytes[2 * at + 1] = (byte) mean[k];
          } else {
            bytes[at] = (byte) mean[k];
          }
        }
      }
    }
    return Image.ofBytes(image.name(), image.width(), image.height(), image.format(), bytes);
  }
}
