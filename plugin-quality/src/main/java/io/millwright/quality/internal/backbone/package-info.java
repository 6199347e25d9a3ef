/**
 * Inspection on a frozen backbone: pooled features of several layers, a linear head on each prefix
 * of the layers, and their calibration. Internal: may change in any release.
 */
@NullMarked
package io.millwright.quality.internal.backbone;

import org.jspecify.annotations.NullMarked;
