package io.millwright.runtime.journal;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * One recorded prediction with its truth.
 *
 * @param id what the truth will be told by
 * @param at when it was asked
 * @param model the digest of the model that answered
 * @param input the input, by policy: JSON, or its SHA-256 in hexadecimal, or empty
 * @param answer the answer as text; empty for an abstention
 * @param number the answer as a number: the quantity, or the probability of the answered class; NaN
 *     for an abstention
 * @param low the lower end of the 90 % interval; NaN where there is none
 * @param high the upper end
 * @param flags what to know about the input, or the code of the abstention
 * @param truth the truth, when it was told; of several the last
 */
public record JournalEntry(
    String id,
    Instant at,
    String model,
    String input,
    String answer,
    double number,
    double low,
    double high,
    String flags,
    Optional<String> truth) {
  /** Checks. */
  public JournalEntry {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(input, "input");
    Objects.requireNonNull(answer, "answer");
    Objects.requireNonNull(flags, "flags");
    Objects.requireNonNull(truth, "truth");
  }
}
