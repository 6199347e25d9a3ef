package io.millwright.runtime.bundle;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.PlainData;
import io.millwright.api.data.Unit;
import io.millwright.api.head.FittedHead;
import io.millwright.api.head.Head;
import io.millwright.api.head.Heads;
import java.util.List;
import java.util.Optional;

/**
 * What outputs mean, as data: what a head learnt under its kind, and what everyone may know of a
 * model without understanding that.
 *
 * @param kind the head's kind
 * @param outputs how many outputs the network has
 * @param unit the unit of answers
 * @param low the least answer that can be told apart
 * @param high the largest answer that can be told apart
 * @param classes the labels that are distinguished, in the order of outputs; empty for none
 * @param description what it answers with, in a sentence
 * @param uncertainty how uncertainty was measured, in a sentence
 * @param data what the head learnt
 */
public record HeadData(
    String kind,
    int outputs,
    Unit unit,
    double low,
    double high,
    List<String> classes,
    String description,
    String uncertainty,
    PlainData data) {

  /** Copies and checks. */
  public HeadData {
    classes = List.copyOf(classes);
    if (!kind.matches("[a-z][a-z0-9-]{0,63}") || outputs < 1 || !(low < high)) {
      throw new IllegalArgumentException(
          "head \"" + kind + "\" of " + outputs + " outputs from " + low + " to " + high);
    }
  }

  /** The data of a fitted head. */
  public static HeadData of(String kind, FittedHead<?, ?> fitted) {
    return new HeadData(
        kind,
        fitted.outputs(),
        fitted.unit(),
        fitted.low(),
        fitted.high(),
        fitted.classes(),
        fitted.description(),
        fitted.uncertainty(),
        fitted.data());
  }

  /** The known head of this kind; empty for one that a plug-in brought. */
  public Optional<Head<?, ?>> known() {
    return Heads.ofKind(kind, unit);
  }

  /**
   * The fitted head, by its declaration.
   *
   * @throws MillwrightException with {@link ErrorCode#WRONG_BUNDLE} when the head is of another
   *     kind, with {@link ErrorCode#BAD_BUNDLE} when the data are none of its own
   */
  public <L, V> FittedHead<L, V> fitted(Head<L, V> head) {
    if (!head.kind().equals(kind)) {
      throw new MillwrightException(
          ErrorCode.WRONG_BUNDLE,
          "the model answers with "
              + kind
              + ", but the task expects "
              + head
              + "\nMaybe open it with the task that trained it");
    }
    FittedHead<L, V> fitted;
    try {
      fitted = head.read(data);
    } catch (IllegalArgumentException e) {
      throw bad(e.getMessage() == null ? e.toString() : e.getMessage(), e);
    }
    if (fitted.outputs() != outputs
        || !fitted.classes().equals(classes)
        || !fitted.unit().equals(unit)
        || fitted.low() != low
        || fitted.high() != high) {
      throw bad("it does not say the same as its data", null);
    }
    return fitted;
  }

  private MillwrightException bad(String what, @org.jspecify.annotations.Nullable Throwable cause) {
    String text =
        "the head \"" + kind + "\" cannot be read: " + what + "\nMaybe the bundle was damaged";
    return cause == null
        ? new MillwrightException(ErrorCode.BAD_BUNDLE, text)
        : new MillwrightException(ErrorCode.BAD_BUNDLE, text, cause);
  }
}
