package io.millwright.core.learn.text;

import io.millwright.api.head.FittedHead;
import io.millwright.api.head.HeldOut;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The probability from which on a model answers, so that a share of its answers is right (selective
 * classification, Geifman and El-Yaniv 2017).
 */
final class Floor {

  private Floor() {}

  /** The least floor at which held-out answers reach the precision; 1 where none does. */
  static double of(FittedHead<?, ?> head, HeldOut heldOut, TextOptions options) {
    double asked = options.precision().orElse(0);
    Integer[] order = new Integer[heldOut.size()];
    double[] sure = new double[order.length];
    boolean[] right = new boolean[order.length];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
      int main = head.main(heldOut.said()[i]);
      sure[i] = head.number(heldOut.said()[i], main);
      right[i] = (int) heldOut.targets()[i][0] == main;
    }
    java.util.Arrays.sort(order, java.util.Comparator.comparingDouble(i -> -sure[i]));
    double floor = 1;
    int hits = 0;
    for (int n = 0; n < order.length; n++) {
      hits += right[order[n]] ? 1 : 0;
      boolean last = n + 1 == order.length || sure[order[n + 1]] < sure[order[n]];
      if (last && hits >= asked * (n + 1)) {
        floor = sure[order[n]];
      }
    }
    return floor;
  }

  static Map<String, Double> figures(FittedHead<?, ?> head, HeldOut heldOut, double floor) {
    double answered = 0;
    double right = 0;
    for (int i = 0; i < heldOut.size(); i++) {
      int main = head.main(heldOut.said()[i]);
      if (head.number(heldOut.said()[i], main) >= floor) {
        answered++;
        right += (int) heldOut.targets()[i][0] == main ? 1 : 0;
      }
    }
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("answered", answered / heldOut.size());
    figures.put("precision of answers", answered == 0 ? Double.NaN : right / answered);
    return figures;
  }
}
