package io.millwright.quality;

import io.millwright.api.Trained;

/**
 * How parts differ from their golden template (golden template comparison). Immutable and
 * thread-safe. With labelled pairs its evaluation has the figures of {@link DetectionFigures} by
 * folds; without any it has none.
 */
public interface ComparisonModel extends Trained<ImagePair, Detections> {}
