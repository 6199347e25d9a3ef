package io.millwright.api.learn;

import java.util.Objects;

/**
 * A network that may be chosen, and how it learns.
 *
 * @param name what it is called in evaluations
 * @param network the network, without its output layer
 * @param learning how it learns
 */
public record Candidate(String name, Network network, Learning learning) {

  /** Checks. */
  public Candidate {
    Objects.requireNonNull(network, "network");
    Objects.requireNonNull(learning, "learning");
    if (name.isBlank()) {
      throw new IllegalArgumentException("a candidate needs a name");
    }
  }
}
