package io.millwright.maintenance;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;

/**
 * Two gears in mesh.
 *
 * @param driver teeth of the gear on the side of the input, at least 5
 * @param driven teeth of the other, at least 5
 */
public record GearMesh(int driver, int driven) {

  private static final int MOST = 1000;

  /** Checks. */
  public GearMesh {
    if (driver < 5 || driven < 5 || driver > MOST || driven > MOST) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "a gear of "
              + driver
              + " teeth drives one of "
              + driven
              + "\nMaybe write driver/driven, such as 23/69, each from 5 to "
              + MOST);
    }
  }

  /** {@return turns of the driven gear a turn of the driver} */
  public double ratio() {
    return (double) driver / driven;
  }

  /** {@return after how many meetings of teeth the same two meet again: the least multiple} */
  public int pairs() {
    int a = driver;
    int b = driven;
    while (b != 0) {
      int rest = a % b;
      a = b;
      b = rest;
    }
    return driver / a * driven;
  }
}
