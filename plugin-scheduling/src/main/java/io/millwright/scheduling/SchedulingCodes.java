package io.millwright.scheduling;

import io.millwright.api.ErrorCode;

/** The error codes that this area adds. */
public final class SchedulingCodes {
  private SchedulingCodes() {}

  /** A shop contradicts itself or lacks something. */
  public static final ErrorCode BAD_SHOP = new ErrorCode("BAD_SHOP");

  /** A plan breaks a rule of its shop. */
  public static final ErrorCode BAD_PLAN = new ErrorCode("BAD_PLAN");
}
