package io.millwright.core.shrink;

import java.util.Locale;
import java.util.Map;

/**
 * What making a model smaller cost and brought (model compression report). Times are those of whole
 * answers, one input at a time, both models in turn in one run on the host's chosen runtime.
 *
 * @param how what was done, in words
 * @param bytesBefore the size of the old file
 * @param bytesAfter the size of the new one
 * @param weightsBefore how many weights the old model has, all members together
 * @param weightsAfter those of the new one that are not 0
 * @param microsBefore the time of one answer of the old model, in microseconds
 * @param microsAfter the time of one answer of the new one
 * @param error the name of the figure that must not rise: {@code rmse} or {@code log loss}
 * @param before figures of the old model on the judged rows, {@code coverage 90} among them
 * @param after those of the new one, on the same rows
 */
public record ShrinkReport(
    String how,
    long bytesBefore,
    long bytesAfter,
    long weightsBefore,
    long weightsAfter,
    double microsBefore,
    double microsAfter,
    String error,
    Map<String, Double> before,
    Map<String, Double> after) {

  /** Copies. */
  public ShrinkReport {
    before = Map.copyOf(before);
    after = Map.copyOf(after);
  }

  /** {@return by how much of itself the error rises; below 0 when it falls} */
  public double rise() {
    double was = Math.max(1e-12, before.getOrDefault(error, Double.NaN));
    return (after.getOrDefault(error, Double.NaN) - was) / was;
  }

  /** {@return how many times smaller the file is} */
  public double smaller() {
    return (double) bytesBefore / bytesAfter;
  }

  /** {@return how many times faster one answer is} */
  public double faster() {
    return microsBefore / microsAfter;
  }

  /** In a sentence, for people and for the model card. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s: %s %.4g to %.4g (%.1f %% %s), 90 %% intervals hold %.1f to %.1f %%, %.1f times"
            + " smaller, %.1f times faster",
        how,
        error,
        before.getOrDefault(error, Double.NaN),
        after.getOrDefault(error, Double.NaN),
        100 * Math.abs(rise()),
        rise() > 0 ? "more" : "less",
        100 * before.getOrDefault("coverage 90", Double.NaN),
        100 * after.getOrDefault("coverage 90", Double.NaN),
        smaller(),
        faster());
  }
}
