package io.millwright.runtime.export;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;

/** Why a model cannot leave its bundle. */
final class Refusal {

  private Refusal() {}

  static MillwrightException of(String why) {
    return new MillwrightException(
        ErrorCode.UNSUPPORTED,
        "the model cannot be exported: "
            + why
            + "\nMaybe call the bundle from Java instead; exported are numbers and classes of"
            + " independent rows by dense layers");
  }
}
