package io.millwright.api;

import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/**
 * What a model says (selective prediction): an answer, or the reasons why it will not answer. Plain
 * data without any native reference; may be kept, sent and compared.
 *
 * @param <V> the answer
 */
public sealed interface Outcome<V> {

  /**
   * An answer.
   *
   * @param value the answer
   * @param uncertainty how sure it is
   * @param flags what to know about the input
   * @param model who answers
   * @param <V> the answer
   */
  record Prediction<V>(V value, Uncertainties uncertainty, Set<Flag> flags, ModelInfo model)
      implements Outcome<V> {
    /** Checks and copies. */
    public Prediction {
      Objects.requireNonNull(value, "value");
      Objects.requireNonNull(uncertainty, "uncertainty");
      Objects.requireNonNull(model, "model");
      if (!flags.isEmpty()) {
        flags = java.util.Collections.unmodifiableSet(EnumSet.copyOf(flags));
      } else {
        flags = Set.of();
      }
    }

    /** For people: the answer, how sure it is, flags, and the model by its task. */
    @Override
    public String toString() {
      return value
          + ", "
          + uncertainty
          + (flags.isEmpty() ? "" : ", flags " + flags)
          + ", by "
          + model.task()
          + " v"
          + model.taskVersion();
    }
  }

  /**
   * No answer, and why.
   *
   * @param code the kind of reason
   * @param findings the reasons, at least one
   * @param model who abstains
   * @param <V> the answer that is not given
   */
  record Abstention<V>(ErrorCode code, List<Finding> findings, ModelInfo model)
      implements Outcome<V> {
    /** Checks and copies. */
    public Abstention {
      Objects.requireNonNull(code, "code");
      Objects.requireNonNull(model, "model");
      findings = List.copyOf(findings);
      if (findings.isEmpty()) {
        throw new IllegalArgumentException("an abstention needs a reason");
      }
    }

    /** For people: the reasons, and the model by its task. */
    @Override
    public String toString() {
      return "no answer by " + model.task() + " v" + model.taskVersion() + ": " + findings;
    }
  }

  /**
   * Who says this.
   *
   * @return the model
   */
  ModelInfo model();

  /**
   * Handles both cases.
   *
   * @param answered called with an answer
   * @param abstained called with the reasons for none
   * @param <R> the result
   * @return what the called function returned
   */
  default <R> R fold(
      Function<? super Prediction<V>, ? extends R> answered,
      Function<? super Abstention<V>, ? extends R> abstained) {
    return this instanceof Prediction<V> p
        ? answered.apply(p)
        : abstained.apply((Abstention<V>) this);
  }

  /**
   * The prediction, for callers that treat no answer as an error.
   *
   * @return the prediction
   * @throws MillwrightException with the abstention's findings
   */
  default Prediction<V> orElseThrow() {
    return fold(
        p -> p,
        a -> {
          throw MillwrightException.of("the model " + a.model().task() + " abstains", a.findings());
        });
  }
}
