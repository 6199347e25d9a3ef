package io.millwright.quality;

import io.millwright.api.Outcome;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * What became of a frame (inspection result).
 *
 * @param name the frame's
 * @param outcome the answer; empty when there was no time for one, or the frame could not be read
 * @param took the time since the frame came in
 * @param late whether the deadline was over before there was an answer: the part is gone
 * @param fault why there is no answer although there was time, or an empty text
 * @param <V> the answer
 */
public record Inspected<V>(
    String name, Optional<Outcome<V>> outcome, Duration took, boolean late, String fault) {

  /** Checks. */
  public Inspected {
    Objects.requireNonNull(outcome, "outcome");
    Objects.requireNonNull(took, "took");
    Objects.requireNonNull(fault, "fault");
  }
}
