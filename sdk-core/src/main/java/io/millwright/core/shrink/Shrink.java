package io.millwright.core.shrink;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.learn.Network;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a model is made smaller, and by how much its error may rise (options of pruning and
 * distillation). Immutable and thread-safe.
 *
 * <ul>
 *   <li>{@link #units}: structured pruning. Whole units and filters are taken out, those whose
 *       incoming and outgoing weights are smallest (Li et al. 2017; behind a normalisation its
 *       scale takes the place of the incoming weights, Liu et al. 2017). The network becomes
 *       narrower, so its file is smaller and it answers faster.
 *   <li>{@link #weights}: magnitude pruning. Single weights of each matrix are set to 0, the
 *       smallest (Han et al. 2015), and stay 0 while the others learn again. The file holds the
 *       others only.
 *   <li>{@link #student}: distillation. One small network learns from the truth and from what the
 *       model says (Hinton, Vinyals and Dean 2015), and takes the place of all of its members.
 * </ul>
 */
public final class Shrink {

  /** What is made smaller. */
  public enum Kind {
    /** Structured pruning. */
    UNITS,
    /** Magnitude pruning. */
    WEIGHTS,
    /** Distillation. */
    STUDENT
  }

  private final Kind kind;
  private final double share;
  private final Optional<Network> student;
  private final double budget;
  private final OptionalInt epochs;

  private Shrink(
      Kind kind, double share, Optional<Network> student, double budget, OptionalInt epochs) {
    this.kind = kind;
    this.share = share;
    this.student = student;
    this.budget = budget;
    this.epochs = epochs;
  }

  /**
   * Structured pruning.
   *
   * @param share the share of the units of each layer that is taken out, above 0 and below 1; each
   *     layer keeps one at the least
   * @return with a budget of 1 % of the error
   * @throws MillwrightException with {@link ErrorCode#BAD_OPTION} for another share
   */
  public static Shrink units(double share) {
    return pruning(Kind.UNITS, share);
  }

  /**
   * Magnitude pruning.
   *
   * @param share the share of the weights of each matrix that becomes 0, above 0 and below 1; the
   *     output layer keeps its own
   * @return with a budget of 1 % of the error
   * @throws MillwrightException with {@link ErrorCode#BAD_OPTION} for another share
   */
  public static Shrink weights(double share) {
    return pruning(Kind.WEIGHTS, share);
  }

  private static Shrink pruning(Kind kind, double share) {
    if (!(share > 0 && share < 1)) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "the share to prune is " + share + "\nMaybe 0.5 is meant, a half of them");
    }
    return new Shrink(kind, share, Optional.empty(), 0.01, OptionalInt.empty());
  }

  /**
   * Distillation.
   *
   * @param network the small network, without its output layer
   * @return with a budget of 1 % of the error
   */
  public static Shrink student(Network network) {
    return new Shrink(Kind.STUDENT, 0, Optional.of(network), 0.01, OptionalInt.empty());
  }

  /**
   * Distillation into a network of the model's own layers with half of their units.
   *
   * @return with a budget of 1 % of the error
   */
  public static Shrink student() {
    return new Shrink(Kind.STUDENT, 0, Optional.empty(), 0.01, OptionalInt.empty());
  }

  /**
   * The same with another budget.
   *
   * @param most by how much of itself the error may rise (root mean square error of numbers, log
   *     loss of classes), such as 0.01; at least 0
   * @return the new options
   * @throws MillwrightException with {@link ErrorCode#BAD_OPTION} for another number
   */
  public Shrink budget(double most) {
    if (!(most >= 0) || Double.isInfinite(most)) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "the budget is " + most + "\nMaybe 0.01 is meant, 1 % of the error");
    }
    return new Shrink(kind, share, student, most, epochs);
  }

  /**
   * The same with another length of learning. By default a third of the model's own epochs after
   * pruning, at least 3, and all of them for a student, for each member of the model: it stands for
   * all of them, begins anew, and stops early as the model did.
   *
   * @param most how often all samples are seen at the most, at least 1
   * @return the new options
   * @throws MillwrightException with {@link ErrorCode#BAD_OPTION} for another number
   */
  public Shrink epochs(int most) {
    if (most < 1) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION, "epochs is " + most + "\nMaybe 10 is meant");
    }
    return new Shrink(kind, share, student, budget, OptionalInt.of(most));
  }

  /** {@return what is made smaller} */
  public Kind kind() {
    return kind;
  }

  /** {@return the share that is pruned; 0 for a student} */
  public double share() {
    return share;
  }

  /** {@return the student that was named} */
  public Optional<Network> network() {
    return student;
  }

  /** {@return by how much of itself the error may rise} */
  public double budget() {
    return budget;
  }

  /** {@return how often all samples are seen at the most, where it was said} */
  public OptionalInt epochs() {
    return epochs;
  }

  /** In words, such as {@code 50 % of the units pruned}. */
  @Override
  public String toString() {
    return switch (kind) {
      case UNITS -> percent() + " of the units pruned";
      case WEIGHTS -> percent() + " of the weights pruned";
      case STUDENT -> "distilled";
    };
  }

  private String percent() {
    return String.format(Locale.ROOT, "%.0f %%", 100 * share);
  }
}
