package io.millwright.runtime.network;

import io.millwright.api.learn.Initialisation;
import java.util.Optional;

/**
 * What a network must give under one name. It is taken at the tap of that name, where the network
 * has one, otherwise at its end.
 *
 * @param name its name, which is also that of the output layer's weights
 * @param form what stands between the value of the network and the output
 * @param units how many numbers, of each place for {@link Form#PLACES}; not used for {@link
 *     Form#AS_IS}
 * @param start how the weights of the output layer start
 * @param base the input of one number that is added to each output, or empty
 */
public record OutputSpec(
    String name, Form form, int units, Initialisation start, Optional<String> base) {

  /** The name of the output of a network that has only one. */
  public static final String ONLY = "output";

  /** What stands between the value of a network and an output. */
  public enum Form {
    /** A dense, linear layer over all of the value, laid out flat. */
    VECTOR,
    /** A dense, linear layer over each step or pixel alike: labels of steps, maps over an image. */
    PLACES,
    /** Nothing: the value itself, as features or for a reconstruction. */
    AS_IS
  }

  /** Checks. */
  public OutputSpec {
    if (form != Form.AS_IS && units < 1) {
      throw new IllegalArgumentException(
          "output " + name + " has " + units + " units, but must have at least 1");
    }
    if (!name.matches("[A-Za-z][A-Za-z0-9_-]{0,63}")) {
      throw new IllegalArgumentException("output is \"" + name + "\", which is no name");
    }
  }

  /** An output to which nothing is added. */
  public OutputSpec(String name, Form form, int units, Initialisation start) {
    this(name, form, units, start, Optional.empty());
  }

  /** The same, with an input of one number added to each of its numbers. */
  public OutputSpec plus(String input) {
    return new OutputSpec(name, form, units, start, Optional.of(input));
  }

  /** A vector under a name. */
  public static OutputSpec vector(String name, int units) {
    return new OutputSpec(name, Form.VECTOR, units, Initialisation.AUTOMATIC);
  }

  /** Numbers for each step or pixel, under a name. */
  public static OutputSpec places(String name, int units) {
    return new OutputSpec(name, Form.PLACES, units, Initialisation.AUTOMATIC);
  }

  /** The value itself, under a name. */
  public static OutputSpec asIs(String name) {
    return new OutputSpec(name, Form.AS_IS, 0, Initialisation.AUTOMATIC);
  }
}
