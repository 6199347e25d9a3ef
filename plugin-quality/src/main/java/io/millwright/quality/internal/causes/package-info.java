/**
 * Trends, changes of level, stratification, causal structure and the attribution of shifts.
 * Internal: may change in any release.
 */
@NullMarked
package io.millwright.quality.internal.causes;

import org.jspecify.annotations.NullMarked;
