package io.millwright.quality;

import io.millwright.api.Trained;
import io.millwright.api.data.Image;

/**
 * What good parts look like (one-class anomaly detector). Immutable and thread-safe. Its evaluation
 * has the figures {@code threshold}, {@code median} and {@code largest}, of the scores of good
 * images held out, {@code false alarms}, their share above the threshold, and how well planted
 * defects are told from good images (area under the ROC curve): {@code planted seen by cells} by
 * the strangest cells alone, and {@code planted seen} by all that counts.
 */
public interface AnomalyModel extends Trained<Image, Anomaly> {}
