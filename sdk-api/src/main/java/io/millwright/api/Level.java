package io.millwright.api;

/** The check of a level of confidence, in one place. */
final class Level {

  private Level() {}

  static void check(double level) {
    if (!(level > 0 && level < 1)) {
      throw new IllegalArgumentException(
          "level is " + level + ", but must lie between 0 and 1, both excluded");
    }
  }
}
