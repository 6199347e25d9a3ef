package io.millwright.quality;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * What decisions about parts cost, all in one currency (cost matrix).
 *
 * @param good the class without defect
 * @param escape the cost of a defect that passes, positive
 * @param falseReject the cost of a good part that is rejected, positive
 * @param review the cost of a person's look, positive; empty when nobody will look
 */
public record InspectionCosts(
    String good, double escape, double falseReject, OptionalDouble review) {

  /**
   * Checks.
   *
   * @throws MillwrightException with {@link ErrorCode#BAD_OPTION} for a cost that is not positive
   */
  public InspectionCosts {
    Objects.requireNonNull(good, "good");
    positive("escape", escape);
    positive("falseReject", falseReject);
    review.ifPresent(r -> positive("review", r));
  }

  /**
   * Costs where nobody will look.
   *
   * @param good the class without defect
   * @param escape the cost of a defect that passes, positive
   * @param falseReject the cost of a good part that is rejected, positive
   * @return the costs
   */
  public static InspectionCosts of(String good, double escape, double falseReject) {
    return new InspectionCosts(good, escape, falseReject, OptionalDouble.empty());
  }

  /**
   * The same where a person may look at doubtful parts.
   *
   * @param cost the cost of a person's look, positive
   * @return the new costs
   */
  public InspectionCosts review(double cost) {
    return new InspectionCosts(good, escape, falseReject, OptionalDouble.of(cost));
  }

  private static void positive(String name, double cost) {
    if (!(cost > 0) || Double.isInfinite(cost)) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION, "the cost " + name + " is " + cost + ", but must be positive");
    }
  }
}
