package io.millwright.solver.ortools;

import com.google.ortools.Loader;
import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;

/** The native library of OR-Tools. Thread-safe. */
public final class OrTools {

  private OrTools() {}

  /**
   * Loads the native library when that has not been done; it is unpacked to {@code java.io.tmpdir}.
   * Called before any model is built.
   *
   * @throws MillwrightException with {@link ErrorCode#NO_ENGINE} when it is missing or cannot be
   *     unpacked or loaded
   */
  public static void load() {
    try {
      Loader.loadNativeLibraries();
    } catch (LinkageError | RuntimeException e) {
      throw new MillwrightException(
          ErrorCode.NO_ENGINE,
          "OR-Tools cannot be loaded: "
              + e
              + "\nMaybe add the artifact com.google.ortools:ortools-PLATFORM of this platform, and"
              + " let java.io.tmpdir ("
              + System.getProperty("java.io.tmpdir")
              + ") be a folder that can be written",
          e);
    }
  }
}
