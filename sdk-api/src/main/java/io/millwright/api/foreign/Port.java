package io.millwright.api.foreign;

import java.util.List;
import java.util.Objects;

/**
 * An input or output of a network, as its file declares it.
 *
 * @param name its name in the file
 * @param type the type of its elements, such as {@code float32} or {@code int64}; {@code unknown}
 *     where the file does not say
 * @param shape the size of each dimension, the first usually the batch; {@link #ANY} where any size
 *     will do
 */
public record Port(String name, String type, List<Long> shape) {

  /** A dimension of any size. */
  public static final long ANY = -1;

  /** Checks and copies. */
  public Port {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
    shape = List.copyOf(shape);
  }

  @Override
  public String toString() {
    return name + " " + type + shape.stream().map(n -> n < 0 ? "?" : String.valueOf(n)).toList();
  }
}
