package io.millwright.api.foreign;

import java.util.List;
import java.util.Objects;

/**
 * One node of a network's graph. Each of its outputs is an inner tensor that {@link
 * ForeignOptions#tap} makes an output of the network.
 *
 * @param name its name in the file; may be empty
 * @param operator its operator type, such as {@code Conv}
 * @param outputs the names of the tensors that it gives
 */
public record ForeignLayer(String name, String operator, List<String> outputs) {

  /** Checks and copies. */
  public ForeignLayer {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(operator, "operator");
    outputs = List.copyOf(outputs);
  }
}
