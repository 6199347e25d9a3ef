package io.millwright.quality;

import io.millwright.api.Trained;
import io.millwright.api.data.Image;

/**
 * A trained classifier of defects. Immutable and thread-safe. Its evaluation has the figures {@code
 * accuracy}, {@code f1 macro} and {@code log loss} on images held out, and with costs {@code
 * threshold}, {@code recall}, {@code precision}, {@code cost expected}, {@code cost realised} per
 * part and, with review, {@code review share}.
 */
public interface InspectionModel extends Trained<Image, Verdict> {}
