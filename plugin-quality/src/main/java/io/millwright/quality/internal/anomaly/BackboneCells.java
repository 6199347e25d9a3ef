package io.millwright.quality.internal.anomaly;

import io.millwright.api.data.Image;
import io.millwright.api.foreign.Backbone;
import io.millwright.runtime.features.BackboneFeatures;
import io.millwright.runtime.features.FeatureCache;
import io.millwright.runtime.features.FeatureMap;
import java.util.Optional;

/**
 * Cells by a frozen network: of each layer the mean, and where a cell has several places the most.
 */
final class BackboneCells implements Cells {

  private final BackboneFeatures features;

  private BackboneCells(BackboneFeatures features) {
    this.features = features;
  }

  static BackboneCells open(Backbone backbone, Optional<FeatureCache> cache) {
    Backbone chosen =
        backbone.layers().isEmpty() ? BackboneFeatures.patches(backbone, GRID, 4 * GRID) : backbone;
    return new BackboneCells(BackboneFeatures.open(chosen, cache, 1));
  }

  Backbone backbone() {
    return features.backbone();
  }

  @Override
  public float[][] of(Image image) {
    FeatureMap map = features.of(image);
    int width = 0;
    for (FeatureMap.Layer layer : map.layers()) {
      width += (several(layer) ? 2 : 1) * layer.channels();
    }
    float[][] cells = new float[GRID * GRID][width];
    int at = 0;
    for (FeatureMap.Layer layer : map.layers()) {
      boolean several = several(layer);
      for (int c = 0; c < layer.channels(); c++) {
        for (int cell = 0; cell < cells.length; cell++) {
          int row = cell / GRID;
          int column = cell % GRID;
          int top = row * layer.rows() / GRID;
          int bottom = Math.max(top + 1, ((row + 1) * layer.rows() + GRID - 1) / GRID);
          int left = column * layer.columns() / GRID;
          int right = Math.max(left + 1, ((column + 1) * layer.columns() + GRID - 1) / GRID);
          double sum = 0;
          float most = Float.NEGATIVE_INFINITY;
          for (int y = top; y < bottom; y++) {
            for (int x = left; x < right; x++) {
              float v = layer.values()[(c * layer.rows() + y) * layer.columns() + x];
              sum += v;
              most = Math.max(most, v);
            }
          }
          cells[cell][at + c] = (float) (sum / ((bottom - top) * (right - left)));
          if (several) {
            cells[cell][at + layer.channels() + c] = most;
          }
        }
      }
      at += (several ? 2 : 1) * layer.channels();
    }
    return cells;
  }

  private static boolean several(FeatureMap.Layer layer) {
    return layer.rows() > GRID || layer.columns() > GRID;
  }

  @Override
  public void close() {
    features.close();
  }
}
