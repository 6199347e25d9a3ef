package io.millwright.runtime.compress;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a compression cost and brought.
 *
 * @param bytesBefore the size of the old file
 * @param bytesAfter the size of the new one
 * @param before figures of the old model on the samples: {@code rmse} and {@code coverage 90}, or
 *     {@code log loss} and {@code accuracy}, and {@code answered}, the share that got an answer
 * @param after those of the new one, on the same samples
 */
public record CompressionReport(
    long bytesBefore, long bytesAfter, Map<String, Double> before, Map<String, Double> after) {

  /** Copies. */
  public CompressionReport {
    before = Map.copyOf(before);
    after = Map.copyOf(after);
  }

  /** In a sentence: {@code 3.9 times smaller; rmse 4.21 to 4.22, coverage 90 0.91 to 0.91}. */
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
