package io.millwright.scheduling;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One step of a job, done by one machine without being handed over (ISA-95: operations segment).
 *
 * @param id its name, unique in its job
 * @param alternatives the machines that can do it, at least one
 * @param after the operations of the same job that must be done before it begins; several make an
 *     assembly
 * @param family the family of work, which decides the set-up, or empty when it needs none and
 *     leaves the machine as it is
 * @param needs the secondary resources it holds
 */
public record Operation(
    String id,
    List<Alternative> alternatives,
    List<String> after,
    Optional<String> family,
    List<Need> needs) {

  /** Checks for nulls and copies. */
  public Operation {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(family, "family");
    alternatives = List.copyOf(alternatives);
    after = List.copyOf(after);
    needs = List.copyOf(needs);
  }

  /**
   * An operation that waits for no other and needs only its machine.
   *
   * @param id its name
   * @param alternatives the machines that can do it
   * @return the operation
   */
  public static Operation of(String id, Alternative... alternatives) {
    return new Operation(id, List.of(alternatives), List.of(), Optional.empty(), List.of());
  }

  /**
   * The same operation, waiting for others of its job.
   *
   * @param operations their names
   * @return the new operation
   */
  public Operation following(String... operations) {
    return new Operation(id, alternatives, List.of(operations), family, needs);
  }

  /**
   * The same operation in a family of work.
   *
   * @param name the family
   * @return the new operation
   */
  public Operation ofFamily(String name) {
    return new Operation(id, alternatives, after, Optional.of(name), needs);
  }

  /**
   * The same operation with what it needs beside its machine.
   *
   * @param others the needs
   * @return the new operation
   */
  public Operation needing(Need... others) {
    return new Operation(id, alternatives, after, family, List.of(others));
  }
}
