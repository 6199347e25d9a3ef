package io.millwright.maintenance;

import java.util.List;

/**
 * A gate of a fault tree (IEC 61025).
 *
 * @param least how many inputs must occur: 1 is OR, all of them is AND, between them k out of n
 * @param inputs names of gates and events, at least one; an input may stand under several gates
 */
public record FaultGate(int least, List<String> inputs) {

  /** Checks and copies. */
  public FaultGate {
    inputs = List.copyOf(inputs);
    if (inputs.isEmpty() || least < 1 || least > inputs.size()) {
      throw new IllegalArgumentException(
          "a gate asks for " + least + " of " + inputs.size() + " inputs");
    }
  }

  /**
   * Any input is enough.
   *
   * @param inputs names
   * @return an OR gate
   */
  public static FaultGate or(String... inputs) {
    return new FaultGate(1, List.of(inputs));
  }

  /**
   * All inputs must occur.
   *
   * @param inputs names
   * @return an AND gate
   */
  public static FaultGate and(String... inputs) {
    return new FaultGate(inputs.length, List.of(inputs));
  }

  /**
   * Some inputs must occur.
   *
   * @param least how many
   * @param inputs names
   * @return a k-out-of-n gate
   */
  public static FaultGate of(int least, String... inputs) {
    return new FaultGate(least, List.of(inputs));
  }
}
