package io.millwright.cli.model;

import io.millwright.api.data.Image;
import io.millwright.runtime.features.BackboneFeatures;
import io.millwright.runtime.features.FeatureMap;

/** Images as vectors for a search by cosine similarity. */
final class ImageVectors {

  private ImageVectors() {}

  /** The mean of each channel of each layer, each layer brought to length one. */
  static float[] of(BackboneFeatures features, Image image) {
    FeatureMap map = features.of(image);
    float[] pooled = map.pooled();
    float[] vector = new float[pooled.length / 3];
    int from = 0;
    int to = 0;
    for (FeatureMap.Layer layer : map.layers()) {
      double squares = 0;
      for (int c = 0; c < layer.channels(); c++) {
        squares += (double) pooled[from + c] * pooled[from + c];
      }
      double length = Math.sqrt(squares) + 1e-12;
      for (int c = 0; c < layer.channels(); c++) {
        vector[to + c] = (float) (pooled[from + c] / length);
      }
      from += 3 * layer.channels();
      to += layer.channels();
    }
    return vector;
  }
}
