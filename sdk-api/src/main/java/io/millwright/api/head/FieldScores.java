package io.millwright.api.head;

import java.util.ArrayList;
import java.util.List;

/**
 * The probabilities of classes at each position of a field. Boxes and masks are read off it.
 *
 * @param height the number of rows
 * @param width the number of columns
 * @param classes the classes
 * @param probabilities position after position, one for each class
 */
public record FieldScores(int height, int width, List<String> classes, List<Double> probabilities) {
  /** Copies. */
  public FieldScores {
    classes = List.copyOf(classes);
    probabilities = List.copyOf(probabilities);
  }

  /**
   * The probability of a class at a position.
   *
   * @param y the row, from 0
   * @param x the column, from 0
   * @param label the class
   * @return its probability; 0 for a class that is not among {@link #classes}
   */
  public double at(int y, int x, String label) {
    int k = classes.indexOf(label);
    return k < 0 ? 0 : probabilities.get((y * width + x) * classes.size() + k);
  }

  /**
   * The most probable class of each position.
   *
   * @return the map
   */
  public FieldMap best() {
    List<String> best = new ArrayList<>(height * width);
    for (int p = 0; p < height * width; p++) {
      int k = 0;
      for (int c = 1; c < classes.size(); c++) {
        if (probabilities.get(p * classes.size() + c) > probabilities.get(p * classes.size() + k)) {
          k = c;
        }
      }
      best.add(classes.get(k));
    }
    return new FieldMap(height, width, best);
  }
}
