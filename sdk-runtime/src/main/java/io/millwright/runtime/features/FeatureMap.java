package io.millwright.runtime.features;

/**
 * What the layers of a backbone say of one image (activation map). Immutable.
 *
 * @param layers one for each layer of the backbone, in its order
 */
public record FeatureMap(java.util.List<Layer> layers) {

  /** What one layer says: numbers by channel and place. Immutable. */
  public static final class Layer {
    private final int channels;
    private final int rows;
    private final int columns;
    private final float[] values;

    /**
     * A layer.
     *
     * @param channels how many numbers each place has
     * @param rows places from top to bottom
     * @param columns places from left to right
     * @param values {@code [channels, rows, columns]}; not copied, and not to be changed
     */
    public Layer(int channels, int rows, int columns, float[] values) {
      if (channels < 1 || rows < 1 || columns < 1 || values.length != channels * rows * columns) {
        throw new IllegalArgumentException(
            values.length + " values for " + channels + " x " + rows + " x " + columns);
      }
      this.channels = channels;
      this.rows = rows;
      this.columns = columns;
      this.values = values;
    }

    /** How many numbers each place has. */
    public int channels() {
      return channels;
    }

    /** Places from top to bottom. */
    public int rows() {
      return rows;
    }

    /** Places from left to right. */
    public int columns() {
      return columns;
    }

    /** The numbers, {@code [channels, rows, columns]}; live, and not to be changed. */
    public float[] values() {
      return values;
    }
  }

  /** Copies the list. */
  public FeatureMap {
    layers = java.util.List.copyOf(layers);
  }

  /** How many numbers it has. */
  public int size() {
    return layers.stream().mapToInt(l -> l.values().length).sum();
  }

  /**
   * The mean, the standard deviation and the maximum of each channel over all places, layer by
   * layer: first all means, then all deviations, then all maxima of a layer.
   */
  public float[] pooled() {
    int n = layers.stream().mapToInt(l -> 3 * l.channels()).sum();
    float[] all = new float[n];
    int at = 0;
    for (Layer layer : layers) {
      int places = layer.rows() * layer.columns();
      for (int c = 0; c < layer.channels(); c++) {
        double sum = 0;
        double squares = 0;
        float most = Float.NEGATIVE_INFINITY;
        for (int p = c * places; p < (c + 1) * places; p++) {
          float v = layer.values()[p];
          sum += v;
          squares += (double) v * v;
          most = Math.max(most, v);
        }
        double mean = sum / places;
        all[at + c] = (float) mean;
        all[at + layer.channels() + c] =
            (float) Math.sqrt(Math.max(0, squares / places - mean * mean));
        all[at + 2 * layer.channels() + c] = most;
      }
      at += 3 * layer.channels();
    }
    return all;
  }
}
