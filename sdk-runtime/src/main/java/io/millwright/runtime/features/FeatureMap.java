package io.millwright.runtime.features;

/**
 * What the layers of a backbone say of one image. Immutable.
 *
 * @param layers one for each layer of the backbone, in its order
 */
public record FeatureMap(java.util.List<Layer> layers) {

  /**
   * One layer.
   *
   * @param channels how many numbers each place has
   * @param rows places from top to bottom
   * @param columns places from left to right
   * @param values {@code [channels, rows, columns]}, not to be changed
   */
  public record Layer(int channels, int rows, int columns, float[] values) {
    /** Checks. */
    public Layer {
      if (channels < 1 || rows < 1 || columns < 1 || values.length != channels * rows * columns) {
        throw new IllegalArgumentException(
            values.length + " values for " + channels + " x " + rows + " x " + columns);
      }
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
