package io.millwright.api.learn;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How data are divided into those that weights are fitted to, those that stop the training, and
 * those that judge and calibrate it (training, validation and test split). No sample is ever in two
 * of these roles for the same network, and a group (a unit, a machine, a lot) is never divided,
 * unless rows are asked for.
 *
 * <p>With {@code folds} of 2 or more, the data are divided into so many parts; for each part a
 * network is trained on the others and judged on it. Together the networks form an ensemble that is
 * averaged when predicting, and the judgements of all parts calibrate it. With {@code folds} of 1,
 * one part of the size {@code judged} is held out to judge and calibrate, and one network is
 * trained on the rest.
 *
 * <p>With several {@code rounds}, the data are divided into folds anew as often (repeated
 * cross-validation), so that there are rounds times folds networks, and each sample is judged by
 * the mean of the networks, one of each round, that never saw it. That mean resembles the whole
 * ensemble more than a single network does, so intervals and label sets come out narrower and
 * nearer to their level; worth its time where samples are few.
 */
public final class Split {

  /** What is kept together. */
  public enum By {
    /** Samples of one group stay together; which groups go where is drawn by the key. */
    GROUP,
    /**
     * Later samples judge earlier ones: the last ones, by the order of the samples, are held out.
     * With folds, every part is a run of neighbours in time.
     */
    TIME,
    /**
     * Every sample for itself, classes in equal shares. For samples that have nothing to do with
     * each other; must be asked for.
     */
    ROW
  }

  private final By by;
  private final int folds;
  private final int rounds;
  private final double judged;
  private final double validation;

  private Split(By by, int folds, int rounds, double judged, double validation) {
    Objects.requireNonNull(by, "by");
    Checks.atLeast("folds", folds, 1);
    Checks.atLeast("rounds", rounds, 1);
    Checks.fraction("judged", judged);
    Checks.fraction("validation", validation);
    if (folds == 1 && judged == 0) {
      throw new IllegalArgumentException(
          "judged is 0 with a single hold-out\nMaybe use Split.folds(5) or hold out 0.2");
    }
    if (rounds > 1 && (folds == 1 || by == By.TIME)) {
      throw new IllegalArgumentException(
          rounds
              + " rounds "
              + (folds == 1 ? "with a single hold-out" : "by time")
              + ", of which there is one division only"
              + "\nMaybe use folds by group or by row, or leave the rounds away");
    }
    this.by = by;
    this.folds = folds;
    this.rounds = rounds;
    this.judged = judged;
    this.validation = validation;
  }

  /**
   * Parts by group, one network for each.
   *
   * @param folds the number of parts, at least 2
   * @return the split
   */
  public static Split folds(int folds) {
    Checks.atLeast("folds", folds, 2);
    return new Split(By.GROUP, folds, 1, 0.2, 0.2);
  }

  /**
   * A single hold-out by group.
   *
   * @param judged the share of groups held out to judge and calibrate
   * @return the split
   */
  public static Split holdOut(double judged) {
    return new Split(By.GROUP, 1, 1, judged, 0.2);
  }

  /**
   * The same, keeping other things together.
   *
   * @param what what is kept together
   * @return the new split
   */
  public Split by(By what) {
    return new Split(what, folds, rounds, judged, validation);
  }

  /**
   * The same with another number of rounds.
   *
   * @param times how often the data are divided into folds, at least 1
   * @return the new split
   * @throws IllegalArgumentException for more than one round with a single hold-out or by time
   */
  public Split rounds(int times) {
    return new Split(by, folds, times, judged, validation);
  }

  /**
   * The same with another share for early stopping.
   *
   * @param share the share of the data that are left after holding out
   * @return the new split
   */
  public Split validation(double share) {
    return new Split(by, folds, rounds, judged, share);
  }

  /** {@return what is kept together} */
  public By by() {
    return by;
  }

  /** {@return the number of parts; 1 for a single hold-out} */
  public int folds() {
    return folds;
  }

  /**
   * {@return how often the data are divided into folds, each time otherwise; 1 for a single
   * hold-out and by time, which have one division only}
   */
  public int rounds() {
    return rounds;
  }

  /** {@return the share held out to judge and calibrate when there is a single hold-out} */
  public double judged() {
    return judged;
  }

  /**
   * {@return the share of the remaining data that early stopping looks at; not used without early
   * stopping}
   */
  public double validation() {
    return validation;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Split that && parts().equals(that.parts());
  }

  @Override
  public int hashCode() {
    return parts().hashCode();
  }

  @Override
  public String toString() {
    return "Split[by="
        + by
        + ", folds="
        + folds
        + ", rounds="
        + rounds
        + ", judged="
        + judged
        + ", validation="
        + validation
        + "]";
  }

  private List<Object> parts() {
    return List.of(by, folds, rounds, judged, validation);
  }
}
