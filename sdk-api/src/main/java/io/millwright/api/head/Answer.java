package io.millwright.api.head;

import io.millwright.api.Flag;
import io.millwright.api.Uncertainties;
import java.util.Objects;
import java.util.Set;

/**
 * What a head makes of the outputs for one input (decoded output).
 *
 * @param value the answer
 * @param uncertainty how sure it is
 * @param flags what the head has to say about it
 * @param <V> the answer
 */
public record Answer<V>(V value, Uncertainties uncertainty, Set<Flag> flags) {
  /** Checks and copies. */
  public Answer {
    Objects.requireNonNull(value, "value");
    Objects.requireNonNull(uncertainty, "uncertainty");
    flags = Set.copyOf(flags);
  }

  /**
   * An answer without flags.
   *
   * @param value the answer
   * @param uncertainty how sure it is
   */
  public Answer(V value, Uncertainties uncertainty) {
    this(value, uncertainty, Set.of());
  }
}
