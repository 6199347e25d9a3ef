package io.millwright.maintenance;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.util.List;

/**
 * The gears of a gearbox with parallel shafts, which give its gear mesh and hunting tooth
 * frequencies (Randall 2011, section 2.2). The gear of the first mesh sits on shaft 1; each further
 * mesh begins on the shaft on which the one before it ends.
 *
 * @param meshes from the input to the output, at least one
 * @param measured the number of the shaft whose speed is given, from 1 on
 */
public record GearTrain(List<GearMesh> meshes, int measured) {

  /** Checks and copies. */
  public GearTrain {
    meshes = List.copyOf(meshes);
    if (meshes.isEmpty() || measured < 1 || measured > meshes.size() + 1) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "the speed of shaft "
              + measured
              + " is given, of "
              + (meshes.size() + 1)
              + " shafts\nMaybe count them from 1 at the input");
    }
  }

  /**
   * The speed of a shaft.
   *
   * @param shaft its number, from 1 on
   * @return turns a turn of the measured shaft
   */
  public double shaft(int shaft) {
    double order = 1;
    for (int m = measured; m < shaft; m++) {
      order *= meshes.get(m - 1).ratio();
    }
    for (int m = shaft; m < measured; m++) {
      order /= meshes.get(m - 1).ratio();
    }
    return order;
  }

  /**
   * The gear mesh frequency.
   *
   * @param mesh its number, from 1 on
   * @return meetings of teeth a turn of the measured shaft
   */
  public double mesh(int mesh) {
    return shaft(mesh) * meshes.get(mesh - 1).driver();
  }

  /**
   * The hunting tooth frequency: how often the same two teeth meet.
   *
   * @param mesh its number, from 1 on
   * @return meetings a turn of the measured shaft
   */
  public double hunting(int mesh) {
    return mesh(mesh) / meshes.get(mesh - 1).pairs();
  }
}
