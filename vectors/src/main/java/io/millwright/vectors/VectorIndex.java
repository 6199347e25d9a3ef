package io.millwright.vectors;

import io.millwright.vectors.internal.FolderIndex;
import io.millwright.vectors.internal.FolderIndexWriter;
import java.nio.file.Path;
import java.util.List;

/**
 * Vectors in a folder, found by their cosine similarity. Up to {@link #LISTS_FROM} vectors every
 * one is compared. Beyond, a search compares the members of the nearest lists of an inverted file
 * alone (spherical k-means; Jégou, Douze and Schmid 2011). How many that are is measured when the
 * index is built, so that 99.5 % of the true neighbours of its own vectors are found: few where the
 * vectors have structure, as those of networks do, nearly all where they have none. The files are
 * mapped, so that memory is the system's to give. Thread-safe; the same vectors give the same
 * index.
 */
public interface VectorIndex extends AutoCloseable {

  /** The number of vectors beyond which a search compares a part of them by default. */
  int LISTS_FROM = 100_000;

  /**
   * Starts an index.
   *
   * @param folder made; must not hold anything
   * @param dimensions the length of every vector, 1 to 4,096
   * @return takes the vectors
   * @throws io.millwright.api.MillwrightException with {@link
   *     io.millwright.api.ErrorCode#IO_FAILED} when the folder holds something or cannot be written
   */
  static VectorIndexBuilder builder(Path folder, int dimensions) {
    return new FolderIndexWriter(folder, dimensions);
  }

  /**
   * Opens an index.
   *
   * @param folder where it was built
   * @return the index; the caller closes it
   * @throws io.millwright.api.MillwrightException with {@link io.millwright.api.ErrorCode#BAD_FILE}
   *     when it is none or damaged, {@link io.millwright.api.ErrorCode#IO_FAILED}
   */
  static VectorIndex open(Path folder) {
    return FolderIndex.open(folder);
  }

  /**
   * How many vectors it holds.
   *
   * @return at least 1
   */
  int size();

  /**
   * The length of every vector.
   *
   * @return at least 1
   */
  int dimensions();

  /**
   * Whether a search compares only a part of the vectors.
   *
   * @return false where every vector is compared
   */
  boolean partial();

  /**
   * Finds the most similar vectors.
   *
   * @param query as long as every vector, of any length in space but 0
   * @param search how many, and among which
   * @return the most similar first, equal ones in the order in which they were added; fewer where
   *     there are not so many
   * @throws io.millwright.api.MillwrightException with {@link
   *     io.millwright.api.ErrorCode#WRONG_SHAPE} or {@link io.millwright.api.ErrorCode#BAD_VALUE}
   *     for another length, for zeros and for values that are not finite
   */
  List<Neighbour> search(float[] query, Search search);

  /**
   * Finds all pairs of vectors that are nearly the same. Takes the longer the lower the similarity
   * is: most lists can be passed over from about 0.95 on, few below 0.8.
   *
   * @param similarity the least cosine similarity, above 0.5 and at most 1
   * @param most how many pairs at the most
   * @return the most similar first, equal ones in the order in which they were added
   */
  List<Duplicate> duplicates(double similarity, int most);

  @Override
  void close();
}
