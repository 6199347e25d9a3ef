package io.millwright.api.spi;

/**
 * Versions of the plug-in interface.
 *
 * @param from the least version that will do
 * @param to the last version that will do
 */
public record ApiRange(int from, int to) {

  /**
   * The version of the plug-in interface in this library. Raised when a plug-in made for it might
   * no longer work.
   */
  public static final int CURRENT = 1;

  /** Checks. */
  public ApiRange {
    if (from < 1 || to < from) {
      throw new IllegalArgumentException("API versions from " + from + " to " + to);
    }
  }

  /**
   * Whether a version lies within.
   *
   * @param version the version
   * @return true when it does
   */
  public boolean includes(int version) {
    return version >= from && version <= to;
  }
}
