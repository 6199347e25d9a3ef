package io.millwright.scheduling;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Why a job ends when it does, and what would help.
 *
 * @param job the job's name
 * @param end when it is done
 * @param due when it should be, or empty
 * @param chain from the operation that begins the chain to the job's last: each begins as soon as
 *     the one before it lets it
 * @param blocker the machine at which the chain waits longest for others, or empty when it waits
 *     for no machine
 * @param remedies by falling gain
 */
public record Lateness(
    String job,
    long end,
    OptionalLong due,
    List<Link> chain,
    Optional<String> blocker,
    List<Remedy> remedies) {

  /** Checks for nulls and copies. */
  public Lateness {
    Objects.requireNonNull(job, "job");
    Objects.requireNonNull(due, "due");
    Objects.requireNonNull(blocker, "blocker");
    chain = List.copyOf(chain);
    remedies = List.copyOf(remedies);
  }
}
