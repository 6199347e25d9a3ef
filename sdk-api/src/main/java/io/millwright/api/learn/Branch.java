package io.millwright.api.learn;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One chain of layers among parallel ones, see {@link Route.Branches}.
 *
 * @param input the name of the network's input with which it begins; empty to begin with what the
 *     branching layer is given
 * @param layers its layers; none to pass on what it begins with
 */
public record Branch(Optional<String> input, List<Layer> layers) {

  /** Checks and copies. */
  public Branch {
    Objects.requireNonNull(input, "input");
    input.ifPresent(name -> name("input", name));
    layers = List.copyOf(layers);
  }

  /**
   * A branch of what the branching layer is given.
   *
   * @param layers its layers
   * @return the branch
   */
  public static Branch of(Layer... layers) {
    return new Branch(Optional.empty(), List.of(layers));
  }

  /**
   * A branch that begins with an input of the network.
   *
   * @param input its name
   * @param network its layers
   * @return the branch
   */
  public static Branch from(String input, Network network) {
    return new Branch(Optional.of(input), network.layers());
  }

  /** Checks a name of an input, a tap or an output. */
  static void name(String what, String name) {
    if (!name.matches("[A-Za-z][A-Za-z0-9_-]{0,63}")) {
      throw new IllegalArgumentException(
          what
              + " is \""
              + name
              + "\", but a name is a letter followed by letters, digits, dashes and underscores, 64"
              + " characters at most");
    }
  }
}
