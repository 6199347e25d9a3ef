package io.millwright.vectors.internal;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.nio.file.Path;

/**
 * The files of an index: {@code vectors.bin}, float32, little endian, each vector of length one,
 * list after list, in blocks of up to 1,024 vectors that hold all first numbers, then all second
 * ones; {@code lists.bin}, the lists; {@code entries.bin}, ids and tags in the order of adding;
 * {@code index.bin}, written last, with sizes and checksums.
 */
final class Layout {

  static final String VECTORS = "vectors.bin";
  static final String ENTRIES = "entries.bin";
  static final String INDEX = "index.bin";
  static final String LISTS = "lists.bin";
  static final int MAGIC = 0x4d575658; // "MWVX"
  static final int VERSION = 2;
  static final int MOST_DIMENSIONS = 4096;
  static final int MOST_TAGS = 64;

  private Layout() {}

  static MillwrightException failed(Path folder, Exception e) {
    return new MillwrightException(
        ErrorCode.IO_FAILED,
        "the index in " + folder + " cannot be read or written: " + e + "\nMaybe check the path",
        e);
  }

  static MillwrightException bad(Path folder, String what) {
    return new MillwrightException(
        ErrorCode.BAD_FILE, folder + " holds no whole index: " + what + "\nMaybe build it again");
  }

  /** A vector of length one. */
  static float[] normalised(float[] vector, int dimensions) {
    if (vector.length != dimensions) {
      throw new MillwrightException(
          ErrorCode.WRONG_SHAPE,
          "a vector of "
              + vector.length
              + " numbers for an index of "
              + dimensions
              + "\nMaybe it comes from another network or other layers");
    }
    double squares = 0;
    for (float v : vector) {
      squares += (double) v * v;
    }
    if (!(squares > 0) || Double.isInfinite(squares)) {
      throw new MillwrightException(
          ErrorCode.BAD_VALUE,
          "a vector of the length " + Math.sqrt(squares) + " has no direction\nMaybe leave it out");
    }
    double factor = 1 / Math.sqrt(squares);
    float[] unit = new float[dimensions];
    for (int i = 0; i < dimensions; i++) {
      unit[i] = (float) (vector[i] * factor);
    }
    return unit;
  }
}
