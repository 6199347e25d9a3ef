/**
 * Boxes of labelled defects: a small network that answers at every cell, and what is read off it.
 * Internal: may change in any release.
 */
@NullMarked
package io.millwright.quality.internal.detection;

import org.jspecify.annotations.NullMarked;
