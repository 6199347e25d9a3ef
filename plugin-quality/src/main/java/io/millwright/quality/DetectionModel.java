package io.millwright.quality;

import io.millwright.api.Trained;
import io.millwright.api.data.Image;

/**
 * What labelled defects look like, and where they are (object detector). Immutable and thread-safe.
 * Its evaluation has the figures of {@link DetectionFigures} on images held out.
 */
public interface DetectionModel extends Trained<Image, Detections> {}
