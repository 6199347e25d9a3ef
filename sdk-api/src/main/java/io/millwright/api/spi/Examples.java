package io.millwright.api.spi;

/**
 * Numbers to learn from, laid out when they are asked for: windows that overlap need not be stored.
 * Plug-ins implement it. Must be pure and thread-safe, and the sizes must not change.
 */
public interface Examples {

  /**
   * How many there are.
   *
   * @return the number of examples
   */
  int count();

  /**
   * The size of one input.
   *
   * @return the number of inputs, at least 1
   */
  int inputs();

  /**
   * How many numbers are to be learnt for each input.
   *
   * @return the number of targets, at least 1
   */
  int targets();

  /**
   * Whether early stopping looks at an example, which is then not learnt from. Asked only with
   * early stopping.
   *
   * @param example which one, from 0
   * @return false by default
   */
  default boolean validates(int example) {
    return false;
  }

  /**
   * Lays an input out.
   *
   * @param example which one, from 0
   * @param into where to
   * @param at the first place
   */
  void input(int example, float[] into, int at);

  /**
   * Lays the targets of an input out; NaN for a target that is not known, which then counts for
   * nothing.
   *
   * @param example which one, from 0
   * @param into where to
   * @param at the first place
   */
  void target(int example, float[] into, int at);
}
