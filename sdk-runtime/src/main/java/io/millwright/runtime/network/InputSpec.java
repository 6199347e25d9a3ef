package io.millwright.runtime.network;

/**
 * What a network is given under one name.
 *
 * @param name its name
 * @param shape its shape
 */
public record InputSpec(String name, Shape shape) {

  /** The name of the input of a network that has only one. */
  public static final String ONLY = "input";

  /** The only input of a network. */
  public static InputSpec of(Shape shape) {
    return new InputSpec(ONLY, shape);
  }
}
