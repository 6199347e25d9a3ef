package io.millwright.api;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A stable name of a kind of problem, for programs to test and for documents to explain. Plug-ins
 * may add their own. Codes are never renamed within a major version.
 *
 * @param id capital letters, digits and underscores, such as {@code MISSING_COLUMN}
 */
public record ErrorCode(String id) {

  private static final Pattern ID = Pattern.compile("[A-Z][A-Z0-9_]{2,63}");

  /** No plug-in offers the facade or the task that was asked for. */
  public static final ErrorCode NO_PLUGIN = new ErrorCode("NO_PLUGIN");

  /** A plug-in failed to start; the others run. */
  public static final ErrorCode PLUGIN_FAILED = new ErrorCode("PLUGIN_FAILED");

  /** A plug-in was made for another version of the plug-in interface. */
  public static final ErrorCode PLUGIN_INCOMPATIBLE = new ErrorCode("PLUGIN_INCOMPATIBLE");

  /** The same facade was loaded by two class loaders, or one task or name is offered twice. */
  public static final ErrorCode PLUGIN_CONFLICT = new ErrorCode("PLUGIN_CONFLICT");

  /** No implementation, or more than one, stands on the class path. */
  public static final ErrorCode NO_HOST = new ErrorCode("NO_HOST");

  /** An option or a setting is wrong. */
  public static final ErrorCode BAD_OPTION = new ErrorCode("BAD_OPTION");

  /** There are no data, or fewer than the work needs. */
  public static final ErrorCode TOO_FEW_DATA = new ErrorCode("TOO_FEW_DATA");

  /** A column that the model or the reader needs is absent. */
  public static final ErrorCode MISSING_COLUMN = new ErrorCode("MISSING_COLUMN");

  /** A column has another type than expected. */
  public static final ErrorCode WRONG_TYPE = new ErrorCode("WRONG_TYPE");

  /** A column is measured in another unit than expected. */
  public static final ErrorCode WRONG_UNIT = new ErrorCode("WRONG_UNIT");

  /** The shape of data or of a network does not fit. */
  public static final ErrorCode WRONG_SHAPE = new ErrorCode("WRONG_SHAPE");

  /** A value is missing (NaN) where there must be one. */
  public static final ErrorCode MISSING_VALUE = new ErrorCode("MISSING_VALUE");

  /** A value is infinite or not a number. */
  public static final ErrorCode BAD_VALUE = new ErrorCode("BAD_VALUE");

  /** A label lies outside the range or the set that the task allows. */
  public static final ErrorCode BAD_LABEL = new ErrorCode("BAD_LABEL");

  /** A value lies outside what is physically possible or outside what the model has seen. */
  public static final ErrorCode OUT_OF_RANGE = new ErrorCode("OUT_OF_RANGE");

  /** A text file cannot be read as what it should be. */
  public static final ErrorCode BAD_FILE = new ErrorCode("BAD_FILE");

  /** A file cannot be read or written. */
  public static final ErrorCode IO_FAILED = new ErrorCode("IO_FAILED");

  /** A model bundle is truncated, altered or not a bundle. */
  public static final ErrorCode BAD_BUNDLE = new ErrorCode("BAD_BUNDLE");

  /**
   * A model bundle answers another task, or another version of it, or was written by a later
   * format.
   */
  public static final ErrorCode WRONG_BUNDLE = new ErrorCode("WRONG_BUNDLE");

  /** A runtime does not give the answers that were recorded when the model was trained. */
  public static final ErrorCode WRONG_ANSWERS = new ErrorCode("WRONG_ANSWERS");

  /** A model store has no such model, version or alias. */
  public static final ErrorCode NOT_IN_STORE = new ErrorCode("NOT_IN_STORE");

  /** An engine, its native library or a device is missing. */
  public static final ErrorCode NO_ENGINE = new ErrorCode("NO_ENGINE");

  /** An engine's native library is already loaded by another class loader. */
  public static final ErrorCode NATIVE_ELSEWHERE = new ErrorCode("NATIVE_ELSEWHERE");

  /** A GPU was required and there is none. */
  public static final ErrorCode NO_GPU = new ErrorCode("NO_GPU");

  /** An engine failed while it computed. */
  public static final ErrorCode ENGINE_FAILED = new ErrorCode("ENGINE_FAILED");

  /** The loss became infinite or NaN during training. */
  public static final ErrorCode DIVERGED = new ErrorCode("DIVERGED");

  /** A job was cancelled, or reached its deadline, before it had any result. */
  public static final ErrorCode JOB_CANCELLED = new ErrorCode("JOB_CANCELLED");

  /** Long work failed for a reason that has no code of its own; the cause tells. */
  public static final ErrorCode JOB_FAILED = new ErrorCode("JOB_FAILED");

  /** A search ended without a decision. */
  public static final ErrorCode NO_SOLUTION = new ErrorCode("NO_SOLUTION");

  /** Something was used after it was closed. */
  public static final ErrorCode CLOSED = new ErrorCode("CLOSED");

  /** The model or plug-in does not offer what was asked for; its capabilities say so. */
  public static final ErrorCode UNSUPPORTED = new ErrorCode("UNSUPPORTED");

  /** Somebody who may not asked for it, or nobody may: the host forbids it. */
  public static final ErrorCode REFUSED = new ErrorCode("REFUSED");

  /** Checks the form of the id. */
  public ErrorCode {
    Objects.requireNonNull(id, "id");
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "error code \"" + id + "\" does not match " + ID.pattern());
    }
  }

  @Override
  public String toString() {
    return id;
  }
}
