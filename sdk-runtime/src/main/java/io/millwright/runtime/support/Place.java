package io.millwright.runtime.support;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import org.jspecify.annotations.Nullable;

/**
 * Where something is read from, so that every error names its file and its way out without each
 * reader knowing them (error context).
 *
 * @param code the code of errors there
 * @param where the file, and the entry in it
 * @param remedy what to do, without the leading "Maybe"
 */
public record Place(ErrorCode code, String where, String remedy) {

  /** A bundle. */
  public static Place bundle(String file) {
    return new Place(
        ErrorCode.BAD_BUNDLE,
        "bundle " + file,
        "the file was cut off or altered on its way, or was packed by another program: copy it"
            + " again from where it was saved, byte for byte.");
  }

  /** A place within this one. */
  public Place in(String part) {
    return new Place(code, where + ", " + part, remedy);
  }

  /** The error to throw. */
  public MillwrightException error(String what) {
    return error(what, null);
  }

  /** The error to throw, with its cause. */
  public MillwrightException error(String what, @Nullable Throwable cause) {
    return new MillwrightException(code, where + ": " + what + "\nMaybe " + remedy, cause);
  }

  /** Hostile texts can be long; messages are for people. */
  static String abbreviated(String text) {
    return text.length() <= 500 ? text : text.substring(0, 500) + "...";
  }
}
