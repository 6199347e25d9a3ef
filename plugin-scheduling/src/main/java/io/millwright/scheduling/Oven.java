package io.millwright.scheduling;

/**
 * What makes a machine work on loads (batch processor: oven, bath, autoclave): several operations
 * of one family, the recipe, begin and end together. A load takes as long as its longest operation,
 * does not pause, is set up for once, and holds as many pieces as the quantities of its jobs add up
 * to. Operations without a family go with others without one.
 *
 * @param least the pieces that a load has at least, 0 for any
 * @param most the pieces that a load has at most, at least 1
 */
public record Oven(long least, long most) {

  /**
   * An oven that may run with any load up to its size.
   *
   * @param most the pieces that a load has at most
   * @return the oven
   */
  public static Oven upTo(long most) {
    return new Oven(0, most);
  }
}
