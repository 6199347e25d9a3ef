package io.millwright.runtime.network;

/**
 * A named part of the one flat array that holds all inputs, or all outputs, of a sample.
 *
 * @param name its name
 * @param shape its shape; values are laid out row-major
 * @param offset where it begins
 */
public record Slice(String name, Shape shape, int offset) {

  /** Where the next one begins. */
  public int end() {
    return Math.addExact(offset, shape.size());
  }
}
