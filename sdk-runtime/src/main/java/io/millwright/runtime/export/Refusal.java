package io.millwright.runtime.export;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;

/** Why a model cannot leave its bundle. */
final class Refusal {

  private Refusal() {}

  static MillwrightException tooLarge(String has, String language, String most) {
    return new MillwrightException(
        ErrorCode.UNSUPPORTED,
        "the model cannot be exported: it has "
            + has
            + ", but "
            + language
            + " takes "
            + (language.startsWith("no ") ? "more than " : "at most ")
            + most
            + "\nMaybe make it smaller with millwright model compress, learn again with a smaller"
            + " --network, or call the bundle from Java");
  }

  static MillwrightException of(String why) {
    return new MillwrightException(
        ErrorCode.UNSUPPORTED,
        "the model cannot be exported: "
            + why
            + "\nMaybe call the bundle from Java instead; exported are numbers and classes of"
            + " independent rows by dense layers");
  }
}
