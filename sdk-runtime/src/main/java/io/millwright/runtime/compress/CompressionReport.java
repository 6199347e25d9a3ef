package io.millwright.runtime.compress;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a compression cost and brought (quantisation report).
 *
 * @param bytesBefore the size of the old file
 * @param bytesAfter the size of the new one
 * @param before figures of the old model on the samples: {@code rmse}, or {@code log loss} and
 *     {@code accuracy}; {@code coverage 90}, the share of truths that the 90 % intervals or label
 *     sets hold; {@code answered}, the share that got an answer
 * @param after those of the new one, on the same samples
 */
public record CompressionReport(
    long bytesBefore, long bytesAfter, Map<String, Double> before, Map<String, Double> after) {

  /** Copies. */
  public CompressionReport {
    before = Map.copyOf(before);
    after = Map.copyOf(after);
  }

  /** In a sentence: {@code 1.6 times smaller; answered 1.000 to 1.000, rmse 1.428 to 1.428}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(Locale.ROOT, "%.1f times smaller", (double) bytesBefore / bytesAfter));
    String sign = "; ";
    for (Map.Entry<String, Double> e : new TreeMap<>(before).entrySet()) {
      text.append(
          String.format(
              Locale.ROOT,
              "%s%s %.4g to %.4g",
              sign,
              e.getKey(),
              e.getValue(),
              after.getOrDefault(e.getKey(), Double.NaN)));
      sign = ", ";
    }
    return text.toString();
  }
}
