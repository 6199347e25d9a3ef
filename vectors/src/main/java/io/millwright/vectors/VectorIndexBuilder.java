package io.millwright.vectors;

import java.util.Map;

/** Takes the vectors of an index. For one thread at a time. */
public interface VectorIndexBuilder extends AutoCloseable {

  /**
   * Beyond how many vectors a search compares only the nearest lists, instead of {@link
   * VectorIndex#LISTS_FROM}.
   *
   * @param count at least 0; {@link Integer#MAX_VALUE} for never
   * @return this
   */
  VectorIndexBuilder listsFrom(int count);

  /**
   * Adds a vector.
   *
   * @param id its id, not empty; ids are not compared with each other
   * @param vector of the index's length, finite and not all zeros; copied
   * @param tags by which searches choose
   * @return this
   * @throws io.millwright.api.MillwrightException with {@link
   *     io.millwright.api.ErrorCode#WRONG_SHAPE}, {@link io.millwright.api.ErrorCode#BAD_VALUE} or
   *     {@link io.millwright.api.ErrorCode#IO_FAILED}
   */
  VectorIndexBuilder add(String id, float[] vector, Map<String, String> tags);

  /**
   * Ends the index, divides its vectors among lists, and opens it. Takes all cores; the result does
   * not depend on their number. While it runs the folder holds each vector twice.
   *
   * @return the index; the caller closes it
   * @throws io.millwright.api.MillwrightException with {@link
   *     io.millwright.api.ErrorCode#TOO_FEW_DATA} without a vector
   */
  VectorIndex build();

  /** Gives up what was not built. */
  @Override
  void close();
}
