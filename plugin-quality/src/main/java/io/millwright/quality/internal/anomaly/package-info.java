/**
 * Anomalies on images from good ones alone: features of cells, of a backbone or of an own filter
 * bank, and a memory of good cells by their place. Internal: may change in any release.
 */
@NullMarked
package io.millwright.quality.internal.anomaly;

import org.jspecify.annotations.NullMarked;
