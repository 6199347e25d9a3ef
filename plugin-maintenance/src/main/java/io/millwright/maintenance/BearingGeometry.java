package io.millwright.maintenance;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The geometry of a rolling bearing with a turning inner race, which gives the rates at which its
 * parts meet a fault (ISO 15243; Randall 2011, equation 2.13 to 2.16).
 *
 * @param elements the number of rolling elements, at least 3
 * @param element their diameter, in the unit of the pitch
 * @param pitch the pitch diameter
 * @param angle the contact angle, in degrees
 */
public record BearingGeometry(int elements, double element, double pitch, double angle) {

  /** Checks. */
  public BearingGeometry {
    if (elements < 3 || !(element > 0) || !(pitch > element) || !(angle >= 0 && angle < 90)) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "a bearing with "
              + elements
              + " elements of "
              + element
              + ", pitch "
              + pitch
              + ", angle "
              + angle
              + "\nMaybe the order is: elements, element diameter, pitch diameter, angle");
    }
  }

  /**
   * How often each part meets a fault.
   *
   * @return times a turn of the shaft: {@code outer race} (BPFO), {@code inner race} (BPFI), {@code
   *     rolling element} (twice BSF), in this order
   */
  public Map<String, Double> orders() {
    double ratio = element / pitch * Math.cos(Math.toRadians(angle));
    Map<String, Double> orders = new LinkedHashMap<>();
    orders.put("outer race", elements / 2.0 * (1 - ratio));
    orders.put("inner race", elements / 2.0 * (1 + ratio));
    orders.put("rolling element", pitch / element * (1 - ratio * ratio));
    return orders;
  }
}
