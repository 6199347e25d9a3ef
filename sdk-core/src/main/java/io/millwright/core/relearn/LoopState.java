package io.millwright.core.relearn;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Where a relearning loop stands (state of a state machine); kept in a file, so that a restart goes
 * on from here.
 *
 * @param phase what it does next
 * @param champion the number of the version that the alias points to
 * @param challenger the number of the version that is judged or on probation
 * @param previous the number of the version to roll back to
 * @param referenceFrom the first of the rows that the champion is watched against
 * @param referenceTo the end of these rows, excluded
 * @param since the row from which the present phase counts
 * @param looked up to which row the watch has looked
 * @param reason why a challenger is trained
 * @param again the row from which a challenger is trained once more, on rows from after the change
 *     alone
 * @param tries what came of the challengers for the reasons that stand; empty after a promotion
 */
public record LoopState(
    Phase phase,
    int champion,
    OptionalInt challenger,
    OptionalInt previous,
    long referenceFrom,
    long referenceTo,
    long since,
    OptionalLong looked,
    Optional<String> reason,
    OptionalLong again,
    Optional<Tries> tries) {

  /**
   * Challengers that were refused, or could not be trained, one after the other (exponential
   * backoff).
   *
   * @param refused how many
   * @param until the row before which none is trained for the same reasons
   * @param reasons what they were trained for: drifted columns, a grown loss
   */
  public record Tries(int refused, long until, List<String> reasons) {
    /** Copies. */
    public Tries {
      reasons = List.copyOf(reasons);
    }
  }

  /**
   * A state without challengers that were refused.
   *
   * @param phase as above
   * @param champion as above
   * @param challenger as above
   * @param previous as above
   * @param referenceFrom as above
   * @param referenceTo as above
   * @param since as above
   * @param looked as above
   * @param reason as above
   * @param again as above
   */
  public LoopState(
      Phase phase,
      int champion,
      OptionalInt challenger,
      OptionalInt previous,
      long referenceFrom,
      long referenceTo,
      long since,
      OptionalLong looked,
      Optional<String> reason,
      OptionalLong again) {
    this(
        phase,
        champion,
        challenger,
        previous,
        referenceFrom,
        referenceTo,
        since,
        looked,
        reason,
        again,
        Optional.empty());
  }

  /** What the loop does next. */
  public enum Phase {
    /** Look for a reason to train. */
    WATCH,
    /** Train a challenger. */
    TRAIN,
    /** Judge it on the newest held-out rows. */
    JUDGE,
    /** Let it answer beside the champion on rows that come from now on. */
    SHADOW,
    /** It answers now; roll it back when it does worse than the one before. */
    PROBATION
  }

  static LoopState first(int champion, long from, long to) {
    return new LoopState(
        Phase.WATCH,
        champion,
        OptionalInt.empty(),
        OptionalInt.empty(),
        from,
        to,
        to,
        OptionalLong.empty(),
        Optional.empty(),
        OptionalLong.empty());
  }

  LoopState watching(int now, long from, long to, long at) {
    return new LoopState(
        Phase.WATCH,
        now,
        OptionalInt.empty(),
        OptionalInt.empty(),
        from,
        to,
        at,
        OptionalLong.of(at),
        Optional.empty(),
        again,
        tries);
  }

  LoopState to(Phase next, long at) {
    return new LoopState(
        next,
        champion,
        challenger,
        previous,
        referenceFrom,
        referenceTo,
        at,
        looked,
        reason,
        again,
        tries);
  }

  LoopState because(String why, long at) {
    return new LoopState(
        Phase.TRAIN,
        champion,
        OptionalInt.empty(),
        OptionalInt.empty(),
        referenceFrom,
        referenceTo,
        at,
        looked,
        Optional.of(why),
        again,
        tries);
  }

  LoopState trained(int number, long at, OptionalLong once) {
    return new LoopState(
        Phase.JUDGE,
        champion,
        OptionalInt.of(number),
        OptionalInt.empty(),
        referenceFrom,
        referenceTo,
        at,
        looked,
        reason,
        once,
        tries);
  }

  LoopState promoted(int number, int before, long from, long to, long at) {
    return new LoopState(
        Phase.PROBATION,
        number,
        OptionalInt.empty(),
        OptionalInt.of(before),
        from,
        to,
        at,
        looked,
        reason,
        again,
        Optional.empty());
  }

  LoopState looked(long at) {
    return new LoopState(
        phase,
        champion,
        challenger,
        previous,
        referenceFrom,
        referenceTo,
        since,
        OptionalLong.of(at),
        reason,
        again,
        tries);
  }

  LoopState trying(Optional<Tries> now) {
    return new LoopState(
        phase,
        champion,
        challenger,
        previous,
        referenceFrom,
        referenceTo,
        since,
        looked,
        reason,
        again,
        now);
  }
}
