package io.millwright.quality.internal.anomaly;

import io.millwright.api.data.Image;

/** What gives an image's cells as rows of features. Thread-safe. */
interface Cells extends AutoCloseable {

  /** Cells a side. */
  int GRID = 16;

  /** The features of each cell, row by row from the top. */
  float[][] of(Image image);

  @Override
  void close();
}
