package io.millwright.runtime.plain;

/** One layer's arithmetic, from one place of the working memory to another. Stateless. */
@FunctionalInterface
interface Kernel {

  /**
   * Computes.
   *
   * @param scratch the working memory
   * @param rows how many inputs lie in it
   */
  void run(Scratch scratch, int rows);
}
