package io.millwright.runtime.explain;

import java.util.List;
import java.util.Objects;

/**
 * A local linear model of a predictor around one input (LIME; Ribeiro, Singh and Guestrin 2016):
 * what each feature adds when it is as in the input rather than as in the background, fitted to
 * mixtures of both that are weighted by their likeness to the input.
 *
 * @param answer the explained number of the input
 * @param intercept the number that the local model gives when no feature is kept
 * @param fidelity the weighted share that the local model explains of how the model's mean answer
 *     over the background varies from mixture to mixture (R², without the scatter of the background
 *     itself); far below 1 the slopes say little
 * @param slopes what each feature adds, largest size first
 * @param samples how many mixtures were asked
 */
public record LocalModel(
    double answer, double intercept, double fidelity, List<Slope> slopes, int samples) {

  /**
   * What one feature adds.
   *
   * @param feature its name
   * @param value what it holds
   * @param effect what it adds, in the unit of the answer
   * @param standardError the standard error of the effect, from the scatter around the fit
   */
  public record Slope(String feature, String value, double effect, double standardError) {
    /** Checks. */
    public Slope {
      Objects.requireNonNull(feature, "feature");
      Objects.requireNonNull(value, "value");
    }
  }

  /** Copies. */
  public LocalModel {
    slopes = List.copyOf(slopes);
  }
}
