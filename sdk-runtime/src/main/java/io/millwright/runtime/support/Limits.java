package io.millwright.runtime.support;

/**
 * How much a reader takes before it refuses (resource limits): what a file claims is compared with
 * these bounds, and with the real length of the file, before any memory is given to it.
 *
 * @param entries the largest number of entries in a bundle
 * @param nameLength the longest name of an entry or a tensor, in characters
 * @param jsonEntryBytes the largest entry that is not weights
 * @param jsonTotalBytes the largest sum of such entries
 * @param weightsEntryBytes the largest entry of weights
 * @param headerBytes the largest header of a weights entry
 * @param tensors the largest number of tensors in a weights entry
 * @param dimensions the largest number of dimensions of a tensor
 * @param resultBytes about how many bytes of memory the values of one entry may take once read
 * @param jsonDepth the deepest nesting of JSON
 * @param stringLength the longest text in JSON, in characters
 * @param layers the largest number of layers, inner ones included
 * @param layerDepth how deep residual blocks may stand in one another
 */
public record Limits(
    int entries,
    int nameLength,
    int jsonEntryBytes,
    long jsonTotalBytes,
    long weightsEntryBytes,
    int headerBytes,
    int tensors,
    int dimensions,
    long resultBytes,
    int jsonDepth,
    int stringLength,
    int layers,
    int layerDepth) {

  /** Checks. */
  public Limits {
    if (entries < 1
        || nameLength < 1
        || jsonEntryBytes < 1
        || jsonTotalBytes < 1
        || weightsEntryBytes < 1
        || headerBytes < 1
        || tensors < 1
        || dimensions < 1
        || resultBytes < 1
        || jsonDepth < 1
        || stringLength < 1
        || layers < 1
        || layerDepth < 1) {
      throw new IllegalArgumentException("limits must be at least 1");
    }
  }

  /** The same with the standard bound for what texts become in memory. */
  public Limits(
      int entries,
      int nameLength,
      int jsonEntryBytes,
      long jsonTotalBytes,
      long weightsEntryBytes,
      int headerBytes,
      int tensors,
      int dimensions,
      int jsonDepth,
      int stringLength,
      int layers,
      int layerDepth) {
    this(
        entries,
        nameLength,
        jsonEntryBytes,
        jsonTotalBytes,
        weightsEntryBytes,
        headerBytes,
        tensors,
        dimensions,
        quarter(),
        jsonDepth,
        stringLength,
        layers,
        layerDepth);
  }

  private static long quarter() {
    return Math.max(8L << 20, Runtime.getRuntime().maxMemory() / 4);
  }

  /**
   * Far above what models need, far below what harms: 1,024 entries, 16 MiB for an entry of JSON
   * and 64 MiB for all, 1 TiB of weights for each member. What texts become in memory may take a
   * quarter of the heap, so a larger heap raises that bound.
   */
  public static Limits standard() {
    long quarter = quarter();
    return new Limits(
        1024,
        200,
        (int) Math.min(16L << 20, quarter),
        Math.min(64L << 20, quarter),
        1L << 40,
        16 << 20,
        65_536,
        8,
        quarter,
        64,
        1 << 20,
        4096,
        8);
  }
}
